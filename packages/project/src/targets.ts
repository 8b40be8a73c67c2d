/** Which target a run is about. Each is loaded when it is needed. */
import type { Target } from '@camelc/plan';
import { ratesOf, type CandidateLists } from './candidate-lists.js';
import type { TargetName } from './deploying.js';
import type { CandidateOptions } from './options.js';

export interface TargetOptions {
  target: TargetName;
  /** Where it is reached; else the environment says it. */
  host?: string;
  /** Docker's context. */
  context?: string;
  /** Components whose data may be left behind. */
  leaveData?: string[];
}

/** @throws DiagnosticError where it cannot be reached */
export async function openTarget(options: TargetOptions): Promise<Target> {
  if (options.target === 'cloudiator') {
    const { cloudiatorTarget } = await import('@camelc/target-cloudiator/executor');
    return cloudiatorTarget({ url: options.host, leaveData: options.leaveData });
  }
  const { swarmTarget } = await import('@camelc/target-swarm/engine');
  return swarmTarget(options);
}

/** The nodes of a swarm as the candidates of a run. @throws DiagnosticError where it cannot be reached */
export async function readNodeLists(at: Pick<TargetOptions, 'host' | 'context'>, options: CandidateOptions): Promise<CandidateLists> {
  const { readNodeCandidates } = await import('@camelc/target-swarm/engine');
  const list = await readNodeCandidates(at, options.currency);
  return { list, rates: ratesOf(options), sources: list.name ?? 'swarm', placeOfLimit: () => undefined, diagnostics: [] };
}
