/**
 * Expressions across components brought into a form in which their parts may be taken in any order: nested operations of one kind made one, quotients
 * as products, constant factors spread over sums, and the parts with one component joined. What involves one component alone stays as it is.
 */
import { isAssociative, type Expr, type Expressions } from './expression.js';

/**
 * Makes a function that flattens expressions.
 * @param faithful leaves sums and products as they are, whose values would differ from the evaluator's by rounding
 */
export function flattening(expressions: Expressions, faithful: boolean): (e: Expr) => Expr {
  const known = new Map<Expr, Expr>();
  const one = expressions.number(1);

  function flat(e: Expr): Expr {
    if (e.components.length < 2) return e;
    let result = known.get(e);
    if (!result) {
      result = flattened(e);
      known.set(e, result).set(result, result);
    }
    return result;
  }

  function flattened(e: Expr): Expr {
    if (faithful && (e.op === 'sum' || e.op === 'product')) return expressions.make(e.op, e.args.map(flat), { weights: e.weights });
    if (e.op === 'sum') return sumOf(e.args.map((a, i) => [a, e.weights![i]!]));
    if (e.op === 'product') return productOf(e.args.map(flat));
    if (e.op === '/' && !faithful) return productOf([flat(e.args[0]!), inverse(flat(e.args[1]!))]);
    const args = e.args.map(flat);
    return isAssociative(e)
      ? joined(
          e.op,
          args.flatMap((a) => (a.op === e.op && a.components.length > 1 ? a.args : [a])),
        )
      : expressions.make(e.op, args, { test: e.test, value: e.value });
  }

  const inverse = (e: Expr): Expr => (e.op === '/' && e.args[0] === one ? e.args[1]! : expressions.make('/', [one, e]));

  function sumOf(parts: [Expr, number][]): Expr {
    const terms = new Map<Expr, number>();
    let constant = 0;
    const add = (e: Expr, weight: number): void => {
      if (e.op === 'number' && Number.isFinite(e.value! * weight)) constant += e.value! * weight;
      // Zero or an infinite number times a sum is not the sum of such products.
      else if (e.op === 'sum' && e.components.length > 1 && weight !== 0 && Number.isFinite(weight)) e.args.forEach((a, i) => add(a, e.weights![i]! * weight));
      else if (flat(e) !== e) add(flat(e), weight);
      else terms.set(e, (terms.get(e) ?? 0) + weight);
    };
    for (const [e, weight] of parts) add(e, weight);
    const entries = [...terms];
    const alone = groups(entries, ([e]) => e).map(([first, ...rest]): [Expr, number] =>
      rest.length === 0
        ? first!
        : [
            expressions.sum(
              [first!, ...rest].map(([e]) => e),
              [first!, ...rest].map(([, w]) => w),
            ),
            1,
          ],
    );
    const all: [Expr, number][] = constant === 0 ? alone : [[expressions.number(constant), 1], ...alone];
    return all.length === 1 && all[0]![1] === 1
      ? all[0]![0]
      : expressions.sum(
          all.map(([e]) => e),
          all.map(([, w]) => w),
        );
  }

  /** A constant factor stands before the product. */
  function productOf(factors: Expr[]): Expr {
    const parts: Expr[] = [];
    let constant = 1;
    const add = (e: Expr): void => {
      if (e.op === 'number' && Number.isFinite(e.value) && e.value !== 0) constant *= e.value!;
      else if (e.op === 'sum' && e.args.length === 1 && e.components.length > 1 && Number.isFinite(e.weights![0]) && e.weights![0] !== 0) {
        constant *= e.weights![0]!;
        add(e.args[0]!);
      } else if (e.op === 'product' && e.components.length > 1) e.args.forEach(add);
      else parts.push(e);
    };
    factors.forEach(add);
    const product = joined('product', parts);
    return constant === 1 ? product : sumOf([[product, constant]]);
  }

  /** An associative operation, where arguments that involve the same component alone are one. */
  function joined(op: string, args: readonly Expr[]): Expr {
    const parts = groups(args, (e) => e).map((group) => (group.length === 1 ? group[0]! : expressions.make(op, group)));
    return parts.length === 1 && op !== 'and' && op !== 'or' ? parts[0]! : expressions.make(op, parts);
  }

  return flat;
}

/** What involves one component alone by component, numbers together, everything else apart. */
function groups<T>(list: readonly T[], exprOf: (t: T) => Expr): T[][] {
  const result = new Map<string, T[]>();
  list.forEach((t, i) => {
    const { components } = exprOf(t);
    const key = components.length === 1 ? `${components[0]}` : components.length === 0 ? '' : `other ${i}`;
    result.set(key, [...(result.get(key) ?? []), t]);
  });
  return [...result.values()];
}

/** Conditions that must hold together, one by one. */
export const conjuncts = (e: Expr): Expr[] => (e.op === 'and' ? e.args.flatMap(conjuncts) : [e]);
