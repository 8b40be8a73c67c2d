/** Sets of units that contradict each other. */
import type { Verdict } from './judge.js';

export interface Conflict<Unit> {
  units: Unit[];
  /** Without any one of them the rest has a solution; false where a check could not be finished. */
  minimal: boolean;
}

/**
 * A minimal part of some units that has no solution, though all of them together have none: a deletion filter (Chinneck and Dravnieks, "Locating
 * minimal infeasible constraint sets", 1991) that takes halves, quarters, … away before single units (Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", 2002), and ends when no single one can be taken away: it does not rely on fewer units being easier to satisfy.
 * @param units those that shall rather be part of the conflict first
 * @param check whether some of the units have a solution
 */
export async function minimalConflict<Unit>(units: readonly Unit[], check: (kept: readonly Unit[]) => Promise<Verdict>): Promise<Conflict<Unit>> {
  const index = new Map(units.map((u, i) => [u, i]));
  const known = new Map<string, Verdict>();
  const verdict = async (kept: readonly Unit[]): Promise<Verdict> => {
    const key = kept.map((u) => index.get(u)).join();
    const result = known.get(key) ?? (await check(kept));
    known.set(key, result);
    return result;
  };

  let left = [...units];
  for (let size = left.length; ; ) {
    let removed = false;
    let minimal = true;
    // From the end: what explains least goes first.
    for (let end = left.length; end > 0; end -= size) {
      const rest = [...left.slice(0, Math.max(0, end - size)), ...left.slice(end)];
      const answer = await verdict(rest);
      if (answer === 'no') {
        left = rest;
        removed = true;
      } else if (answer === 'open') minimal = false;
    }
    if (left.length === 0) return { units: [], minimal: true };
    if (size === 1 && !removed) return { units: left, minimal };
    size = Math.min(Math.max(1, Math.floor(size / 2)), left.length);
  }
}
