/** From models, through what runs already, to the plan. */
import { applicationId, type Deployment } from '@camelc/deployment';
import { adjustSeverities, diagnose, DiagnosticError, hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { fingerprintOf, makePlan, referenceOf, unfinished, type Json, type Plan, type RunningState, type SecretValues, type Target, type Worth } from '@camelc/plan';
import { instancesOf, readRunning, type RunningDeployment } from '@camelc/problem';
import type { Solution } from '@camelc/solver';
import { readCandidateLists } from '../candidate-lists.js';
import { deploymentOf, taskDeploymentOf, type DeployOptions } from '../deployment-of.js';
import { readMetrics, type Metrics } from '../metrics.js';
import { loadApplication, type ModelTexts } from '../models.js';
import type { ProblemOptions } from '../options.js';
import { filterCandidates, poseProblem, type Posed } from '../pose.js';
import type { Project } from '../project.js';
import type { Reading } from '../reading.js';
import { firedSlos, type Fired } from './fired.js';
import { solutionToJson } from '../report/solution-json.js';
import { toJson } from '../report/json.js';
import { namedFrom } from '../secrets/reference.js';
import { readRunningFile } from '../running-file.js';
import type { Solved } from '../solve.js';

export type PlanOptions = ProblemOptions & DeployOptions;

/** What a plan is made with, besides models and options. */
export interface Planning {
  /** Models are read, and candidates filtered, before it is waited for. */
  target: Promise<Target>;
  secrets: SecretValues;
  /** Where the plan will lie: paths in it are from there. */
  folder: string;
  reading: Reading;
  solve: (posed: Posed) => Promise<Solved>;
}

export interface Planned {
  solved: Solved;
  state: RunningState;
  /** Absent where the search was interrupted, or no deployment satisfies the model. */
  plan?: Plan;
  /** SLOs that fire under the metrics of the run. */
  fired: Fired[];
  diagnostics: Diagnostic[];
}

/** Plans: what runs is read from the target, and is the current deployment for the solver unless the options name another. @throws DiagnosticError */
export async function planDeployment({ paths, options, models }: Project<PlanOptions>, { target: opening, secrets, folder, reading, solve }: Planning): Promise<Planned> {
  const loaded = await loadApplication(models, options.application);
  const filtered = filterCandidates(loaded, readCandidateLists(paths, options, reading));
  const metrics = readMetrics(paths, options, reading);
  const fired = firedSlos(loaded.application, metrics.metrics);
  const target = await opening;
  const state = await target.read(applicationId(loaded.application.name));
  refuseUnfinished(state);
  const running = runningDeployment(options, state, target, reading);
  const posed = poseProblem(filtered, { metrics, currentValues: options.current?.values, running, minGain: running && options.minGain });
  const solved = await solve(posed);
  const { solution } = solved;
  if (!solution || solution.status === 'infeasible' || solved.interrupted) return { solved, state, fired, diagnostics: solved.diagnostics };

  const build = target.kind === 'cloudiator' ? taskDeploymentOf : deploymentOf;
  const { deployment, diagnostics: ofDeployment } = build(paths, { ...solved, solution }, options, reading);
  const ofMoves = movedThough(solved, appliedDeployment(state, target, reading));
  const { wanted, diagnostics: ofTarget } = await target.lower(deployment, state, { worth: worthOf(solution, solved), solution: recorded(solved), secrets });
  const diagnostics = adjustSeverities([...ofDeployment, ...ofMoves, ...ofTarget], solved.severities);
  if (!wanted || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const { kind, name, id, conduct } = target;
  const plan = makePlan({ target: { kind, name, id }, wanted, state, conduct, inputs: inputsOf(models, posed, metrics), secrets: referencesOf(deployment, secrets, folder) });
  return { solved, state, plan, fired, diagnostics };
}

/** What is half way between two deployments is no state to plan from. @throws DiagnosticError */
function refuseUnfinished({ journal, lock }: RunningState): void {
  if (lock && lock.expires > Date.now()) throw new DiagnosticError([diagnose('plan/locked', { holder: lock.holder })]);
  if (journal) throw new DiagnosticError([unfinished(journal)]);
}

/** What `--current` names, else what was applied last. */
function runningDeployment(options: PlanOptions, state: RunningState, target: Target, reading: Reading): RunningDeployment | undefined {
  return options.current?.file === undefined ? appliedDeployment(state, target, reading) : readRunningFile(options, reading);
}

/** What was applied last, as the solver knows it. */
function appliedDeployment({ revisions: [last] }: RunningState, target: Target, { sources }: Reading): RunningDeployment | undefined {
  if (!last) return undefined;
  const name = `revision ${last.number} of ${last.application} on ${target.kind} ${target.name}`;
  const text = toJson(last.solution);
  sources.set(name, text);
  const { running, diagnostics } = readRunning(text, name);
  if (!running) throw new DiagnosticError(diagnostics);
  return running;
}

/** Components that stay where they are, and that the solution has elsewhere: what runs was not what the solver was told. */
function movedThough({ application, solution, candidatesById, problem }: Solved, applied: RunningDeployment | undefined): Diagnostic[] {
  if (!applied) return [];
  const input = { deployment: applied, candidates: candidatesById, minGain: 0 };
  return application.components
    .filter((component) => component.unmoveable && problem.components.some((c) => c.name === component.name))
    .flatMap((component) => {
      const before = instancesOf(component, input).map((i) => i.candidate);
      const { hosts } = solution!;
      const now = hosts.filter((h) => h.components.includes(component.name)).map((h) => h.candidate);
      const [gone] = before.filter((candidate) => !now.includes(candidate));
      return gone !== undefined && now.length > 0 ? [diagnose('running/unmoveable', { component: component.name, from: gone, to: now[0]! }, component.place)] : [];
    });
}

const worthOf = ({ cost, currency, utility }: Solution, { application }: Solved): Worth => ({
  cost: cost ?? 0,
  currency,
  ...(typeof utility === 'number' && application.objectives[0] && { utility, objective: application.variables[application.objectives[0].variable]!.id }),
});

/** The solution as `--current` reads it: without what is said of it, which names files of this machine. */
function recorded(solved: Solved): Json {
  const {
    reasons: _,
    diagnostics: __,
    conflict: ___,
    candidates: ____,
    metrics: _____,
    components,
    hosts,
    ...rest
  } = solutionToJson(solved) as Record<string, Json> & {
    components: Record<string, Json>[];
    hosts: Record<string, Json>[];
  };
  const plain = ({ reasons: _reasons, ...item }: Record<string, Json>): Json => item;
  return { ...rest, components: components.map(plain), hosts: hosts.map(plain) };
}

const inputsOf = ({ files }: ModelTexts, { list }: Posed, { metrics }: Metrics): Plan['inputs'] => ({
  models: fingerprintOf(files.map((file) => file.text)),
  candidates: fingerprintOf(list),
  metrics: fingerprintOf(metrics),
});

/** Those references whose values this deployment uses. */
function referencesOf({ secrets, registries }: Pick<Deployment, 'secrets' | 'registries'>, { references }: SecretValues, folder: string): Plan['secrets'] {
  const names = [...secrets.map((secret) => secret.name), ...registries.flatMap(({ user, password }) => [user, password])].filter((name) => name !== undefined);
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, namedFrom(folder, referenceOf(references, name))]));
}
