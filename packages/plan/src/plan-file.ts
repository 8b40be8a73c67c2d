/** Plans as files. */
import { diagnose, nodeAt, rangeIn, readJson, shortly, typeNames, type Diagnostic, type JsonPath, type Place } from '@camelc/diagnostics';
import { canonicalJson } from './canonical.js';
import { fingerprintOfPlan } from './fingerprint.js';
import { validate } from './generated/validate.js';
import type { Plan } from './plan.js';

/** What the validator says of a fault. */
interface Fault {
  instancePath: string;
  keyword: string;
  params: Readonly<Record<string, unknown>>;
}

/** More faults of the same file say little more. */
const shownFaults = 5;

/** The text of a plan's file, with its fingerprint, by which an edited one is refused: the same for the same plan, and made so that a review sees what differs from another. */
export const writePlan = (plan: Plan): string => JSON.stringify(JSON.parse(canonicalJson({ ...plan, fingerprint: fingerprintOfPlan(plan) })), null, 2) + '\n';

/**
 * Reads a plan, and makes sure that it is as it was made.
 * @param file its path, for places
 * @returns the plan, unless there are errors: `plan/not-json`, `plan/no-plan`, `plan/version`, `plan/schema`, `plan/edited`
 */
export function parsePlan(text: string, file: string): { plan?: Plan; diagnostics: Diagnostic[] } {
  const read = readJson(text);
  const place = (start: number, end: number): Place => ({ file, range: rangeIn(text, start, end) });
  if ('fault' in read) {
    const why = text.trim() === '' ? 'it is empty' : read.fault.message;
    return { diagnostics: [diagnose('plan/not-json', { why }, place(read.fault.start, read.fault.end))] };
  }
  const { value, root } = read;
  const placeOf = (...path: JsonPath): Place => {
    const { start, end } = nodeAt(root, path);
    return place(start, end);
  };
  // By its fingerprint a file says that it is a plan; what the schema says is of use to such a file alone.
  if (typeof value !== 'object' || value === null || !('fingerprint' in value)) return { diagnostics: [diagnose('plan/no-plan', {}, place(root.start, root.start + 1))] };
  const { formatVersion } = value as { formatVersion?: unknown };
  if (formatVersion !== undefined && formatVersion !== 1) return { diagnostics: [diagnose('plan/version', { found: shortly(formatVersion) }, placeOf('formatVersion'))] };
  if (!validate(value)) {
    const errors = (validate as { errors?: Fault[] }).errors ?? [];
    return { diagnostics: errors.slice(0, shownFaults).map((error) => fault(error, value, placeOf)) };
  }
  const { fingerprint, ...plan } = value as unknown as Plan & { fingerprint: string };
  if (fingerprintOfPlan(plan) !== fingerprint) return { diagnostics: [diagnose('plan/edited', {}, placeOf('fingerprint'))] };
  return { plan, diagnostics: [] };
}

function fault({ instancePath, keyword, params }: Fault, value: object, placeOf: (...path: JsonPath) => Place): Diagnostic {
  const names = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let found: unknown = value;
  const path = names.map((name): string | number => {
    const step = Array.isArray(found) ? Number(name) : name;
    found = (found as Record<string | number, unknown>)[step];
    return step;
  });
  const member = (params['missingProperty'] ?? params['additionalProperty']) as string | undefined;
  const problem =
    keyword === 'required'
      ? 'is missing'
      : keyword === 'additionalProperties'
        ? 'is not a field of plans'
        : `is ${shortly(found)}${keyword === 'type' ? `, not ${typeNames(params['type'] as string)}` : ', which the schema does not allow'}`;
  const full = member === undefined ? path : [...path, member];
  return diagnose('plan/schema', { path: full.join('.') || 'the file', problem }, placeOf(...full));
}
