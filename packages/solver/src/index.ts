export type * from './solution.js';
export { solve, type SolveOptions } from './solve.js';
export type { MilpName } from './milp/load-milp.js';
export type { Milp, MilpAnswer, MilpModel } from './milp/milp.js';
