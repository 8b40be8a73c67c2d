import type { Milp } from './milp.js';

export type MilpName = 'glpk' | 'highs';

const loaded = new Map<MilpName, Promise<Milp>>();

/** Loads a solver when it is first asked for. Models with a coefficient that is not finite get the answer `unknown`, without being solved. */
export function loadMilp(name: MilpName): Promise<Milp> {
  let milp = loaded.get(name);
  if (!milp) loaded.set(name, (milp = name === 'glpk' ? import('./glpk.js').then((m) => m.glpk()) : import('./highs.js').then((m) => m.highs())));
  return milp;
}
