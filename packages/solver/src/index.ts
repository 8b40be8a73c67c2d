export type * from './solution.js';
export type * from './why/answer.js';
export type { Model } from './why/model.js';
export { why } from './why/reasons.js';
export { whyNot } from './why/why-not.js';
export { solve, type SolveOptions } from './solve.js';
export { loadMilp, type MilpName } from './milp/load-milp.js';
export type { Milp, MilpAnswer, MilpModel } from './milp/milp.js';
export { exportProblem, type ExportForm } from './export/export.js';
