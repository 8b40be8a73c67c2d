/** From the paths and options of the command line to a plan. */
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecretValues, Target } from '@camelc/plan';
import { openProject, toJson } from '@camelc/project';
import { planDeployment, type DeployOptions, type Planned } from '@camelc/project/planning';
import { solutionToJson } from '@camelc/project/solving';
import type { TargetOptions } from '@camelc/project/targets';
import type { Console } from './console.js';
import { secretsOf, type SecretOptions } from './applying/secrets.js';
import { exitCodeOfSolved, solvePosed, type SolveOptions } from './solving.js';

export interface PlanOptions extends SolveOptions, Omit<DeployOptions, 'variables'>, TargetOptions, SecretOptions {
  var?: Record<string, string>;
  /** The file that the plan is for. */
  out?: string;
}

/** A plan, or the exit code of a run that came to none; that was reported. */
export type Made = { planned: Planned & { plan: NonNullable<Planned['plan']> }; secrets: SecretValues } | { exit: number };

/** Milliseconds between two looks for hosts. */
const lookEvery = 5000;

/**
 * Plans for what models say.
 * @param waitHosts seconds to wait for hosts that are missing; they are looked for again and again
 */
export async function planPaths(paths: readonly string[], options: PlanOptions, target: Promise<Target>, c: Console, waitHosts = 0): Promise<Made> {
  const project = openProject(paths, { ...options, variables: { ...process.env, ...options.var } }, c);
  const secrets = await secretsOf(options, project, c);
  const until = performance.now() + waitHosts * 1000;
  let said = '';
  for (;;) {
    const planned = await planDeployment(project, { target, secrets, folder: dirname(options.out ?? ''), reading: c, solve: (posed) => solvePosed(posed, project.options, c) });
    const { plan, solved } = planned;
    const exit = exitCodeOfSolved(solved, options);
    if (!plan || exit !== 0) {
      if (c.format === 'json') c.print(toJson(solutionToJson(solved)));
      else c.problems(solved.diagnostics);
      return { exit };
    }
    if (plan.hosts.missing.length === 0 || performance.now() > until) return { planned: { ...planned, plan }, secrets };
    const text = plan.hosts.missing.map(({ number, hardware, command }) => `waiting for ${number} × ${hardware}: ${command}`).join('\n');
    if (text !== said) c.note(text);
    said = text;
    await sleep(Math.min(lookEvery, Math.max(0, until - performance.now())));
  }
}
