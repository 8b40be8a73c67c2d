/** Other candidates in the place of the chosen one: the next best, and what excludes better ones. */
import { fittingCandidates, unmetBy, type NodeCandidate } from '@camelc/candidates';
import { compareCodePoints, tolerance, toProblemCandidate, type Assessment, type Problem, type ProblemCandidate, type Resources } from '@camelc/problem';
import { plain, type Binding, type CandidateReasons, type Conflicting, type OtherCandidate } from '../solution.js';
import type { Model } from './model.js';
import { conflicting } from './says.js';

/** The problem of a model with all candidates of its list, so that those which are excluded can be assessed in place of others. */
export interface Extended {
  model: Model;
  problem: Problem;
  nodes: ReadonlyMap<string, NodeCandidate>;
  /** Of the utility: -1 where the first level minimises. */
  sign: number;
  /** Indexes of all candidates, cheapest first. */
  byPrice: readonly number[];
  /** How many other candidates are looked at in each place; assessing one takes longer the more components there are. */
  most: number;
}

/** Assessments of one component: so many are made in a few hundredths of a second. */
const budget = 30_000;

export function extend(model: Model, problem: Problem, sign: number): Extended {
  const all = fittingCandidates([], model.list).fits.map(toProblemCandidate);
  const known = new Map([...problem.candidates, ...all].map((c) => [c.id, c]));
  const candidates: ProblemCandidate[] = [...known.values()].sort((a, b) => compareCodePoints(a.id, b.id));
  const index = new Map(candidates.map((c, i) => [c.id, i]));
  const components = problem.components.map((c) => ({ ...c, candidates: c.candidates.map((k) => index.get(problem.candidates[k]!.id)!) }));
  return {
    model,
    // What the running hosts are on is named by their place among the candidates, which is another one here.
    problem: { ...problem, candidates, components, ...(problem.running && { running: { ...problem.running, hosts: undefined } }) },
    nodes: new Map(model.list.candidates.map((c) => [c.id, c])),
    sign,
    byPrice: candidates.map((_, k) => k).sort((a, b) => candidates[a]!.price - candidates[b]!.price),
    most: Math.max(20, Math.floor(budget / problem.components.length ** 2)),
  };
}

interface Other {
  id: string;
  price: number;
  merits: number[];
  /** Empty: it is admissible. */
  unmet: Conflicting[];
  room?: Binding['room'];
}

/**
 * Looks at the candidates whose price is nearest to that of the chosen one first.
 * @param chosen index of the candidate @param carried components on one of its hosts, one for each instance
 * @param assessed the solution with another candidate in its place
 */
export function otherCandidates(
  extended: Extended,
  chosen: number,
  carried: readonly number[],
  merits: readonly number[],
  assessed: (candidate: number) => Assessment,
): CandidateReasons {
  const { problem, sign } = extended;
  const { price } = problem.candidates[chosen]!;
  let next: Other | undefined;
  const excluded: Other[] = [];
  for (const k of nearestInPrice(extended, chosen)) {
    const { id, price: itsPrice } = problem.candidates[k]!;
    // Where cost is all that counts, what costs more than the next best is worse.
    if (problem.objectives.length === 0 && next && itsPrice > Math.max(price, next.price)) continue;
    const { breaches, merits: reached } = assessed(k);
    if (breaches.some((b) => b.kind !== 'host') || reached.some(Number.isNaN)) continue;
    const other = { id, price: itsPrice, merits: reached };
    if (breaches.length === 0) {
      if (!next || isBetter(reached, next.merits)) next = { ...other, unmet: [] };
    } else if (isBetter(reached, merits)) {
      const why = exclusion(extended, k, carried);
      if (why.unmet.length > 0 || why.room) excluded.push({ ...other, ...why });
    }
  }
  const describe = (other: Other): OtherCandidate => ({
    candidate: other.id,
    extraCost: other.price - price,
    ...(problem.objectives.length > 0 && { utility: plain(sign * other.merits[0]!) }),
  });
  const binding = strongest(excluded).map(({ unmet, room, ...other }): Binding => ({ requirements: unmet, ...describe({ ...other, unmet }), ...(room && { room }) }));
  return { ...(next && { nextBest: describe(next) }), ...(binding.length > 0 && { binding }) };
}

/** Other candidates, as many as are looked at, those of almost the same price first. */
function nearestInPrice({ problem: { candidates }, byPrice, most }: Extended, chosen: number): number[] {
  const price = (at: number): number => candidates[byPrice[at]!]!.price;
  let below = byPrice.indexOf(chosen) - 1;
  let above = below + 2;
  const nearest: number[] = [];
  while (nearest.length < most && (below >= 0 || above < byPrice.length)) {
    const down = above >= byPrice.length || (below >= 0 && candidates[chosen]!.price - price(below) <= price(above) - candidates[chosen]!.price);
    nearest.push(byPrice[down ? below-- : above++]!);
  }
  return nearest;
}

/** What excludes a candidate from carrying some components. */
function exclusion({ model, problem, nodes }: Extended, k: number, carried: readonly number[]): Pick<Other, 'unmet' | 'room'> {
  const { id, allocatable } = problem.candidates[k]!;
  const node = nodes.get(id);
  const components = [...new Set(carried)].map((i) => model.application.components[i]!);
  const requirements = components.flatMap((c) => c.requirements).filter((r) => node && unmetBy(node, r) !== undefined);
  const bound = components.filter((c) => c.unmoveable).map((component) => conflicting({ kind: 'unmoveable', component }));
  const unmet = [
    ...new Map(requirements.map((requirement) => [JSON.stringify([requirement.id, requirement.place]), conflicting({ kind: 'requirement', requirement })])).values(),
    ...bound,
  ];
  if (unmet.length > 0 || problem.placement === 'dedicated') return { unmet };
  const short = (['memory', 'cores', 'storage'] as const satisfies (keyof Resources)[]).flatMap((resource) => {
    const asked = carried.reduce((sum, i) => sum + (problem.components[i]!.demands[resource] ?? 0), 0);
    const has = allocatable[resource] ?? 0;
    return asked > has + tolerance(asked) ? [{ resource, asked, has }] : [];
  });
  return { unmet, ...(short[0] && { room: short[0] }) };
}

/** For each requirement that alone excludes better candidates, the best of these; where none does, the best of those that the fewest exclude. */
function strongest(excluded: readonly Other[]): Other[] {
  const fewest = Math.min(...excluded.map((o) => o.unmet.length));
  const best = new Map<string, Other>();
  for (const other of excluded) {
    if (other.unmet.length > Math.max(1, fewest)) continue;
    const key = fewest > 1 ? '' : JSON.stringify(other.unmet.map((u) => [u.name, u.place]));
    const known = best.get(key);
    if (!known || isBetter(other.merits, known.merits)) best.set(key, other);
  }
  return [...best.values()].sort((a, b) => Number(isBetter(b.merits, a.merits)) - Number(isBetter(a.merits, b.merits)));
}

/** By stages, each with its tolerance. */
export function isBetter(a: readonly number[], b: readonly number[]): boolean {
  for (const [k, merit] of a.entries()) if (merit !== b[k] && Math.abs(merit - b[k]!) > tolerance(b[k]!)) return merit > b[k]!;
  return false;
}
