/**
 * Cuts: where the least numbers of instances of a few components have an odd sum, half of it rounded up is reached by what each host holds of them, halved
 * and rounded up. Sources: Jepsen, Petersen, Spoorendonk and Pisinger, "Subset-row inequalities applied to the vehicle-routing problem with time windows"
 * (2008); Caprara and Fischetti, "{0, 1/2}-Chvátal-Gomory cuts" (1996).
 */
import type { Problem } from '@camelc/problem';
import type { Column, Cut } from '../linear/program.js';
import type { Box } from './formulas.js';
import type { Content } from './master.js';
import { hostQuantity, type HostQuantity } from './pricing.js';

/** Components of a cut at most, and cuts that are added at once. */
const [largest, handful] = [3, 10];
/** What a cut has to be missed by. */
const worthwhile = 0.025;

interface Missed {
  components: number[];
  least: number;
  /** How far from the cut x is. */
  by: number;
}

/** Cuts that x does not keep in a box, those that it misses most first. */
export function cutsOf({ components }: Problem, { low }: Box, x: ArrayLike<number>, columns: readonly Column<Content>[]): Cut<Content>[] {
  const used = columns.flatMap(({ content }, j) => (content && x[j]! > 0 ? [{ number: x[j]!, instances: content.instances }] : []));
  const needed = components.flatMap((c, i) => (low[i]! > 0 && !c.everywhere ? [i] : []));
  const missed: Missed[] = [];
  extend(
    [],
    0,
    0,
    used.map(() => 0),
  );
  missed.sort((a, b) => b.by - a.by);
  return missed.slice(0, handful).map(({ components: halved, least }) => ({ quantity: halfOf(halved), least }));

  /** Looks among all sets that some components begin; `sum` of their least numbers, `held` of them by each column. */
  function extend(set: readonly number[], from: number, sum: number, held: readonly number[]): void {
    for (let k = from; k < needed.length; k++) {
      const i = needed[k]!;
      const all = [...set, i];
      const total = sum + low[i]!;
      const holds = held.map((m, j) => m + used[j]!.instances[i]!);
      if (total % 2 === 1) {
        const least = (total + 1) / 2;
        const by = least - holds.reduce((value, m, j) => value + Math.ceil(m / 2) * used[j]!.number, 0);
        if (by > worthwhile) missed.push({ components: all, least, by: by / Math.sqrt(all.length) });
      }
      if (all.length < largest) extend(all, k + 1, total, holds);
    }
  }
}

/** Half of the instances of some components, none of them everywhere, rounded up on each host. */
export const halfOf = (halved: readonly number[]): HostQuantity => hostQuantity(`half of ${halved.join()}`, { halved });
