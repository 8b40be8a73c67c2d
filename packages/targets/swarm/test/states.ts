/** States of a swarm, made by hand. */
import type { Resource, RunningHost, RunningState, Wanted } from '@camelc/plan';
import { nodeResources } from '../src/normal/others.js';
import type { LowerInputs } from '../src/lower.js';
import { engineName } from '../src/names.js';
import { runningParts, volumeHosts } from '../src/running.js';

export const host = (id: string, more: Partial<RunningHost> = {}): RunningHost => ({
  id,
  name: `worker-${id}`,
  ready: true,
  size: { cores: 2, memory: 3900 },
  ...more,
  labels: { ...more.labels, ...(more.candidate !== undefined && { 'camelc.candidate': more.candidate }) },
});

export const state = (hosts: RunningHost[], more: Partial<RunningState> = {}): RunningState => ({ resources: [], revisions: [], hosts, ...more });

export const inputs = (more: Partial<LowerInputs> = {}): LowerInputs => ({
  worth: { cost: 0.3, currency: 'EUR' },
  solution: null,
  digests: new Map(),
  fingerprints: new Map([['DB_PASSWORD', '0123456789ab']]),
  ...more,
});

/** What runs when all of it has been carried out. */
export function applied(id: string, { revision }: Wanted, { hosts }: RunningState): RunningState {
  const labelled = hosts.map((one): RunningHost => {
    const own = revision.resources
      .filter(({ kind, spec }) => (kind === 'label' || kind === 'candidate') && (spec as { node: string }).node === one.id)
      .map(({ spec }) => spec as Record<string, string>);
    const others = Object.entries(one.labels).filter(([name]) => name !== `camelc.${id}` && !name.startsWith(`camelc.${id}.`));
    const labels = { ...Object.fromEntries(others), ...Object.fromEntries(own.map(({ label, value }) => [label!, value!])) };
    return { ...one, labels, ...(labels['camelc.candidate'] && { candidate: labels['camelc.candidate'] }) };
  });
  const made = revision.resources.map(running);
  const others = labelled.flatMap((one) => nodeResources(id, one)).filter(({ key }) => !made.some((one) => one.key === key));
  const found = others.map((node) => ({ ...node, id: node.key, needs: [] })) as unknown as RunningState['resources'];
  const volumes = volumeHosts(runningParts(id, { resources: made, hosts: labelled }));
  const resources = [...made, ...found].map((one) => (one.kind === 'volume' ? { ...one, hosts: volumes.get(engineName(id, one.key))! } : one));
  return { hosts: labelled, resources, revisions: [{ ...revision, number: 1, plan: 'p' }] };
}

const running = ({ key, kind, name, spec, needs, takes }: Resource) => ({ key, kind, name, id: key, spec, needs, ...(takes && { takes }) });
