/** What follows for a quotient that must reach a value: n/d ≥ t exactly where n - t·d ≥ 0, for d > 0 (Dinkelbach, "On nonlinear fractional programming", 1967). */
import type { Expr, Expressions } from './expression.js';

/** What rounding may hide of a value that must be reached. */
const margin = 1e-10;

/**
 * A condition that follows where `goal` is at least `reached`, and bounds sums as a whole that a quotient would bound one by one; undefined: none is known.
 * @param isPositive whether an expression is greater than 0 whatever the components choose
 */
export function impliedBy(expressions: Expressions, flat: (e: Expr) => Expr, goal: Expr, reached: number, isPositive: (e: Expr) => boolean): Expr | undefined {
  let [e, sign, value] = [goal, 1, reached - margin * Math.max(1, Math.abs(reached))];
  // What stands around the quotient.
  while (e.op === 'sum') {
    const varying = e.args.findIndex((a) => a.op !== 'number');
    if (e.args.some((a, i) => i !== varying && a.op !== 'number')) return undefined;
    const weight = e.weights![varying]!;
    value = (value - e.args.reduce((sum, a, i) => (i === varying ? sum : sum + e.weights![i]! * a.value!), 0)) / weight;
    sign *= Math.sign(weight);
    e = e.args[varying]!;
  }
  const factors = e.op === 'product' ? e.args : [e];
  const quotients = factors.filter((f) => f.op === '/' && f.components.length > 1 && f.args[0]!.op === 'number' && f.args[0]!.value === 1);
  if (quotients.length !== 1 || !Number.isFinite(value) || !isPositive(quotients[0]!.args[1]!)) return undefined;
  const others = factors.filter((f) => f !== quotients[0]);
  const numerator = others.length === 0 ? expressions.number(1) : others.length === 1 ? others[0]! : expressions.make('product', others);
  return expressions.test(flat(expressions.sum([numerator, quotients[0]!.args[1]!], [sign, -sign * value])), 'least', 0);
}
