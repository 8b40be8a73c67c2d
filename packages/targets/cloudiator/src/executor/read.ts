/** What an application has on a server, as resources. */
import type { Json, RunningHost, RunningResource } from '@camelc/plan';
import { isCredentialName } from '@camelc/diagnostics';
import type { Process, TaskInterface } from '../api.js';
import { parseNodeName, processName } from '../names.js';
import {
  asJson,
  asSpec,
  jobKey,
  monitorKey,
  nodeIn,
  processKey,
  scheduleKey,
  takesOf,
  taskKey,
  type JobSpec,
  type Kind,
  type NodeSpec,
  type ProcessSpec,
  type TaskSpec,
} from './resources.js';
import { isAlive, type Holdings, type View } from './view.js';

/** What was recorded of a resource with this key. */
export type Recorded = (key: string) => { spec: Json; needs: readonly string[] } | undefined;

/**
 * The resources of an application. What the server does not say, such as the candidate that a node was made for, is taken from what is recorded.
 * What was made twice by an apply that was interrupted is there twice; the key of the second ends with `~2`. What failed says so in its spec, and is
 * made anew by a plan.
 */
export function resourcesOf(view: View, recorded: Recorded, redact: (text: string) => string = (text) => text): RunningResource[] {
  const of = (kind: Kind, key: string, name: string, id: string, spec: Json, needs: readonly string[], more: Partial<RunningResource> = {}): RunningResource => ({
    key,
    kind,
    name,
    id,
    spec,
    needs: recorded(key)?.needs ?? needs,
    ...more,
  });

  const jobs = [...view.schedules.keys()].map((hash) => of('job', jobKey(hash), view.id, view.jobs.get(hash)!.id, recorded(jobKey(hash))?.spec ?? {}, []));
  const schedules = [...view.schedules].flatMap(([hash, group]) =>
    group.map(({ id }, index) => of('schedule', copy(scheduleKey(hash), index), view.id, id, asJson({ job: jobKey(hash) }), [jobKey(hash)])),
  );
  const nodes = [...view.nodes].flatMap(([key, group]) =>
    group.map((node, index) => {
      const { nodeCandidate = '' } = node;
      const spec = asSpec<NodeSpec>(recorded(key)?.spec ?? asJson({ candidate: nodeCandidate, hardware: '', offer: { id: nodeCandidate } } satisfies NodeSpec));
      return of('node', copy(key, index), nodeIn(key).host, node.id, asJson(withState(spec, node)), [], { tasks: healthOf(node, redact) });
    }),
  );
  const processes = processesOf(view, of, redact);
  const keyOfProcess = new Map(processes.map(({ id, key }) => [id, key]));
  const tasks = [...Map.groupBy(processes, ({ spec }) => asSpec<ProcessSpec>(spec).task)].map(([task, its]) => {
    const instances = Object.fromEntries(
      its.map(({ key, name, spec }) => [name, { process: key, ...(asSpec<ProcessSpec>(spec).node && { node: asSpec<ProcessSpec>(spec).node }) }]),
    );
    const before = recorded(taskKey(task))?.spec;
    const wanted = before ? Object.keys(asSpec<TaskSpec>(before).instances).length : its.length;
    const problem = its.find((one) => one.tasks!.healthy === 0)?.tasks!.problem;
    const counted = { wanted, healthy: Math.min(wanted, its.filter((one) => one.tasks!.healthy).length), ...(problem && { problem }) };
    return of(
      'task',
      taskKey(task),
      task,
      task,
      asJson({ instances, ...(before && asSpec<TaskSpec>(before).unmoveable && { unmoveable: true }) } satisfies TaskSpec),
      its.map(({ key }) => key),
      { tasks: counted },
    );
  });

  const monitors = view.monitors.map(({ metric, targets, sensor, sinks }) => {
    const [target] = targets;
    const job = [...view.jobs].find(([, { id }]) => target?.type === 'JOB' && id === target.identifier)?.[0];
    const its = job === undefined ? keyOfProcess.get(target?.identifier ?? '') : jobKey(job);
    const what = its ?? `gone/${target?.identifier}`;
    return of('monitor', monitorKey(metric, what), metric, target?.identifier ?? '', asJson({ metric, of: what, sensor, sinks: sinks ?? [] }), its === undefined ? [] : [its]);
  });
  return [...jobs, ...schedules, ...nodes, ...processes, ...tasks, ...monitors];
}

function processesOf(
  view: View,
  of: (kind: Kind, key: string, name: string, id: string, spec: Json, needs: readonly string[], more?: Partial<RunningResource>) => RunningResource,
  redact: (text: string) => string,
): RunningResource[] {
  const place = ({ schedule, task, node }: Process): string => JSON.stringify([schedule, task, node]);
  return [...Map.groupBy(view.processes, place).values()].flatMap((group) =>
    group.map((process, index) => {
      const { id, task } = process;
      const hash = view.hashOfSchedule(process.schedule)!;
      const schedule = scheduleKey(hash);
      const tasks = healthOf(process, redact);
      if (process.nodes) {
        const nodes = process.nodes.map((node) => view.keyOfNode(node)).sort();
        const spec: ProcessSpec = { schedule, task, nodes };
        const takes = nodes.flatMap((node) => takesOf(node, view.portsOf(hash, task)));
        return of('process', copy(processKey(task, spec), index), task, id, asJson(withState(spec, process)), [schedule, ...nodes], { tasks, takes });
      }
      const node = view.keyOfNode(process.node ?? '');
      const spec: ProcessSpec = { schedule, task, node, number: index + 1 };
      const name = processName(task, nodeIn(node).host || 'gone', index + 1);
      return of('process', processKey(name, spec), name, id, asJson(withState(spec, process)), [schedule, node], { tasks, takes: takesOf(node, view.portsOf(hash, task)) });
    }),
  );
}

interface Stateful {
  state?: string;
  diagnostic?: string;
  reason?: string;
}

const withState = <S extends NodeSpec | ProcessSpec>(spec: S, thing: Stateful): S => (isAlive(thing) ? spec : { ...spec, state: 'ERROR' });

function healthOf(thing: Stateful, redact: (text: string) => string): NonNullable<RunningResource['tasks']> {
  const { state, diagnostic, reason } = thing;
  if (state === 'RUNNING' || state === 'FINISHED') return { wanted: 1, healthy: 1 };
  return { wanted: 1, healthy: 0, problem: isAlive(thing) ? 'it is being started' : redact(diagnostic ?? reason ?? 'it failed') };
}

/** Values of credentials that jobs of the server hold: those of variables that are named so, or that a recorded job has as a reference. */
export function credentialsIn(view: View, recorded: Recorded): string[] {
  return [...view.jobs].flatMap(([hash, job]) => {
    const known = recorded(jobKey(hash))?.spec;
    return (job.tasks ?? []).flatMap(({ name, interfaces }) => {
      const ours = known && asSpec<JobSpec>(known).tasks[name];
      const references = ours ? variablesOf([ours.interface]) : {};
      const values = Object.entries(variablesOf(interfaces ?? []));
      return values.flatMap(([variable, value]) => (isCredentialName(variable) || /^\$\{\w+\}$/.test(references[variable] ?? '') ? [value] : []));
    });
  });
}

const variablesOf = (interfaces: readonly TaskInterface[]): Record<string, string> =>
  Object.assign({}, ...interfaces.map((one) => ('environment' in one ? one.environment : 'functionEnvironment' in one ? one.functionEnvironment : {}))) as Record<string, string>;

/** The key of the first, or of one that was made too much. */
const copy = (key: string, index: number): string => (index === 0 ? key : `${key}~${index + 1}`);

/** The nodes of all applications. */
export function hostsOf({ nodes }: Holdings): RunningHost[] {
  return nodes.flatMap(({ id, name = '', state, nodeProperties }) =>
    parseNodeName(name) && state !== 'DELETED'
      ? [{ id, name, ready: state === 'RUNNING', size: { cores: nodeProperties?.numberOfCores ?? 0, memory: nodeProperties?.memory ?? 0 }, labels: {} }]
      : [],
  );
}
