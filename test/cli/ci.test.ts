/** Workflows that check, plan, and apply that very plan. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { camelc, repository } from './camelc.js';
import { folderWith } from '../folders.js';

interface Step {
  id?: string;
  name?: string;
  run?: string;
  uses?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}
interface Job {
  if?: string;
  needs?: string;
  environment?: string;
  permissions: Record<string, string>;
  outputs?: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<'check' | 'plan' | 'apply', Job>;
}

const write = (service: string, ...more: string[]): string => {
  const { status, stdout, stderr } = camelc(['ci', service, 'examples/smartwe', ...more]);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};
const runs = ({ steps }: Job): string => steps.map((step) => step.run ?? '').join('\n');
/** What a shell says of a script's syntax. */
const faultsOf = (script: string): string => spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;

describe('the workflow of GitHub', () => {
  const text = write('github');
  const workflow = parse(text) as Workflow;
  const { check, plan, apply } = workflow.jobs;

  const schema = join(repository, '../shared/schemas/schemastore-github-workflow.json');
  it.runIf(existsSync(schema))('is what the schema of workflows says', () => {
    const ajv = new Ajv({ strict: false });
    for (const written of [text, write('github', '--target', 'cloudiator', '--branch', 'release/1', '--environment', 'shop')]) {
      const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
      expect(validate(parse(written)) || validate.errors).toBe(true);
      ajv.removeSchema();
    }
  });

  it('lets each job do no more than it must', () => {
    expect(workflow.permissions).toEqual({});
    expect([check, plan, apply].map((job) => job.permissions)).toEqual([{ contents: 'read' }, { contents: 'read', 'pull-requests': 'write' }, { contents: 'read' }]);
    for (const job of [check, plan, apply]) {
      for (const { uses } of job.steps) if (uses) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      expect(job.steps[0]!.with).toEqual({ 'persist-credentials': false });
    }
  });

  it('gives secrets neither to pull requests of forks nor to the shell', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(JSON.stringify(check)).not.toMatch(/secrets\.|vars\./);
    expect(plan.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(plan.if).toContain("github.actor != 'dependabot[bot]'");
    for (const job of [check, plan, apply]) expect(runs(job)).not.toContain('${{');
    const names = ['DB_PASSWORD', 'DOCKER_PASSWORD', 'DOCKER_USER'];
    for (const job of [plan, apply]) {
      const { env } = job.steps.find(({ run }) => /camelc (plan|apply)/.test(run ?? ''))!;
      expect(env).toEqual({ DOCKER_HOST: '${{ vars.DOCKER_HOST }}', ...Object.fromEntries(names.map((name) => [name, `\${{ secrets.${name} }}`])) });
    }
  });

  it('applies the plan that was shown, after approval, one at a time, on the branch alone', () => {
    expect(plan.needs).toBe('check');
    expect(apply).toMatchObject({ needs: 'plan', environment: 'production', concurrency: { group: 'camelc-apply-production', 'cancel-in-progress': false } });
    // Not a tag of that name.
    expect(apply.if).toContain("github.ref == 'refs/heads/main'");
    expect(apply.if).toContain("github.event_name != 'pull_request'");
    expect(runs(plan)).toContain('plan examples/smartwe --target swarm --out plan.json');
    expect(runs(apply)).toContain('npx --no camelc apply plan.json --auto-approve');
    const artifact = (job: Job, action: string): Step | undefined => job.steps.find(({ uses }) => uses?.startsWith(`actions/${action}-artifact`));
    expect(artifact(plan, 'upload')).toMatchObject({ id: 'artifact', with: { path: 'plan.json' } });
    expect(plan.outputs).toEqual({ digest: '${{ steps.plan.outputs.digest }}', artifact: '${{ steps.artifact.outputs.artifact-id }}' });
    expect(artifact(apply, 'download')!.with).toEqual({ 'artifact-ids': '${{ needs.plan.outputs.artifact }}' });
    const order = apply.steps.map(({ run, uses }) => run ?? uses ?? '').filter((text) => /download-artifact|sha256sum|camelc apply/.test(text));
    expect(order).toEqual([expect.stringContaining('download'), expect.stringContaining('= "$DIGEST" ] || '), expect.stringContaining('apply plan.json')]);
    expect(plan.environment).toBe('production-plan');
  });

  it('plans with further options', () => {
    expect(write('github', '--plan-options', '--min-gain 0.1 --metric Load=5')).toContain('plan examples/smartwe --target swarm --min-gain 0.1 --metric Load=5 --out plan.json');
  });

  it('comments whole lines of a plan, says where there are more, and hands on its digest', () => {
    const script = plan.steps.find(({ id }) => id === 'plan')!.run!;
    const planOf = (line: string, exit: number): { status: number | null; comment: string; digest: string } => {
      const npx = `#!/bin/sh\necho '{}' > plan.json\nfor i in $(seq 2000); do echo '${line}'; done\nexit ${exit}\n`;
      const cwd = folderWith({ 'bin/npx': npx, output: '' });
      chmodSync(join(cwd, 'bin/npx'), 0o755);
      const env = { PATH: `${cwd}/bin:${process.env.PATH}`, GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary' };
      const { status } = spawnSync('bash', ['-e', '-c', script], { cwd, env });
      return { status, comment: readFileSync(join(cwd, 'plan.md'), 'utf8'), digest: readFileSync(join(cwd, 'output'), 'utf8') };
    };
    const short = planOf('~ web', 0);
    expect(short).toEqual({ status: 0, comment: `~~~~~~\n${'~ web\n'.repeat(2000)}~~~~~~\n`, digest: '' });
    const long = planOf('✔ '.repeat(20), 2);
    expect(Buffer.byteLength(long.comment)).toBeLessThan(65_536);
    expect(long.comment).toMatch(/^~~~~~~\n((✔ ){20}\n)+~~~~~~\nThis is not all: the log of the job has the whole plan\.\n$/);
    expect(long).toMatchObject({ status: 0, digest: expect.stringMatching(/^digest=[0-9a-f]{64} +-\n$/) });
    expect(planOf('error', 5).status).toBe(5);
  });

  it('changes no comment but its own', () => {
    expect(runs(plan)).toContain('select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- camelc plan production -->")))');
  });

  it('has scripts that a shell can read', () => {
    for (const job of [check, plan, apply]) for (const { run } of job.steps) expect(faultsOf(run ?? '')).toBe('');
  });
});

describe('the pipeline of GitLab', () => {
  interface GitlabJob {
    stage: string;
    script: string[];
    needs?: { job: string; artifacts: boolean }[];
    rules?: { if: string; when?: string }[];
    environment?: { name: string; action?: string };
    resource_group?: string;
    interruptible?: boolean;
    artifacts?: { paths: string[]; when: string; access: string };
  }
  const pipeline = parse(write('gitlab', '--environment', 'shop')) as Record<'check' | 'plan' | 'apply', GitlabJob> & { stages: string[] };
  const { check, plan, apply } = pipeline;

  it('applies the plan that was shown, after approval, one at a time, on the branch alone', () => {
    expect(pipeline.stages).toEqual([check, plan, apply].map((job) => job.stage));
    expect(plan.artifacts!.paths).toContain('plan.json');
    expect(apply.needs).toEqual([{ job: 'plan', artifacts: true }]);
    expect(apply.rules).toEqual([{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', when: 'manual' }]);
    expect(apply).toMatchObject({ environment: { name: 'shop' }, resource_group: 'shop', interruptible: false });
    expect(apply.script.at(-1)).toBe('npx --no camelc apply plan.json --auto-approve --no-color');
  });

  it('plans no merge request of a fork', () => {
    const [first] = plan.rules!;
    // In a pipeline that runs in the fork, $CI_PROJECT_ID is that of the fork.
    expect(first!.if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID');
    expect(plan.artifacts!.access).toBe('developer');
  });

  it('has scripts that a shell can read', () => {
    for (const job of [check, plan, apply]) expect(faultsOf(job.script.join('\n'))).toBe('');
  });
});

test.each([
  [[], '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', 'main'],
  [['--branch', 'release/1'], '$CI_COMMIT_BRANCH == "release/1"', 'release/1'],
])('the branch that is applied, with the options %j', (options, rule, branch) => {
  const gitlab = write('gitlab', ...options);
  expect(gitlab.split('\n').filter((line) => line.includes('CI_COMMIT_BRANCH'))).toEqual(Array(3).fill(`    - if: ${rule}`));
  expect((parse(write('github', ...options)) as { on: { push: { branches: string[] } } }).on.push.branches).toEqual([branch]);
});

describe('camelc ci', () => {
  it('takes the names of variables from the model and its images, and quotes what a shell would not take', () => {
    const cwd = folderWith({
      "it's mine/shop.camel": 'camel model Shop {\n  deployment model D {\n    software Web { }\n  }\n}\n',
      "it's mine/images.json": '{ "Web": { "image": "shop/web:$TAG-$GITHUB_SHA", "environment": { "LEVEL": "$LEVEL" }, "secrets": { "PASSWORD": "$WEB_PASSWORD" } } }',
    });
    const run = camelc(['ci', 'github', "it's mine", '--format', 'json'], { cwd });
    const { text, ...names } = JSON.parse(run.stdout) as { text: string };
    expect(names).toEqual({ formatVersion: 1, credentials: ['WEB_PASSWORD'], variables: ['GITHUB_SHA', 'LEVEL', 'TAG'] });
    const { jobs } = parse(text) as Workflow;
    expect(jobs.check.steps.at(-1)!.run).toBe(`npx --no camelc check 'it'\\''s mine'\n`);
    expect(text).toContain('TAG: ${{ vars.TAG }}');
    // The runner has these, and GitHub takes none of these names.
    expect(text).not.toMatch(/GITHUB_SHA/);
  });

  it('plans with the application and the images that it was told, and asks for what the references to credentials need', () => {
    const cwd = folderWith({
      'shop.camel': 'camel model Shop {\n  deployment model D {\n    software Web { }\n  }\n}\n',
      'office.camel': 'camel model Office {\n  deployment model D {\n    software Mail { }\n  }\n}\n',
      'own images.json': '{ "Web": { "image": "shop/web:1", "secrets": { "A": "$A_TOKEN", "B": "$B_TOKEN", "C": "$C_TOKEN", "D": "$D_TOKEN" } } }',
      'camelc.config.json': '{ "secrets": { "A_TOKEN": "age:production.age#A", "B_TOKEN": "age:production.age#B", "C_TOKEN": "env:OTHER", "D_TOKEN": "command:pass show d" } }',
    });
    const options = ['shop.camel', 'office.camel', '--application', 'Shop', '--images', 'own images.json'];
    for (const service of ['github', 'gitlab']) {
      const { text, credentials } = JSON.parse(camelc(['ci', service, ...options, '--format', 'json'], { cwd }).stdout) as { text: string; credentials: string[] };
      expect(text).toContain("camelc plan shop.camel office.camel --application Shop --images 'own images.json' --target swarm --out plan.json");
      expect(credentials).toEqual(['CAMELC_AGE_IDENTITY', 'OTHER']);
    }
  });

  it('writes a file, again too, and not over that of somebody else', () => {
    const cwd = folderWith({ 'shop.camel': 'camel model Shop {\n  deployment model D {\n    software Web { }\n  }\n}\n', '.gitlab-ci.yml': 'stages: [test]\n' });
    const to = (file: string): ReturnType<typeof camelc> => camelc(['ci', 'gitlab', 'shop.camel', '--out', file], { cwd });
    for (let time = 0; time < 2; time++)
      expect(to('ci/camelc.yml')).toMatchObject({ status: 0, stdout: expect.stringContaining('ci/camelc.yml   check, plan and apply for Shop') });
    expect(to('.gitlab-ci.yml')).toMatchObject({ status: 5, stderr: expect.stringContaining('there is a file of that name, which `camelc ci gitlab` did not write') });
    expect(readFileSync(join(cwd, '.gitlab-ci.yml'), 'utf8')).toBe('stages: [test]\n');
  });

  it.each([
    [['jenkins', 'examples/smartwe'], 'Allowed choices are github, gitlab'],
    [['github', 'examples/smartwe', '--environment', 'my prod'], '--environment takes letters'],
    [['github', 'examples/smartwe', '--branch', "x' || true"], '--branch takes letters'],
    [['github', 'examples/${{ github.token }}'], 'cannot stand in a workflow'],
    [['github', '/tmp'], '`/tmp` leads out of the repository'],
    [['github', 'examples/../../shop'], 'leads out of the repository'],
  ])('refuses %j', (args, message) => {
    const { status, stderr } = camelc(['ci', ...args]);
    expect(status).toBe(64);
    expect(stderr.toLowerCase()).toContain(message.toLowerCase());
  });
});
