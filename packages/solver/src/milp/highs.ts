import createHighs from 'highs';
import { highOf, isSolvable, wholeValues, type Milp, type MilpModel } from './milp.js';

/** Its types say that the package is CommonJS, so the loader would be a property; what Node loads is an ES module, whose default it is. */
const load = createHighs as unknown as (typeof createHighs)['default'];

/** HiGHS, which reads models as text in the CPLEX LP format. */
export async function highs(): Promise<Milp> {
  const solver = await load();
  return {
    async solve(model, seconds) {
      if (!isSolvable(model)) return { status: 'unknown' };
      const { Status: status, Columns: columns } = solver.solve(lpText(model), { mip_rel_gap: 0, output_flag: false, ...(seconds !== undefined && { time_limit: seconds }) });
      if (status === 'Infeasible') return { status: 'infeasible' };
      if (status !== 'Optimal' && status !== 'Time limit reached') return { status: 'unknown' };
      const values = wholeValues(
        model,
        model.objective.map((_, j) => (columns[`x${j}`] as { Primal?: number } | undefined)?.Primal ?? Number.NaN),
      );
      return values ? { status: status === 'Optimal' ? 'optimal' : 'feasible', values } : { status: 'unknown' };
    },
  };
}

/** The model in the CPLEX LP format; lines are kept short, as readers bound their length. */
export function lpText(model: MilpModel): string {
  const { objective, rows } = model;
  const sum = (variables: number[], coefficients: number[]): string =>
    variables.map((j, k) => `${coefficients[k]! < 0 ? '-' : '+'} ${Math.abs(coefficients[k]!)} x${j}${k % 8 === 7 ? '\n' : ' '}`).join('');
  const lines = rows.flatMap(({ variables, coefficients, low, high }, i) => {
    const left = sum(variables, coefficients);
    if (low === high) return [` e${i}: ${left} = ${low}`];
    return [...(Number.isFinite(low) ? [` l${i}: ${left} >= ${low}`] : []), ...(Number.isFinite(high) ? [` h${i}: ${left} <= ${high}`] : [])];
  });
  const all = objective.map((_, j) => j);
  const limits = all.map((j) => (highOf(model, j) < Infinity ? ` 0 <= x${j} <= ${highOf(model, j)}` : ` x${j} >= 0`));
  return ['Maximize', ` merit: ${sum(all, objective)}`, 'Subject To', ...lines, 'Bounds', ...limits, 'General', ...all.map((j) => ` x${j}`), 'End', ''].join('\n');
}
