import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.js';
import type { Json } from './json.js';
import type { Plan } from './plan.js';

/** SHA-256, in hex, of the canonical JSON of a value. */
export const fingerprintOf = (value: Json | object): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/** The fingerprint that a plan must have: of all of it but the fingerprint itself. */
export const fingerprintOfPlan = (plan: Omit<Plan, 'fingerprint'>): string => fingerprintOf({ ...plan, fingerprint: undefined });
