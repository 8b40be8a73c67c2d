/** What rounding may move sums and products by whose parts are taken in another order than the evaluator's. */
import type { Expr } from './expression.js';
import { keepsWhole } from './interval-rules.js';
import { rangeOf, type Choices } from './reach.js';
import { noSlack, ProgramBuilder, type Slack, type SlackOf } from './program.js';

/** Whole numbers up to here are summed and multiplied exactly. */
const exact = 2 ** 50;
/** Several times the relative error of one operation. */
const unit = 1e-15;

/** Finds the slack of the sums and products in some expressions, over all rows. */
export function slacksOf(roots: readonly Expr[], { column, live }: Choices): SlackOf {
  const builder = new ProgramBuilder(
    [],
    () => true,
    () => noSlack,
  );
  const registers = new Map<Expr, number>();
  const visit = (e: Expr): void => {
    if (registers.has(e)) return;
    registers.set(e, builder.value(e));
    if (e.components.length > 1) e.args.forEach(visit);
  };
  roots.forEach(visit);
  const program = builder.build();
  const whole = new Map<Expr, boolean>();
  builder.leaves.exprs.forEach((e, i) => {
    program.load(builder.leaves.at[i]!, 1, rangeOf({ column, live }, e));
  });
  program.run();
  const low = (e: Expr): number => program.low[registers.get(e)!]!;
  const high = (e: Expr): number => program.high[registers.get(e)!]!;
  const isWhole = (e: Expr): boolean => {
    let result = whole.get(e);
    if (result === undefined) {
      if (e.op === 'number') result = Number.isInteger(e.value);
      else if (e.components.length === 1) result = live[e.components[0]!]!.every((r) => Number.isInteger(column(e)[r]));
      else result = truths(e) || (keepsWhole(e) && e.args.every(isWhole));
      result = result && low(e) >= -exact && high(e) <= exact;
      whole.set(e, result);
    }
    return result;
  };
  const truths = (e: Expr): boolean => low(e) >= 0 && high(e) <= 1 && ['test', '<', '<=', '>', '>=', '==', '<>', 'and', 'or', 'not'].includes(e.op);

  const known = new Map<Expr, Slack>();
  return (e) => {
    let slack = known.get(e);
    if (!slack) known.set(e, (slack = slackOf(e)));
    return slack;
  };

  function slackOf(e: Expr): Slack {
    // Those that only follow from others have a margin of their own.
    if ((e.op !== 'sum' && e.op !== 'product') || e.components.length < 2 || !registers.has(e) || isWhole(e)) return noSlack;
    const relative = unit * (4 + e.args.length);
    if (e.op === 'product') return { absolute: 0, relative };
    const ends = e.args.map((a, i) => [e.weights![i]! * low(a), e.weights![i]! * high(a)].sort((x, y) => x - y) as [number, number]);
    if (ends.every(([least]) => least >= 0) || ends.every(([, most]) => most <= 0)) return { absolute: 0, relative };
    const size = ends.flat().reduce((sum, v) => sum + (Number.isFinite(v) ? Math.abs(v) : 0), 0);
    return { absolute: relative * size, relative: 0 };
  }
}
