/** Does the steps of a plan on a server, each so that doing it again changes nothing. */
import { StepFailure, type Step, type StepContext } from '@camelc/plan';
import type { Job, Monitor, MonitoringTarget, Node, Process, ProcessNew, Queue, Scale } from '../api.js';
import { groupName, jobName } from '../names.js';
import { Refusal, TimedOut, type Client } from './client.js';
import { offered } from './offers.js';
import { resourcesOf } from './read.js';
import { asSpec, hashIn, jobOf, nodeIn, type JobSpec, type Kind, type MonitorSpec, type NodeSpec, type ProcessSpec, type ScheduleSpec, type TaskSpec } from './resources.js';
import { applicationTag, isAlive, readHoldings, View } from './view.js';

/** For what is told by its key alone. */
const unrecorded = (): undefined => undefined;

/** @throws StepFailure, DiagnosticError, or anything when its signal aborts */
export async function performStep(client: Client, step: Step, context: StepContext): Promise<void> {
  const performer = new Performer(client, step, context);
  try {
    await performer.perform();
  } catch (error) {
    if (error instanceof Refusal) throw new StepFailure(context.secrets.redact(error.message));
    if (error instanceof TimedOut) throw new StepFailure(`it is not done after ${context.timeout} s`);
    throw error;
  }
}

class Performer {
  readonly #until: number;

  constructor(
    readonly client: Client,
    readonly step: Step,
    readonly context: StepContext,
  ) {
    this.#until = Date.now() + context.timeout * 1000;
  }

  async perform(): Promise<void> {
    const { kind, action, wanted, before } = this.step;
    const view = await this.#view();
    const make = action !== 'remove';
    switch (kind as Kind) {
      case 'job':
        return make ? this.#makeJob(asSpec<JobSpec>(wanted!), view) : this.context.progress('without a schedule; the interface cannot delete it');
      case 'schedule':
        return make ? this.#makeSchedule(asSpec<ScheduleSpec>(wanted!), view) : this.#removeSchedules(view);
      case 'node':
        return make ? this.#makeNode(this.step.key, asSpec<NodeSpec>(wanted!), view) : this.#removeNodes(view);
      case 'process':
        return make ? this.#makeProcess(asSpec<ProcessSpec>(wanted!), view) : this.#removeProcesses(asSpec<ProcessSpec>(before!), view);
      case 'task':
        return make ? this.#awaitTask(asSpec<TaskSpec>(wanted!)) : undefined;
      case 'monitor':
        return make ? this.#makeMonitor(asSpec<MonitorSpec>(wanted!), view) : this.#removeMonitors(view);
    }
  }

  // ── Jobs and schedules ────────────────────────────────────────────────────────────────────

  async #makeJob(spec: JobSpec, view: View): Promise<void> {
    const hash = hashIn(this.step.key);
    if (view.jobs.has(hash)) return;
    const values = new Map<string, string>();
    for (const name of Object.keys(spec.secrets)) {
      const value = (await this.context.secrets.resolve(name)).reveal();
      this.client.hide(value);
      values.set(`\${${name}}`, value);
    }
    await this.client.ask<Job>('POST', '/jobs', withValues(jobOf(jobName(this.context.plan.id, hash), spec), values));
  }

  async #makeSchedule({ job }: ScheduleSpec, view: View): Promise<void> {
    if (view.scheduleId(this.step.key) !== undefined) return;
    await this.#queued('POST', '/schedule', { job: this.#known(job, view.jobId(job)), instantiation: 'MANUAL' });
  }

  /** With a schedule the server deletes its processes and their nodes, so these must be gone before. */
  async #removeSchedules(view: View): Promise<void> {
    const group = view.schedules.get(hashIn(this.#original)) ?? [];
    for (const { id } of this.#copies(group)) {
      const running = view.processes.filter(({ schedule }) => schedule === id);
      if (running.length) throw new StepFailure(`${running.map(({ task }) => task).join(', ')} still run by it, and the server would delete their nodes too`);
      await this.#delete(`/schedule/${encodeURIComponent(id)}`);
    }
  }

  // ── Nodes ─────────────────────────────────────────────────────────────────────────────────

  async #makeNode(key: string, spec: NodeSpec, view: View): Promise<void> {
    let id = view.nodeId(key);
    if (id === undefined) {
      for (const failed of view.nodes.get(key) ?? []) {
        // What ran there failed with it, and could not be told apart from what runs elsewhere when its node is gone.
        const stranded = view.processes.filter(({ node }) => node === failed.id);
        for (const process of stranded) await this.#delete(`/process/${encodeURIComponent(process.id)}`);
        await this.#delete(`/node/${encodeURIComponent(failed.id)}`);
      }
      const nodeCandidate = await offered(this.client, spec.offer);
      if (!nodeCandidate) throw new StepFailure(`the server does not offer ${spec.hardware} (${spec.candidate}) any more`);
      const { host, hash } = nodeIn(key);
      id = await this.#queued('POST', '/node', { groupName: groupName(this.context.plan.id, host, hash), nodeCandidate });
    }
    await this.#running<Node>(async () => (id === undefined ? (await this.#view()).nodes.get(key)?.[0] : this.client.find<Node>(`/node/${encodeURIComponent(id)}`)));
  }

  async #removeNodes(view: View): Promise<void> {
    for (const { id } of this.#copies(view.nodes.get(this.#original) ?? [])) await this.#delete(`/node/${encodeURIComponent(id)}`);
  }

  // ── Processes ─────────────────────────────────────────────────────────────────────────────

  async #makeProcess(spec: ProcessSpec, view: View): Promise<void> {
    const number = spec.number ?? 1;
    const its = view.processesOf(spec);
    let id = its.filter(isAlive)[number - 1]?.id;
    if (id === undefined) {
      for (const failed of its.filter((process) => !isAlive(process))) await this.#delete(`/process/${encodeURIComponent(failed.id)}`);
      id = await this.#queued('POST', '/process', this.#processNew(spec, view));
    } else if (spec.nodes) {
      await this.#remakeNodes(spec.nodes, view);
      await this.#scale(spec, its[0]!, await this.#view());
    }
    await this.#running<Process>(async () =>
      id === undefined ? (await this.#view()).processesOf(spec)[number - 1] : this.client.find<Process>(`/process/${encodeURIComponent(id)}`),
    );
  }

  #processNew({ schedule, task, node, nodes }: ProcessSpec, view: View): ProcessNew {
    const declared = view.jobs.get(hashIn(schedule))?.tasks.find(({ name }) => name === task);
    const base = { schedule: this.#known(schedule, view.scheduleId(schedule)), task, taskInterface: this.#known(`task ${task} of the job`, declared).interfaces[0].type };
    return nodes
      ? { processType: 'ClusterProcessNew', ...base, nodes: nodes.map((key) => this.#known(key, view.nodeId(key))) }
      : { processType: 'SingleProcessNew', ...base, node: this.#known(node!, view.nodeId(node!)) };
  }

  /** When a cluster is scaled in, the server deletes its nodes, too: to undo that needs them before the step that removes them is undone. */
  async #remakeNodes(keys: readonly string[], view: View): Promise<void> {
    for (const key of keys) {
      const removed = this.context.plan.steps.find((step) => step.key === key && step.action === 'remove');
      if (view.nodeId(key) === undefined && removed) await this.#makeNode(key, asSpec<NodeSpec>(removed.before!), view);
    }
  }

  /** Out before in, so that there are never fewer nodes than before and afterwards. */
  async #scale({ schedule, task, nodes = [] }: ProcessSpec, running: Process, view: View): Promise<void> {
    const wanted = nodes.map((key) => this.#known(key, view.nodeId(key)));
    const there = running.nodes ?? [];
    const scale = async (scaleDirection: Scale['scaleDirection'], changed: string[]): Promise<void> => {
      if (changed.length)
        await this.#queued('POST', '/scale', { schedule: this.#known(schedule, view.scheduleId(schedule)), task, scaleDirection, nodes: changed } satisfies Scale);
    };
    await scale(
      'SCALE_OUT',
      wanted.filter((node) => !there.includes(node)),
    );
    await scale(
      'SCALE_IN',
      there.filter((node) => !wanted.includes(node)),
    );
  }

  async #removeProcesses(spec: ProcessSpec, view: View): Promise<void> {
    const its = view.processesOf(spec);
    const gone = spec.number === undefined ? this.#copies(its) : its.slice(spec.number - 1);
    for (const { id } of gone) await this.#delete(`/process/${encodeURIComponent(id)}`);
  }

  /** Waits until all processes of a task run. */
  async #awaitTask({ instances }: TaskSpec): Promise<void> {
    const keys = Object.values(instances).map(({ process }) => process);
    await this.client.poll({ signal: this.context.signal, until: this.#until }, async () => {
      const view = await this.#view();
      const there = resourcesOf(view, unrecorded).filter(({ key }) => keys.includes(key));
      if (there.length < keys.length) throw new StepFailure('a process is gone');
      const failed = view.processes.find((process) => !isAlive(process) && there.some(({ id }) => id === process.id));
      if (failed) throw new StepFailure(this.#said(failed));
      const up = there.filter(({ tasks }) => tasks!.healthy === 1).length;
      this.context.progress(`${up}/${keys.length} running`);
      return up === keys.length ? { value: undefined } : undefined;
    });
  }

  // ── Monitors ──────────────────────────────────────────────────────────────────────────────

  async #makeMonitor({ of, metric, sensor, sinks }: MonitorSpec, view: View): Promise<void> {
    const what = resourcesOf(view, unrecorded).find(({ key }) => key === of);
    const target: MonitoringTarget = { type: of.startsWith('job/') ? 'JOB' : 'PROCESS', identifier: this.#known(of, what).id };
    const monitor: Monitor = { metric, targets: [target], sensor, sinks, tags: { [applicationTag]: this.context.plan.id } };
    const there = view.monitors.some((other) => other.metric === metric && other.targets[0]?.identifier === target.identifier);
    if (there) await this.client.ask('PUT', `/monitors/${encodeURIComponent(metric)}`, monitor);
    else await this.client.ask('POST', '/monitors', monitor);
  }

  async #removeMonitors(view: View): Promise<void> {
    const { metric } = asSpec<MonitorSpec>(this.step.before!);
    const targets = resourcesOf(view, unrecorded).flatMap(({ key, id }) => (key === this.step.key ? [id] : []));
    for (const monitor of view.monitors.filter((one) => one.metric === metric && targets.includes(one.targets[0]?.identifier ?? ''))) {
      await this.#orGone(() => this.client.ask('DELETE', `/monitors/${encodeURIComponent(metric)}`, monitor.targets[0]));
    }
  }

  // ── What all have in common ───────────────────────────────────────────────────────────────

  async #view(): Promise<View> {
    return new View(await readHoldings(this.client), this.context.plan.id);
  }

  /** The key without the mark of a second one. */
  get #original(): string {
    return this.step.key.replace(/~\d+$/, '');
  }

  /** What a removal means: all that have the key, or only those that are too much. */
  #copies<T>(group: readonly T[]): readonly T[] {
    const mark = /~(\d+)$/.exec(this.step.key)?.[1];
    return mark === undefined ? group : group.slice(Number(mark) - 1);
  }

  #known<T>(what: string, value: T | undefined): T {
    if (value === undefined) throw new StepFailure(`${what} is not on the server any more`);
    return value;
  }

  /** Asks for something that takes its time, and waits for it. @returns the id of what was made */
  async #queued(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<string | undefined> {
    const { signal, progress } = this.context;
    const queue = await this.client.ask<Queue>(method, path, body);
    return this.client.completed(`${method} ${path}`, queue, { signal, until: this.#until, progress });
  }

  async #delete(path: string): Promise<void> {
    await this.#orGone(() => this.#queued('DELETE', path));
  }

  async #orGone(remove: () => Promise<unknown>): Promise<void> {
    try {
      await remove();
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 404)) throw error;
    }
  }

  /** Waits until something runs that was asked for. */
  async #running<T extends { state?: string; diagnostic?: string; reason?: string }>(look: () => Promise<T | undefined>): Promise<void> {
    await this.client.poll({ signal: this.context.signal, until: this.#until }, async () => {
      const found = await look();
      if (found?.state === 'RUNNING' || found?.state === 'FINISHED') return { value: undefined };
      if (found?.state === 'ERROR' || found?.state === 'DELETED') throw new StepFailure(this.#said(found));
      this.context.progress(found ? 'starting' : 'not there yet');
      return undefined;
    });
  }

  #said({ diagnostic, reason }: { diagnostic?: string; reason?: string }): string {
    return this.context.secrets.redact(this.client.redact(diagnostic ?? reason ?? 'the server does not say why it failed'));
  }
}

/** Data with texts that are references to credentials replaced by their values. */
function withValues<T>(data: T, values: ReadonlyMap<string, string>): T {
  if (typeof data === 'string') return (values.get(data) ?? data) as T;
  if (Array.isArray(data)) return data.map((item) => withValues(item as unknown, values)) as T;
  if (data && typeof data === 'object') return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withValues(value as unknown, values)])) as T;
  return data;
}
