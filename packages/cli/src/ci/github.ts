/** A workflow of GitHub Actions: check, plan as a comment, and apply that very plan after approval. */
import { commentLines, indented, installing, lendKey, mark, planLines, shellWord, type Pipeline } from './pipeline.js';

/** Actions by the commit that was reviewed, as tags can be moved. */
const actions = {
  checkout: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0',
  node: 'actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0',
  upload: 'actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0',
  download: 'actions/download-artifact@018cc2cf5baa6db3ef3c5f8a56943fffe632ef53 # v6.0.0',
};

/** The file that GitHub reads. */
export const githubFile = '.github/workflows/camelc.yml';

export function githubWorkflow(pipeline: Pipeline): string {
  const { paths, target, branch = 'main', environment, credentials } = pipeline;
  const variables = pipeline.variables.filter(isForUsers);
  const models = paths.map(shellWord).join(' ');
  const setUp = `\
- uses: ${actions.checkout}
  with:
    persist-credentials: false
- uses: ${actions.node}
  with:
    node-version: 24
    cache: npm
# The lock file of this repository says which camelc that is.
- run: npm ci`;
  const reach =
    target === 'swarm'
      ? `
- name: Lend the key of the swarm's manager
  if: \${{ startsWith(vars.DOCKER_HOST, 'ssh:') }}
  env:
    DOCKER_KNOWN_HOSTS: \${{ vars.DOCKER_KNOWN_HOSTS }}
    DOCKER_SSH_KEY: \${{ secrets.DOCKER_SSH_KEY }}
  run: |
${indented(lendKey(`printf '%s\\n' "$DOCKER_SSH_KEY"`), 4)}
    echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"`
      : '';
  const env = [
    ...(target === 'swarm'
      ? ['DOCKER_HOST: ${{ vars.DOCKER_HOST }}']
      : [...['URL', 'EMAIL', 'TENANT'].map((name) => `CLOUDIATOR_${name}: \${{ vars.CLOUDIATOR_${name} }}`), 'CLOUDIATOR_PASSWORD: ${{ secrets.CLOUDIATOR_PASSWORD }}']),
    ...variables.map((name) => `${name}: \${{ vars.${name} }}`),
    ...credentials.map((name) => `${name}: \${{ secrets.${name} }}`),
  ].join('\n');

  return `${mark('github')}
#
# Before the first run:
#   1. ${installing}
#   2. Settings > Environments: make \`${environment}\`, with required reviewers and for the branch \`${branch}\` alone, and \`${environment}-plan\`. Whoever may
#      push a branch can use what \`${environment}-plan\` holds; where that is too much, give it reviewers, too.
#   3. In both environments: ${needed({ ...pipeline, variables })}
name: camelc
on:
  pull_request:
  push:
    branches: [${JSON.stringify(branch)}]
  workflow_dispatch:

permissions: {}

jobs:
  check:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
${indented(setUp, 6)}
      - run: |
          npx --no camelc check ${models}

  plan:
    needs: check
    # A pull request from a fork, or of Dependabot, is checked alone: it gets neither secrets nor a way to the target.
    if: \${{ github.event_name != 'pull_request' || (github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]') }}
    runs-on: ubuntu-24.04
    environment: ${environment}-plan
    # What was pushed last is what is told.
    concurrency:
      group: camelc-plan-${environment}-\${{ github.ref }}
      cancel-in-progress: true
    permissions:
      contents: read
      pull-requests: write
    outputs:
      # Of the plan, where it has changes.
      digest: \${{ steps.plan.outputs.digest }}
      artifact: \${{ steps.artifact.outputs.artifact-id }}
    steps:
${indented(setUp + reach, 6)}
      - id: plan
        env:
${indented(env, 10)}
        run: |
${indented(planLines(pipeline), 10)}
${indented(commentLines, 10)}
          cat plan.md >> "$GITHUB_STEP_SUMMARY"
          case $status in
            0) ;;
            2) echo "digest=$(sha256sum < plan.json)" >> "$GITHUB_OUTPUT" ;;
            *) exit "$status" ;;
          esac
      - name: Comment the plan
        if: \${{ !cancelled() && github.event_name == 'pull_request' && hashFiles('plan.md') != '' }}
        env:
          GH_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.pull_request.number }}
          COMMIT: \${{ github.event.pull_request.head.sha }}
        run: |
          { echo '<!-- camelc plan ${environment} -->'
            echo "What $COMMIT changes, as $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID planned it:"
            cat plan.md; } > comment.md
          # Nobody else's comment is taken for it, as its author could change it afterwards.
          comment=$(gh api "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --paginate \\
            --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- camelc plan ${environment} -->"))) | .id' | head -n 1)
          if [ -n "$comment" ]; then
            gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --field body=@comment.md
          else
            gh api --silent "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --field body=@comment.md
          fi
      - id: artifact
        uses: ${actions.upload}
        if: \${{ steps.plan.outputs.digest != '' }}
        with:
          name: plan-\${{ github.run_attempt }}
          path: plan.json

  apply:
    needs: plan
    if: \${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${branch}' && needs.plan.outputs.digest != '' }}
    runs-on: ubuntu-24.04
    # Waits for the reviewers of this environment.
    environment: ${environment}
    # One at a time, and none is ended half way.
    concurrency:
      group: camelc-apply-${environment}
      cancel-in-progress: false
    permissions:
      contents: read
    steps:
${indented(setUp + reach, 6)}
      - uses: ${actions.download}
        with:
          artifact-ids: \${{ needs.plan.outputs.artifact }}
      - name: Make sure that it is the plan that was shown
        env:
          DIGEST: \${{ needs.plan.outputs.digest }}
        run: |
          [ "$(sha256sum < plan.json)" = "$DIGEST" ] || { echo '::error::plan.json is not the plan that was shown'; exit 1; }
      - env:
${indented(env, 10)}
        run: npx --no camelc apply plan.json --auto-approve --no-color
      - uses: ${actions.upload}
        if: \${{ !cancelled() }}
        with:
          name: apply-log-\${{ github.run_attempt }}
          path: .camelc
          include-hidden-files: true
          if-no-files-found: ignore
`;
}

/** Whether a variable is one to set: those of the runner are there, and no other may be called so. */
const isForUsers = (name: string): boolean => name !== 'CI' && !/^(GITHUB|RUNNER)_/.test(name);

function needed({ target, credentials, variables }: Pipeline): string {
  const own = [...variables.map((name) => `the variable ${name}`), ...credentials.map((name) => `the secret ${name}`)];
  const way =
    target === 'swarm'
      ? 'the variable DOCKER_HOST (ssh://user@manager.example.com), with it the variable DOCKER_KNOWN_HOSTS and the secret DOCKER_SSH_KEY'
      : 'the variables CLOUDIATOR_URL, CLOUDIATOR_EMAIL and CLOUDIATOR_TENANT, and the secret CLOUDIATOR_PASSWORD';
  return [way, ...own].join(',\n#      ') + '.';
}
