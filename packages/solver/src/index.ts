export type * from './solution.js';
export { solve, type SolveOptions } from './solve.js';
export type { MilpName } from './load-milp.js';
