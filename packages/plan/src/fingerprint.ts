import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.js';
import type { Json } from './json.js';
import type { Plan } from './plan.js';

/** SHA-256, in hex, of the canonical JSON of a value. */
export const fingerprintOf = (value: Json | object): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/** Plans and specs never change, and a spec stands in a plan's basis, steps and wanted revision: each is read once. */
const known = new WeakMap<object, string>();

function remembered(value: object, make: () => string): string {
  const there = known.get(value);
  if (there !== undefined) return there;
  const fingerprint = make();
  known.set(value, fingerprint);
  return fingerprint;
}

/** The fingerprint of a resource's spec. */
export const fingerprintOfSpec = (spec: Json): string => (typeof spec === 'object' && spec !== null ? remembered(spec, () => fingerprintOf(spec)) : fingerprintOf(spec));

/** The fingerprint of all of a plan, with specs by their own. */
export function fingerprintOfPlan(plan: Plan): string {
  const short = (spec: Json | undefined): Json | undefined => (spec === undefined ? undefined : fingerprintOfSpec(spec));
  return remembered(plan, () =>
    fingerprintOf({
      ...plan,
      steps: plan.steps.map((step) => ({ ...step, before: short(step.before), wanted: short(step.wanted) })),
      wanted: { ...plan.wanted, resources: plan.wanted.resources.map((resource) => ({ ...resource, spec: short(resource.spec) })) },
    }),
  );
}
