/** A swarm as a target of plans. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Deployment } from '@camelc/deployment';
import { canonicalJson, type Lowering, type Plan, type Revision, type RunningState, type SecretValues, type Step, type StepContext, type Target } from '@camelc/plan';
import { swarmConduct } from '../conduct.js';
import { checkMoves } from '../data.js';
import { lower } from '../lower.js';
import { namespaceLabel } from '../names.js';
import type { LabelForm } from '../normal/others.js';
import type { EngineFileObject, EngineNode } from './api.js';
import { connect, refused, type Swarm } from './connection/connect.js';
import { EngineError, type Engine } from './connection/engine.js';
import type { EngineOptions } from './connection/endpoint.js';
import { checkSecrets, fingerprintsOf, keyOfSwarm } from './fingerprints.js';
import { takesTasks, whyNoTasks } from './nodes.js';
import { conflictsWith, readOthers } from './others.js';
import { hostOf, readApplications, readState } from './read.js';
import { SwarmRecords } from './records/records.js';
import { pinImages } from './registries.js';
import { performStep } from './steps/perform.js';

export interface SwarmOptions extends EngineOptions {
  /** Components that may leave hosts that hold data of theirs. */
  leaveData?: readonly string[];
}

/**
 * The swarm whose manager the options lead to.
 * @throws DiagnosticError engine/…
 */
export const swarmTarget = async (options: SwarmOptions = {}): Promise<Target> => new SwarmTarget(await connect(options), options.leaveData ?? []);

class SwarmTarget implements Target {
  readonly kind = 'swarm';
  readonly name: string;
  readonly id: string;
  readonly conduct = swarmConduct;
  readonly records: SwarmRecords;
  readonly #engine: Engine;
  readonly #clusterId: string;

  constructor(
    { engine, id, clusterId }: Swarm,
    readonly leaveData: readonly string[],
  ) {
    this.name = engine.endpoint.name;
    this.id = id;
    this.records = new SwarmRecords(engine);
    this.#engine = engine;
    this.#clusterId = clusterId;
  }

  read(application: string): Promise<RunningState> {
    return told(readState(this.#engine, application));
  }

  applications(): Promise<string[]> {
    return told(readApplications(this.#engine));
  }

  async lower(deployment: Parameters<Target['lower']>[0], state: RunningState, { worth, solution, secrets }: Lowering): ReturnType<Target['lower']> {
    const swarmDeployment = deployment as Deployment;
    const { id, secrets: credentials } = swarmDeployment;
    const applied = new Set((state.revisions[0]?.resources ?? []).filter(({ kind }) => kind === 'secret').map(({ name }) => name));
    const [{ digests, hints }, { fingerprints, diagnostics }, nodes, others] = await Promise.all([
      pinImages(this.#engine, swarmDeployment, state, secrets),
      fingerprintsOf(
        credentials.map(({ name }) => name),
        applied,
        keyOfSwarm(this.#clusterId, id),
        secrets,
      ),
      told(this.#engine.ask<EngineNode[]>('/nodes')),
      told(readOthers(this.#engine, id)),
    ]);
    const manager = nodes.find(({ ManagerStatus }) => ManagerStatus?.Leader)?.ManagerStatus?.Addr;
    const inputs = { worth, solution, digests, fingerprints, leaveData: this.leaveData, ...(manager !== undefined && { manager }) };
    const lowered = lower(swarmDeployment, state, inputs);
    const conflicts = lowered.wanted ? await told(conflictsWith(others, lowered.wanted.revision, networksRemoved(state, lowered.wanted.revision), this.#engine)) : [];
    return { ...(conflicts.length === 0 && { wanted: lowered.wanted }), diagnostics: [...hints, ...diagnostics, ...lowered.diagnostics, ...conflicts] };
  }

  checkMoves(state: RunningState, revision: Revision): Diagnostic[] {
    return checkMoves(state, revision, this.leaveData);
  }

  async check(plan: Plan, secrets: SecretValues): Promise<Diagnostic[]> {
    const filters = { label: [`${namespaceLabel}=${plan.id}`] };
    const [nodes, files] = await told(Promise.all([this.#engine.ask<EngineNode[]>('/nodes'), this.#engine.ask<EngineFileObject[]>('/secrets', { filters })]));
    const faults = await checkSecrets(plan, new Set(files.map(({ Spec }) => Spec.Name)), keyOfSwarm(this.#clusterId, plan.id), secrets);
    const labelled = plan.steps.flatMap(({ kind, wanted }) => (kind === 'label' && wanted !== undefined ? [(wanted as unknown as LabelForm).node] : []));
    const lost = [...new Set(labelled)].flatMap((id): Diagnostic[] => {
      const node = nodes.find(({ ID }) => ID === id);
      if (node && takesTasks(node)) return [];
      return [diagnose('engine/host-gone', node ? { host: hostOf(node).name, why: whyNoTasks(node) } : { host: id, why: 'is no longer part of the swarm' })];
    });
    const removed = plan.steps.flatMap(({ kind, key, action }) => (kind === 'network' && action === 'remove' ? [key] : []));
    const conflicts = await told(readOthers(this.#engine, plan.id).then((others) => conflictsWith(others, plan.wanted, removed, this.#engine)));
    return [...faults, ...lost, ...conflicts];
  }

  async perform(step: Step, context: StepContext): Promise<void> {
    await this.records.assertHeld(context.plan.id);
    await performStep(this.#engine, step, context, keyOfSwarm(this.#clusterId, context.plan.id));
  }

  close(): void {
    this.#engine.close();
  }
}

/** The keys of networks that are not wanted, or not as they are. */
function networksRemoved(state: RunningState, { resources }: Revision): string[] {
  const wanted = new Map(resources.map(({ key, spec }) => [key, canonicalJson(spec)]));
  return state.resources.flatMap(({ kind, key, spec }) => (kind === 'network' && wanted.get(key) !== canonicalJson(spec) ? [key] : []));
}

/** What the engine refuses is the user's to know. */
async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof EngineError ? refused(error) : error;
  }
}
