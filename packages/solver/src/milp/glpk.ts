import createGlpk from 'glpk.js/node';
import { highOf, isSolvable, wholeValues, type Milp } from './milp.js';

/**
 * GLPK. Its status for an infeasible or an unbounded model may be UNDEF, and NaN coefficients come back as OPT:
 * so only OPT, FEAS and NOFEAS are claims, and models are checked before. Without the presolver NOFEAS is not reliable.
 */
export async function glpk(): Promise<Milp> {
  const solver = await createGlpk();
  const boundsOf = ({ low, high }: { low: number; high: number }): { type: number; lb: number; ub: number } => {
    const [lower, upper] = [Number.isFinite(low), Number.isFinite(high)];
    const type = lower && upper ? (low === high ? solver.GLP_FX : solver.GLP_DB) : lower ? solver.GLP_LO : upper ? solver.GLP_UP : solver.GLP_FR;
    return { type, lb: lower ? low : 0, ub: upper ? high : 0 };
  };
  return {
    async solve(model, seconds) {
      if (!isSolvable(model)) return { status: 'unknown' };
      const names = model.objective.map((_, j) => `x${j}`);
      const { result } = solver.solve(
        {
          name: 'stage',
          objective: { direction: solver.GLP_MAX, name: 'merit', vars: model.objective.map((coef, j) => ({ name: names[j]!, coef })) },
          subjectTo: model.rows.map((row, i) => ({ name: `r${i}`, vars: row.variables.map((j, k) => ({ name: names[j]!, coef: row.coefficients[k]! })), bnds: boundsOf(row) })),
          bounds: names.map((name, j) => ({ name, ...boundsOf({ low: 0, high: highOf(model, j) }) })),
          generals: names,
        },
        { presol: true, mipgap: 0, msglev: solver.GLP_MSG_OFF, ...(seconds !== undefined && { tmlim: seconds }) },
      );
      if (result.status === solver.GLP_NOFEAS) return { status: 'infeasible' };
      if (result.status !== solver.GLP_OPT && result.status !== solver.GLP_FEAS) return { status: 'unknown' };
      const values = wholeValues(
        model,
        names.map((name) => result.vars[name] ?? Number.NaN),
      );
      return values ? { status: result.status === solver.GLP_OPT ? 'optimal' : 'feasible', values } : { status: 'unknown' };
    },
  };
}
