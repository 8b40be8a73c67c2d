/**
 * Finds the kinds of host that improve a program, among all that there may be: for each candidate a knapsack. Columns of a program from programs of
 * their own: Gilmore and Gomory, "A linear programming approach to the cutting-stock problem" (1961).
 */
import type { Hosts } from '@camelc/problem';
import type { Duals, Priced, Pricing, Quantity } from '../linear/program.js';
import type { Long } from '../pace.js';
import { hostsAt, type Box } from './formulas.js';
import { fitsIn, keyOf, type HostKind, type Offer, type Stock } from './kinds.js';
import { maximise } from './knapsack.js';
import type { Content, Master } from './master.js';
import { coefficientOf, type Part } from './rows.js';
import { absentWith } from './rules.js';

/** A quantity to branch on or of a cut, with what pricing has to know of it. */
export interface HostQuantity extends Quantity<Content> {
  part: Part;
}

export const hostQuantity = (key: string, part: Part): HostQuantity => ({ key, part, coefficient: (content) => (content ? coefficientOf(part, content) : 0) });

/**
 * Looks for kinds of host: a short one at each candidate, an exact one, and ones that leave out what gains less than a share of what it costs.
 * `each`: nodes for a candidate; `all`: for all of them.
 */
const glance = { each: 500, all: Infinity, share: 0 };
const looks = [
  { each: 50_000, all: 200_000, share: 0 },
  { each: Infinity, all: 1_000_000, share: 5e-4 },
  { each: Infinity, all: 1_000_000, share: 2.5e-3 },
  { each: Infinity, all: 2_000_000, share: 8e-3 },
];
/** Columns that are added at once, and those of one candidate. */
const [handful, few] = [60, 4];
/** Profits that are no more than rounding. */
const nothing = 1e-10;

/** A candidate, with what stays the same whatever the duals are. */
interface Bin {
  offer: Offer;
  fits: boolean[];
  /** Ordinary components that fit, and those that are everywhere. */
  items: number[];
  always: number[];
  /** Resources that may run out, and by component its share of each. */
  scarce: number[];
  shares: number[][];
}

/** A content's profit: `each` + `cost` × price + Σ profit × instances, what sets are worth of which it holds an odd number, and what special parts add to it, `hoped` at most. */
interface Values {
  profits: number[];
  each: number;
  cost: number;
  special: [number, Part][];
  hoped: number;
  odd: { worth: number; components: readonly number[] }[];
  /** What odd numbers may add stands in the constant of the first, and in the last in the profit of each instance. */
  estimates: Estimate[];
}

/** What no instances are worth more than: a constant, and their profits. */
interface Estimate {
  constant: number;
  profits: readonly number[];
  /** By resource: components worth something, those worth most of it first. */
  orders: number[][];
}

interface Found {
  found: { kind: HostKind; profit: number }[];
  bound: number;
  nodes: number;
  cut: boolean;
}

/**
 * @param known hosts that keep all rows, if some are known
 * @param over whether to give up
 */
export function pricingOf(stock: Stock, master: Master, box: Box, grain: number, known: readonly Hosts[] | undefined, over: () => boolean): Pricing<Content> {
  const { problem, rules, offers, demands } = stock;
  const n = problem.components.length;
  const ordinary = problem.components.flatMap((c, i) => (c.everywhere ? [] : [i]));
  const hosts = Math.min(
    1e6,
    box.high[hostsAt(problem)]!,
    ordinary.reduce((sum, i) => sum + box.high[i]!, 0),
  );
  const { cost = 0, each = 0, weights = [] } = master.objective;
  const costs = onlyCosts(master);
  /** Instances, or a host, that are taken away break nothing but the least number of each component. */
  const loose =
    costs &&
    rules.together.length + rules.everywhere.length === 0 &&
    master.parts.every((p, r) => !p.when && ((!p.cost && !p.each) || ((p.cost ?? 0) >= 0 && (p.each ?? 0) >= 0 && master.rows[r]!.low <= 0)));
  const most = stock.most.map((m, i) => {
    // Of hosts that hold more instances than are needed in all, some with fewer are as good; without them the relaxation is tighter.
    const needed = loose && isAlone(master, i) ? Math.max(1, box.low[i]!) : Infinity;
    return Math.min(m, box.high[i]!, needed);
  });
  const strangers = problem.components.map((_, i) => ordinary.filter((j) => rules.apart[i]![j]));
  const bins = offers.map((offer): Bin => {
    const fits = problem.components.map((_, i) => offer.fits[i]! && most[i]! > 0 && demands[i]!.every((d, r) => fitsIn(d, offer.room[r]!)));
    const scarce = [0, 1, 2].filter((r) => Number.isFinite(offer.room[r]!) && offer.room[r]! > 0);
    const shares = demands.map((d) => scarce.map((r) => d[r]! / offer.room[r]!));
    return { offer, fits, scarce, shares, items: ordinary.filter((i) => fits[i]), always: rules.everywhere.map((e) => e.component).filter((i) => fits[i]) };
  });
  const price = (candidate: number): number => problem.candidates[candidate]!.price;
  const worst = known?.reduce((sum, h) => sum - h.number * (cost * price(h.candidate) + each), 0) ?? Infinity;

  /** What every objective coefficient is a multiple of. */
  const whole = [each, ...weights].every(Number.isInteger) && master.helpers.every((h) => Number.isInteger(h.objective));
  const unit = cost === 0 ? (whole ? 1 : 0) : costs && each === 0 ? Math.abs(cost) * grain : 0;

  /** The look that is short enough. */
  let level = 0;

  return { price: improving, most: hosts, ...(unit > 0 && { unit }) };

  function* improving(duals: Duals<Content>, listed: readonly { content: Content }[], briefly = false): Long<Priced<Content>> {
    const names = new Set(listed.flatMap(({ content }) => (content ? [keyOf(content)] : [])));
    const parts: [number, Part][] = [
      ...(duals.objective === 1 ? [[1, master.objective] as [number, Part]] : []),
      ...master.parts.map((part, r): [number, Part] => [-duals.rows[r]!, part]),
      ...duals.quantities.map(({ quantity, dual }): [number, Part] => [-dual, (quantity as HostQuantity).part]),
    ];
    const active = parts.filter(([factor]) => factor !== 0);
    // What only hosts of some candidates pay makes no difference between contents.
    const paid = active.filter(([, part]) => part.on && !part.weights && !part.when);
    const selective = active.filter(([, part]) => part.on && (part.weights || part.when));
    const common = active.filter(([, part]) => !part.on);
    const known = new Map<string, Values>();
    const valuesOf = (candidate: number): Values => {
      const there = selective.flatMap(([, part], k) => (part.on!(candidate) ? [k] : []));
      const key = there.join();
      let values = known.get(key);
      if (!values) known.set(key, (values = valuesFor([...common, ...there.map((k) => selective[k]!)])));
      const own = paid.filter(([, part]) => part.on!(candidate));
      if (own.length === 0) return values;
      return {
        ...values,
        each: own.reduce((sum, [factor, part]) => sum + factor * (part.each ?? 0), values.each),
        cost: own.reduce((sum, [factor, part]) => sum + factor * (part.cost ?? 0), values.cost),
      };
    };
    for (let look = glance; ; look = looks[level]!) {
      const found: { kind: HostKind; profit: number }[] = [];
      const gains: { gain: number; price: number }[] = [];
      let [left, cut] = [look.all, false];
      for (const bin of bins) {
        const price = -(cost * bin.offer.price + each);
        const small = costs && duals.objective === 1 ? look.share * price : 0;
        const result = yield* bestOn(bin, valuesOf(bin.offer.candidate), names, Math.max(nothing, small), Math.min(look.each, left));
        left -= result.nodes;
        cut ||= result.cut;
        found.push(...result.found.slice(-few));
        gains.push({ gain: result.bound, price });
      }
      found.sort((a, b) => b.profit - a.profit);
      const last = look !== glance && level === looks.length - 1;
      if (briefly || found.length > 0 || !cut || last || over())
        return { columns: found.slice(0, handful).map(({ kind }) => master.columnOf(kind)), best: leastBound(gains, duals.objective === 1) };
      // What was too much once will be so again.
      if (look !== glance) level++;
    }
  }

  /**
   * What the profit of an absent column does not exceed. Solutions that cost more than the known one do not matter: what the hosts of any other gain is no
   * more than a share of that (Farley, "A note on bounding a class of linear programming problems", 1990).
   */
  function leastBound(gains: readonly { gain: number; price: number }[], counts: boolean): number {
    const greatest = Math.max(nothing, ...gains.map((g) => g.gain));
    if (!costs || !counts || gains.some((g) => g.price <= 0 && g.gain > nothing)) return greatest;
    const share = Math.max(0, ...gains.map((g) => (g.price > 0 ? g.gain / g.price : 0)));
    return Math.min(greatest, Math.max(nothing, (share * worst) / hosts));
  }

  /** What the duals make of contents on some candidates: those of which all parts hold alike. */
  function valuesFor(parts: readonly [number, Part][]): Values {
    const values: Values = { profits: Array.from({ length: n }, () => 0), each: 0, cost: 0, hoped: 0, special: [], odd: [], estimates: [] };
    for (const [factor, part] of parts) {
      if (part.when) {
        values.special.push([factor, part]);
        values.hoped += Math.max(0, factor * (part.each ?? 0));
        continue;
      }
      if (part.halved) {
        // Half of a number, rounded up, is its half and another half where it is odd.
        for (const i of part.halved) values.profits[i]! += factor / 2;
        values.odd.push({ worth: factor / 2, components: part.halved });
        continue;
      }
      values.each += factor * (part.each ?? 0);
      values.cost += factor * (part.cost ?? 0);
      part.weights?.forEach((w, i) => (values.profits[i]! += factor * w));
    }
    const { profits } = values;
    const highest = [...profits];
    let all = 0;
    for (const { worth, components } of values.odd) {
      if (worth <= 0) continue;
      all += worth;
      for (const i of components) highest[i]! += worth;
    }
    values.estimates = all > 0 ? [estimateOf(profits, all), estimateOf(highest)] : [estimateOf(profits)];
    return values;
  }

  function estimateOf(profits: readonly number[], constant = 0): Estimate {
    const worth = profits.flatMap((p, i) => (p > 0 && most[i]! > 0 ? [i] : []));
    return { constant, profits, orders: [0, 1, 2].map((r) => [...worth].sort((i, j) => profits[j]! * demands[i]![r]! - profits[i]! * demands[j]![r]!)) };
  }

  /** What no content of a candidate is worth more than, at a glance. */
  function ceiling(bin: Bin, { each, cost, hoped, estimates }: Values): number {
    return each + cost * bin.offer.price + hoped + Math.min(...estimates.map((estimate) => estimate.constant + mostOf(bin, estimate))) * (1 + 1e-12);
  }

  /** The least that a resource admits, each as a fractional knapsack. */
  function mostOf({ offer, fits }: Bin, { profits, orders }: Estimate): number {
    let least = Infinity;
    for (let r = 0; r < 3; r++) {
      let room = fitting(offer.room[r]!);
      let sum = 0;
      for (const i of orders[r]!) {
        if (!fits[i]) continue;
        const size = demands[i]![r]!;
        const number = size > 0 ? Math.min(most[i]!, room / size) : most[i]!;
        sum += number * profits[i]!;
        if (size > 0) room -= number * size;
        if (room <= 0 || sum >= least) break;
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  /** The most profitable content of a candidate that is not known, last, and others that were found on the way. */
  function* bestOn(bin: Bin, values: Values, names: ReadonlySet<string>, least: number, budget: number): Long<Found> {
    const { offer, always, shares, scarce } = bin;
    const { profits, special, hoped, odd, estimates } = values;
    const highest = estimates.at(-1)!.profits;
    const found: Found = { found: [], bound: least, nodes: 0, cut: false };
    if (ceiling(bin, values) <= least) return found;
    const constant = values.each + values.cost * offer.price;
    const density = (i: number): number => profits[i]! / (shares[i]!.reduce((a, b) => a + b, 0) + 1e-9);
    const ranked = bin.items.map((i) => ({ i, density: density(i) })).sort((a, b) => b.density - a.density || a.i - b.i);
    const all = ranked.map(({ i }) => i);
    const paying = all.filter((i) => highest[i]! > 0);
    let profit = least;
    for (let choice = 0; choice < 1 << always.length; choice++) {
      const there = always.filter((_, k) => (choice >> k) & 1);
      // What pays nothing is of use only where a rule asks for it, or where the rest may not stand alone, or is known.
      if (special.length > 0 || rules.together.length > 0 || (yield* among(paying, there))) yield* among(all, there);
    }
    return found;

    /** Looks among contents of some components; whether some that would have been the best were refused. */
    function* among(items: readonly number[], there: readonly number[]): Long<boolean> {
      const taken = scarce.map((_, r) => there.reduce((sum, i) => sum + shares[i]![r]!, 0));
      const at = new Map(items.map((i, k) => [i, k]));
      const result = yield* maximise(
        {
          profits: items.map((i) => profits[i]!),
          most: items.map((i) => (there.some((e) => rules.apart[e]![i]) ? 0 : most[i]!)),
          sizes: items.map((i) => shares[i]!),
          taken,
          conflicts: items.map((i) => strangers[i]!.flatMap((j) => at.get(j) ?? [])),
          constant: there.reduce((sum, i) => sum + profits[i]!, constant),
          hoped,
          odd: odd.map(({ worth, components }) => ({ worth, items: components.flatMap((i) => at.get(i) ?? []) })).filter((o) => o.items.length > 0),
        },
        profit,
        budget - found.nodes,
        over,
        (numbers, plain, before) => {
          const instances = Array.from({ length: n }, () => 0);
          for (const i of there) instances[i] = 1;
          items.forEach((i, k) => (instances[i] = numbers[k]!));
          const absent = absentWith(rules, instances);
          const kind: HostKind = { candidate: offer.candidate, price: offer.price, instances, absent: absent ?? [] };
          const whole = special.reduce((sum, [factor, part]) => sum + factor * coefficientOf(part, kind), plain);
          if (whole <= before) return before;
          if (!absent || !hasRoomFor(offer, instances) || !master.allows(kind) || names.has(keyOf(kind))) return undefined;
          found.found.push({ kind, profit: whole });
          profit = whole;
          return whole;
        },
      );
      found.bound = Math.max(found.bound, result.bound);
      found.nodes += result.nodes;
      found.cut ||= result.cut;
      return result.refused;
    }
  }

  /** Exactly, where the shares of a knapsack may be off by rounding. */
  function hasRoomFor(offer: Offer, instances: readonly number[]): boolean {
    return offer.room.every(
      (room, r) =>
        room === Infinity ||
        fitsIn(
          instances.reduce((sum, c, i) => sum + c * demands[i]![r]!, 0),
          room,
        ),
    );
  }
}

/** Every host only costs. */
export function onlyCosts({ through, objective: { cost = 0, each = 0, weights = [], when }, helpers }: Master): boolean {
  return through !== undefined && !when && cost <= 0 && each <= 0 && weights.every((w) => w === 0) && helpers.every((h) => h.objective === 0);
}

/** One row only counts the instances of a component: that of its numbers. */
export const isAlone = ({ parts }: Master, component: number): boolean => parts.filter((p) => p.weights?.[component]).length === 1;

/** The greatest sum that `fitsIn` may allow, and a little more. */
const fitting = (room: number): number => room + 1e-8 * Math.max(1, room);
