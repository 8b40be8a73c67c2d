import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.js';
import type { Json } from './json.js';
import type { Plan } from './plan.js';

/** SHA-256, in hex, of the canonical JSON of a value. */
export const fingerprintOf = (value: Json | object): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/** A spec stands in a plan's basis, steps and wanted revision, and never changes: one with hundreds of services is made in half the time when each is read once. */
const known = new WeakMap<object, string>();

/** The fingerprint of a resource's spec. */
export function fingerprintOfSpec(spec: Json): string {
  if (typeof spec !== 'object' || spec === null) return fingerprintOf(spec);
  const fingerprint = known.get(spec) ?? fingerprintOf(spec);
  known.set(spec, fingerprint);
  return fingerprint;
}

/** The fingerprint that a plan must have: of all of it but the fingerprint itself, with specs by their own. */
export function fingerprintOfPlan(plan: Omit<Plan, 'fingerprint'>): string {
  const short = (spec: Json | undefined): Json | undefined => (spec === undefined ? undefined : fingerprintOfSpec(spec));
  return fingerprintOf({
    ...plan,
    fingerprint: undefined,
    steps: plan.steps.map((step) => ({ ...step, before: short(step.before), wanted: short(step.wanted) })),
    wanted: { ...plan.wanted, resources: plan.wanted.resources.map((resource) => ({ ...resource, spec: short(resource.spec) })) },
  });
}
