import { run } from '../pace.js';
import type { MilpModel } from '../milp/milp.js';
import type { Column, IntegerOptions, IntegerResult, Program } from './program.js';
import { IntegerSearch } from './search.js';

/** Nodes after which a MILP solver is asked for a proposal: where columns are generated, each takes long. Seconds it has, and which share of those left. */
const [patience, patienceWithPricing] = [500, 1];
const [shortly, share] = [1, 0.2];
/** Columns of a program that is given to a MILP solver. */
const milpColumns = 20_000;

/**
 * Solves an integer linear program, with column generation where `pricing` is given. The bound holds however the search ends; every x is checked.
 * @throws nothing of its own: coefficients that are not finite are the caller's error
 */
export async function solveInteger<T>(program: Program<T>, options: IntegerOptions<T>): Promise<IntegerResult<T>> {
  const { pace, milp, nodes = Infinity } = options;
  const search = new IntegerSearch(program, options);
  await run(search.run(Math.min(nodes, options.pricing ? patienceWithPricing : patience)), pace);
  // Whatever the MILP solver says only helps to close nodes.
  if (milp && !search.stopped && !search.master.hasContinuous && search.master.columns.length <= milpColumns && !search.result().complete) {
    const seconds = Math.min(shortly, share * (pace.secondsLeft() ?? Infinity));
    const { columns } = search.master;
    const { values } = await (await milp()).solve(milpModel(program, columns), seconds);
    if (values) search.offer(values.map((v, j) => v + columns[j]!.low));
  }
  await run(search.run(nodes), pace);
  return search.result();
}

/** The program with the columns that are there, moved so that they start at 0. */
function milpModel<T>({ rows }: Program<T>, columns: readonly Column<T>[]): MilpModel {
  const model: MilpModel = {
    objective: columns.map((c) => c.objective),
    high: columns.map((c) => c.high - c.low),
    rows: rows.map(({ low, high }) => ({ variables: [], coefficients: [], low, high })),
  };
  columns.forEach(({ low, rows: own, coefficients }, j) =>
    own.forEach((i, k) => {
      const row = model.rows[i]!;
      row.variables.push(j);
      row.coefficients.push(coefficients[k]!);
      row.low -= coefficients[k]! * low;
      row.high -= coefficients[k]! * low;
    }),
  );
  return model;
}
