/** What an export of shared placement is made of: the kinds of host, how many of each there may be, and which rules go beyond one host. */
import { cardinalities, levels, positions, shapeOf, type Level, type PlaceLevel, type Problem, type Shape, type Term } from '@camelc/problem';
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { compile } from '../shared/compile.js';
import { enumerateKinds, type HostKind } from '../shared/kinds.js';
import type { HostRules } from '../shared/rules.js';
import { goalOf, type Goal } from './goal.js';

export interface Kinds {
  goal: Goal;
  kinds: HostKind[];
  /** By component: the least and greatest number of instances when it is deployed, and whether it may be absent. */
  ranges: { zero: boolean; low: number; high: number }[];
  /** By kind: hosts of it at most. */
  most: number[];
  rules: HostRules;
  /** Levels of the objective below the first that may be undefined, which no solution may let happen. */
  doubtful: Level[];
  /** Components whose number of instances nothing bounds but the export. */
  assumed: string[];
}

/** Kinds of host that an export may have. */
const kindCap = 20_000;
/** Instances of a component at most, where nothing else bounds them. */
const assumedMost = 1_000;

export function kindsOf(problem: Problem): { kinds?: Kinds; diagnostics: Diagnostic[] } {
  const { model, start } = compile(problem);
  const kinds = enumerateKinds(model.stock, kindCap);
  if (!kinds) return { diagnostics: [diagnose('export/too-many-kinds', { cap: kindCap }, problem.placementPlace)] };
  const assumed: string[] = [];
  const ranges = problem.components.map(({ name }, i) => {
    const { zero, low, high } = cardinalities(problem, i);
    const useful = Math.min(high, start?.box.high[i] ?? high);
    if (useful < Infinity) return { zero, low, high: useful };
    assumed.push(name);
    return { zero, low, high: Math.max(assumedMost, 10 * low) };
  });
  const most = kinds.map(({ candidate, instances }) =>
    Math.min(
      problem.candidates[candidate]!.limit ?? Infinity,
      ...instances.flatMap((n, i) => (n > 0 && !problem.components[i]!.everywhere ? [Math.floor(ranges[i]!.high / n)] : [])),
    ),
  );
  const mostHosts = ranges.reduce((sum, { high }, i) => sum + (problem.components[i]!.everywhere ? 0 : high), 0);
  const dearest = Math.max(0, ...problem.candidates.map((c) => c.price));
  const shape = (t: Term): Shape | undefined => {
    if (t.kind !== 'decision' && t.kind !== 'total') return undefined;
    const range = t.kind === 'decision' ? ranges[positions(problem).get(t.component)!]! : undefined;
    const [least, most] = range ? [range.zero ? 0 : range.low, range.high] : [0, t.kind === 'total' && t.attribute === 'cost' ? mostHosts * dearest : mostHosts];
    return { low: Math.min(t.factor * least, t.factor * most), high: Math.max(t.factor * least, t.factor * most), trend: 'mixed', finite: true };
  };
  const doubtful = levels(problem)
    .slice(1)
    .filter(({ term }) => !shapeOf(problem, term, shape));
  return { kinds: { goal: goalOf(problem), doubtful, kinds, ranges, most, rules: model.rules, assumed }, diagnostics: [] };
}

/** Ids of the places of a level where some kind of host stands. */
export const placesOf = (problem: Problem, kinds: readonly HostKind[], level: PlaceLevel): string[] =>
  [...new Set(kinds.map((k) => problem.candidates[k.candidate]![level]))].sort();

/** What a kind of host is, for people: `aws/t3a.large with Web, Database`. */
export function describe(problem: Problem, { candidate, instances }: HostKind): string {
  const held = instances.flatMap((n, i) => (n === 0 ? [] : [n === 1 ? problem.components[i]!.name : `${n} × ${problem.components[i]!.name}`]));
  return `${problem.candidates[candidate]!.id} with ${held.join(', ')}`;
}
