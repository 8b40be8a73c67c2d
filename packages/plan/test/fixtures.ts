import { makePlan, type Json, type Plan, type Resource, type Revision, type RunningState, type SecretValues, Secret, type Wanted } from '@camelc/plan';
import type { MemoryTarget } from './memory-target.ts';

export const secrets: SecretValues = { references: {}, resolve: () => Promise.resolve(new Secret('value')), redact: (text) => text, hide: () => undefined };

/** A resource by its key; what is of no interest is left out. */
export const resource = (key: string, spec: Json = {}, needs: string[] = [], more: Partial<Resource> = {}): Resource => ({
  key,
  kind: key.split('/')[0]!,
  name: key.split('/').slice(1).join('/'),
  spec,
  needs,
  why: `${key} is wanted`,
  from: [],
  ...more,
});

const revisionOf = (...resources: Resource[]): Revision => ({
  formatVersion: 1,
  application: 'Shop',
  id: 'shop',
  worth: { cost: resources.length, currency: 'EUR' },
  resources,
  solution: null,
});

export const wantedOf = (...resources: Resource[]): Wanted => ({ revision: revisionOf(...resources), hosts: { missing: [], surplus: [] } });

export const inputs = { models: 'a', candidates: 'b', metrics: 'c' };

export const planFrom = (target: MemoryTarget, state: RunningState, wanted: Wanted): Plan =>
  makePlan({ target: { kind: target.kind, name: target.name, id: target.id }, wanted, state, conduct: target.conduct, inputs, secrets: {} });

/** The plan from what the target holds. */
export const planFor = async (target: MemoryTarget, ...resources: Resource[]): Promise<Plan> => planFrom(target, await target.read('shop'), wantedOf(...resources));

/** What runs, for comparison. */
export const held = (target: MemoryTarget): Record<string, Json> => Object.fromEntries([...target.resources.values()].map(({ key, spec }) => [key, spec]).sort());
