/** Kinds of host: what may stand together on a candidate, and which candidates are worth leasing for it. */
import { tolerance, type Problem, type ProblemCandidate, type Resources } from '@camelc/problem';
import { absentWith, type HostRules } from './rules.js';

/** A host of a candidate with its instances by component. */
export interface HostKind {
  candidate: number;
  price: number;
  instances: readonly number[];
  /** Components that no solution with such a host deploys. */
  absent: readonly number[];
}

type Named = Pick<HostKind, 'candidate' | 'instances'>;
const keys = new WeakMap<Named, string>();

/** The same for kinds of the same candidate and instances. */
export function keyOf(kind: Named): string {
  let key = keys.get(kind);
  if (key === undefined) keys.set(kind, (key = `${kind.candidate}:${kind.instances.join()}`));
  return key;
}

const resources = ['cores', 'memory', 'storage'] as const satisfies readonly (keyof Resources)[];

/** What makes candidates of the same use different: whether one may stand for another. */
export interface Differences {
  /** Whether dearer hosts may be better: some formula wants cost, or does not only get worse with it. */
  dearer: boolean;
  /** Candidates on which something runs, where changes count. */
  running: ReadonlySet<number>;
}

/** A candidate with room that nothing else makes worthless. */
export interface Offer {
  candidate: number;
  price: number;
  /** By component: it fits. */
  fits: boolean[];
  /** By resource, as `resources`; Infinity where all that can be asked for has room. */
  room: number[];
}

/** The candidates that are worth leasing for some content, cheapest first and then by id. */
function offersOf(problem: Problem, rules: HostRules, differences: Differences, demands: readonly number[][], most: readonly number[]): Offer[] {
  // What is asked for when all stand together; more room than that is of no use.
  const useful = resources.map((_, r) => demands.reduce((sum, d, i) => sum + (d[r] === 0 ? 0 : d[r]! * most[i]!), 0));
  const has = problem.components.map((component) => {
    const list = new Uint8Array(problem.candidates.length);
    for (const c of component.candidates) list[c] = 1;
    return list;
  });
  const offers = problem.candidates
    .map(
      ({ price, allocatable }, c): Offer => ({
        candidate: c,
        price,
        fits: has.map((list) => list[c] === 1),
        room: resources.map((r, k) => (useful[k] === 0 || (allocatable[r] ?? 0) >= useful[k]! ? Infinity : (allocatable[r] ?? 0))),
      }),
    )
    .filter(({ fits }) => fits.includes(true))
    .sort((a, b) => a.price - b.price || a.candidate - b.candidate);
  const levels = [...new Set(rules.levels.flat())];
  const covers = (one: Offer, other: Offer): boolean => {
    for (let r = 0; r < resources.length; r++) if (one.room[r]! < other.room[r]!) return false;
    for (let i = 0; i < one.fits.length; i++) if (other.fits[i] && !one.fits[i]) return false;
    const places = problem.candidates;
    return levels.every((l) => places[one.candidate]![l] === places[other.candidate]![l]) && replaces(problem, differences, one, other);
  };
  const kept: Offer[] = [];
  for (const offer of offers) if (!kept.some((one) => covers(one, offer))) kept.push(offer);
  return kept;
}

/** Whether a host of one candidate, which comes before the other by price and id, is at least as good where both have room and stand where they should. */
function replaces(problem: Problem, { dearer, running }: Differences, first: Offer, second: Offer): boolean {
  if (problem.candidates[first.candidate]!.limit !== undefined || running.has(first.candidate) || running.has(second.candidate)) return false;
  // Prices that differ by less than what makes costs different do not decide before ids do.
  if (first.candidate > second.candidate && second.price - first.price <= tolerance(1000 * first.price)) return false;
  return !dearer || first.price === second.price;
}

/** What enumeration and pricing ask about contents. */
export interface Stock {
  problem: Problem;
  rules: HostRules;
  differences: Differences;
  offers: Offer[];
  /** By component, as `room`. */
  demands: number[][];
  /** By component: instances on one host at most, by its maximum too. */
  most: number[];
}

/** @param high instances of each component at most */
export function stockOf(problem: Problem, rules: HostRules, differences: Differences, high: readonly number[]): Stock {
  const demands = problem.components.map(({ demands: d }) => resources.map((r) => d[r] ?? 0));
  const most = rules.most.map((m, i) => Math.min(m, high[i]!));
  return { problem, rules, differences, offers: offersOf(problem, rules, differences, demands, most), demands, most };
}

/** Whether a sum of demands fits, as the evaluator sees it. */
export const fitsIn = (taken: number, room: number): boolean => taken === 0 || taken <= room + tolerance(taken);

/** A component of which any number fits on one host, if there is one: its demands do not limit it. */
export const endless = ({ offers, demands, most }: Stock): number =>
  most.findIndex((m, i) => m === Infinity && offers.some((o) => o.fits[i] && demands[i]!.every((d, r) => d === 0 || o.room[r] === Infinity)));

/**
 * All kinds of host, or `undefined` where there are more than `cap`.
 */
export function enumerateKinds(stock: Stock, cap: number): HostKind[] | undefined {
  const { problem, rules, demands, most } = stock;
  const n = problem.components.length;
  const ordinary = problem.components.flatMap((c, i) => (c.everywhere ? [] : [i]));
  const kinds: HostKind[] = [];
  const instances = Array.from({ length: n }, () => 0);
  let steps = 0;
  const complete = descend(0, stock.offers, [0, 0, 0]);
  return complete ? kinds : undefined;

  /** Decides on the ordinary components from position `k` on; false: too many. */
  function descend(k: number, offers: Offer[], taken: number[]): boolean {
    if (++steps > 20 * cap) return false;
    if (k === ordinary.length) return withEverywhere(0, offers, taken);
    const i = ordinary[k]!;
    let left = offers.filter((o) => o.fits[i]);
    let load = taken;
    if (!descend(k + 1, offers, taken)) return false;
    if (ordinary.some((j) => instances[j]! > 0 && rules.apart[i]![j])) return true;
    for (let count = 1; count <= most[i]!; count++) {
      load = load.map((t, r) => t + demands[i]![r]!);
      left = left.filter((o) => load.every((t, r) => fitsIn(t, o.room[r]!)));
      if (left.length === 0) break;
      instances[i] = count;
      if (!descend(k + 1, left, load)) return false;
    }
    instances[i] = 0;
    return true;
  }

  function withEverywhere(k: number, offers: Offer[], taken: number[]): boolean {
    const e = rules.everywhere[k];
    if (!e) {
      const absent = absentWith(rules, instances);
      if (absent) for (const offer of worthwhile(stock, instances, offers)) kinds.push({ ...offer, instances: [...instances], absent });
      return kinds.length <= cap;
    }
    if (!withEverywhere(k + 1, offers, taken)) return false;
    const load = taken.map((t, r) => t + demands[e.component]![r]!);
    const left = offers.filter((o) => o.fits[e.component] && load.every((t, r) => fitsIn(t, o.room[r]!)));
    if (left.length === 0 || most[e.component]! < 1 || instances.some((c, j) => c > 0 && rules.apart[e.component]![j])) return true;
    instances[e.component] = 1;
    const complete = withEverywhere(k + 1, left, load);
    instances[e.component] = 0;
    return complete;
  }
}

/** Of the candidates with room for some instances, those that no other replaces: the cheapest at each place that matters. */
export function worthwhile({ problem, rules, differences }: Stock, instances: readonly number[], offers: readonly Offer[]): { candidate: number; price: number }[] {
  const levels = [...new Set(instances.flatMap((c, i) => (c > 0 ? rules.levels[i]! : [])))];
  const place = (c: ProblemCandidate): string => levels.map((l) => c[l]).join('\n');
  const kept = new Map<string, Offer[]>();
  for (const offer of offers) {
    const key = levels.length > 0 ? place(problem.candidates[offer.candidate]!) : '';
    const known = kept.get(key);
    if (!known) kept.set(key, [offer]);
    else if (!known.some((k) => replaces(problem, differences, k, offer))) known.push(offer);
  }
  return [...kept.values()].flat().map(({ candidate, price }) => ({ candidate, price }));
}
