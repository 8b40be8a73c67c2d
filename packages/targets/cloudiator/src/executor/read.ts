/** What an application has on a server, as resources. */
import type { Json, RunningHost, RunningResource } from '@camelc/plan';
import type { Process } from '../api.js';
import { parseNodeName } from '../names.js';
import {
  asJson,
  asSpec,
  jobKey,
  monitorKey,
  nodeIn,
  processKey,
  processName,
  scheduleKey,
  takesOf,
  taskKey,
  type Kind,
  type NodeSpec,
  type ProcessSpec,
  type TaskSpec,
} from './resources.js';
import type { Holdings, View } from './view.js';

/** What was recorded of a resource with this key. */
export type Recorded = (key: string) => { spec: Json; needs: readonly string[] } | undefined;

/**
 * The resources of an application. What the server does not say, such as the candidate that a node was made for, is taken from what is recorded.
 * What was made twice by an apply that was interrupted is there twice; the key of the second ends with `~2`.
 */
export function resourcesOf(view: View, recorded: Recorded): RunningResource[] {
  const of = (kind: Kind, key: string, name: string, id: string, spec: Json, needs: readonly string[], more: Partial<RunningResource> = {}): RunningResource => ({
    key,
    kind,
    name,
    id,
    spec,
    needs: recorded(key)?.needs ?? needs,
    ...more,
  });

  const jobs = [...view.schedules.keys()].map((hash) => of('job', jobKey(hash), 'job', view.jobs.get(hash)!.id, recorded(jobKey(hash))?.spec ?? {}, []));
  const schedules = [...view.schedules].flatMap(([hash, group]) =>
    group.map(({ id }, index) => of('schedule', copy(scheduleKey(hash), index), 'schedule', id, asJson({ job: jobKey(hash) }), [jobKey(hash)])),
  );
  const nodes = [...view.nodes].flatMap(([key, group]) =>
    group.map((node, index) => {
      const spec = recorded(key)?.spec ?? asJson({ candidate: node.nodeCandidate ?? '', hardware: '', offer: { id: node.nodeCandidate ?? '' } } satisfies NodeSpec);
      const healthy = node.state === 'RUNNING' ? 1 : 0;
      return of('node', copy(key, index), nodeIn(key).host, node.id, spec, [], { tasks: { wanted: 1, healthy, ...(healthy === 0 && { problem: 'it is being started' }) } });
    }),
  );

  const processes = processesOf(view, of);
  const keyOfProcess = new Map(processes.map(({ id, key }) => [id, key]));
  const tasks = [...Map.groupBy(processes, ({ spec }) => asSpec<ProcessSpec>(spec).task)].map(([task, its]) => {
    const instances = Object.fromEntries(
      its.map(({ key, name, spec }) => [name, { process: key, ...(asSpec<ProcessSpec>(spec).node && { node: asSpec<ProcessSpec>(spec).node }) }]),
    );
    const before = recorded(taskKey(task))?.spec;
    const wanted = before ? Object.keys(asSpec<TaskSpec>(before).instances).length : its.length;
    const problem = view.failedProcesses.find((process) => process.task === task)?.diagnostic;
    const counted = { wanted, healthy: Math.min(wanted, its.filter((one) => one.tasks!.healthy).length), ...(problem && { problem }) };
    return of(
      'task',
      taskKey(task),
      task,
      task,
      asJson({ instances } as TaskSpec),
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
): RunningResource[] {
  const place = ({ schedule, task, node }: Process): string => JSON.stringify([schedule, task, node]);
  return [...Map.groupBy(view.processes, place).values()].flatMap((group) =>
    group.map((process, index) => {
      const { id, task, state, diagnostic } = process;
      const hash = view.hashOfSchedule(process.schedule)!;
      const schedule = scheduleKey(hash);
      const healthy = state === 'RUNNING' || state === 'FINISHED' ? 1 : 0;
      const tasks = { wanted: 1, healthy, ...(healthy === 0 && { problem: diagnostic ?? 'it is being started' }) };
      if (process.nodes) {
        const nodes = process.nodes.flatMap((node) => view.keyOfNode(node) ?? []).sort();
        const spec: ProcessSpec = { schedule, task, nodes };
        return of('process', copy(processKey(task, spec), index), task, id, asJson(spec), [schedule, ...nodes], {
          tasks,
          takes: nodes.flatMap((node) => takesOf(node, view.portsOf(hash, task))),
        });
      }
      const node = view.keyOfNode(process.node!)!;
      const spec: ProcessSpec = { schedule, task, node, number: index + 1 };
      const name = processName(task, nodeIn(node).host, index + 1);
      return of('process', processKey(name, spec), name, id, asJson(spec), [schedule, node], { tasks, takes: takesOf(node, view.portsOf(hash, task)) });
    }),
  );
}

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
