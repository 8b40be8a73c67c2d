/**
 * Formulas and conditions as one graph: equal sub-terms are one node, sums and products are nodes of any number of arguments.
 * `faithful` expressions compute what the evaluator computes, operation by operation; `flatten` lets sums and products run in any order.
 */
import { compare, functions, operate, positions, totalTerm, union, type Problem, type ProblemCondition, type Structure, type Term, type TermAttribute } from '@camelc/problem';

/** A comparison as constraints mean it, with their tolerance; `least`: at least the threshold, exactly. */
export type Test = '<' | '<=' | '>' | '>=' | '==' | '<>' | 'least';

export interface Expr {
  id: number;
  /** `number`, `attribute`, `sum`, `product`, `test`, an operator other than `+ - * neg`, or the first name of a function. */
  op: string;
  args: readonly Expr[];
  /** Components that the value depends on, ascending. */
  components: readonly number[];
  /** Of a sum: what each argument is multiplied by. */
  weights?: readonly number[];
  /** Of a number; of a test the threshold. */
  value?: number;
  test?: Test;
  attribute?: TermAttribute;
}

/** The operators whose arguments may be brought together in any order. */
export const isAssociative = ({ op }: Expr): boolean => op === 'sum' || op === 'product' || op === 'min' || op === 'max' || op === 'and' || op === 'or';

/** The first of the names of each function. */
const firstNames = new Map(
  Object.entries(functions)
    .toReversed()
    .map(([name, f]) => [f, name]),
);

/** Values that are 0, 1 or undefined. */
const truths = new Set(['test', '<', '<=', '>', '>=', '==', '<>', 'and', 'or', 'not', 'xor']);

/** Makes expressions of a problem. */
export class Expressions {
  private readonly known = new Map<string, Expr>();
  private readonly byTerm = new Map<Term, Expr>();
  private readonly at: ReadonlyMap<string, number>;

  constructor(
    private readonly problem: Problem,
    private readonly structure: Structure,
  ) {
    this.at = positions(problem);
  }

  number = (value: number): Expr => this.make('number', [], { value });
  sum = (args: readonly Expr[], weights: readonly number[] = args.map(() => 1)): Expr => this.make('sum', args, { weights });
  test = (arg: Expr, test: Test, threshold: number): Expr => (test === '==' && threshold === 1 && truths.has(arg.op) ? arg : this.make('test', [arg], { test, value: threshold }));

  /** The expression of these; the same for equal ones. A function of numbers is a number. */
  make(op: string, args: readonly Expr[], more: Pick<Expr, 'weights' | 'value' | 'test' | 'attribute'> & { component?: number } = {}): Expr {
    const { component, ...own } = more;
    if (args.length > 0 && args.every((a) => a.op === 'number')) {
      return this.number(
        valueOf(
          { op, args, ...own },
          args.map((a) => a.value!),
        ),
      );
    }
    const key = `${op} ${args.map((a) => a.id).join()} ${own.weights?.join() ?? ''} ${own.test ?? ''} ${own.attribute ?? ''} ${component ?? ''} ${Object.is(own.value, -0) ? 0 : own.value}`;
    let result = this.known.get(key);
    if (!result) {
      const components = component === undefined ? union(args.map((a) => a.components)) : [component];
      this.known.set(key, (result = { id: this.known.size, op, args, components, ...own }));
    }
    return result;
  }

  /** The faithful expression of a term. */
  of(term: Term): Expr {
    let result = this.byTerm.get(term);
    if (!result) this.byTerm.set(term, (result = this.build(term)));
    return result;
  }

  private build(term: Term): Expr {
    switch (term.kind) {
      case 'number':
        return this.number(term.value);
      case 'list':
        return this.number(Number.NaN);
      case 'formula':
        return this.of(this.problem.formulas[term.id]!.term);
      case 'total':
        return this.scaled(this.of(totalTerm(this.problem, term)), term.factor);
      case 'decision': {
        const one = { ...term, factor: 1 };
        const component = this.at.get(term.component)!;
        const fixed = this.structure.involves(term).length === 0;
        return this.scaled(fixed ? this.number(this.structure.constant(one)) : this.make('attribute', [], { attribute: term.attribute, component }), term.factor);
      }
      case 'operator':
        return this.operator(
          term.operator,
          term.operands.map((o) => this.of(o)),
        );
      case 'call':
        return this.call(term.function, term.arguments);
    }
  }

  private scaled = (e: Expr, factor: number): Expr => (factor === 1 ? e : this.sum([e], [factor]));

  private operator(operator: string, args: Expr[]): Expr {
    switch (operator) {
      case '+':
        return this.sum(args);
      case '-':
        return this.sum(args, [1, -1]);
      case 'neg':
        return this.sum(args, [-1]);
      case '*':
        return this.make('product', args);
      default:
        return this.make(operator, args);
    }
  }

  private call(name: string, terms: readonly Term[]): Expr {
    const f = functions[name]!;
    if (name === 'if') return this.make('if', this.all(terms));
    if (name === 'iff') return this.cases(this.all(terms));
    const args = terms.flatMap((t, i) => (f.list === 'all' || (f.list === 'but-last' && i < terms.length - 1) ? this.values(t) : [this.of(t)]));
    const first = firstNames.get(f)!;
    const chain = (op: (a: Expr, b: Expr) => Expr, start: number): Expr => args.reduce(op, this.number(start));
    switch (first) {
      case 'sum':
        return chain((a, b) => this.sum([a, b]), 0);
      case 'multi':
        return chain((a, b) => this.make('product', [a, b]), 1);
      case 'mean':
        return this.make('/', [chain((a, b) => this.sum([a, b]), 0), this.number(args.length)]);
      case 'count':
        return this.number(args.length);
      case 'pow':
        return this.make('^', args);
      case 'mod':
        return this.make('#', args);
      default:
        return args.length === 0 ? this.number(f.compute!()) : this.make(first, args);
    }
  }

  private all = (terms: readonly Term[]): Expr[] => terms.map((t) => this.of(t));

  private cases([condition, value, ...rest]: readonly Expr[]): Expr {
    return condition ? this.make('if', [condition, value!, this.cases(rest)]) : this.number(Number.NaN);
  }

  /** The values of an argument: a list has several. */
  private values(term: Term): Expr[] {
    if (term.kind === 'list') return term.values.map(this.number);
    const inner = term.kind === 'formula' ? this.problem.formulas[term.id]!.term : undefined;
    return inner && (inner.kind === 'list' || inner.kind === 'formula') ? this.values(inner) : [this.of(term)];
  }

  /** 1 where a condition holds, 0 where not, undefined where it is. */
  condition(condition: ProblemCondition): Expr {
    switch (condition.kind) {
      case 'comparison':
        return this.test(this.of(condition.term), condition.operator, condition.threshold);
      case 'and':
      case 'or':
        return this.make(
          condition.kind,
          condition.conditions.map((c) => this.condition(c)),
        );
      case 'xor':
        return this.test(
          condition.conditions.map((c) => this.condition(c)).reduce((a, b) => this.sum([a, b])),
          '==',
          1,
        );
      case 'if':
        return this.make('if', [this.condition(condition.if), this.condition(condition.then), condition.else ? this.condition(condition.else) : this.number(1)]);
    }
  }
}

/** The value of an operation; undefined arguments are NaN. */
export function valueOf(e: Pick<Expr, 'op' | 'weights' | 'value' | 'test' | 'args'>, x: readonly number[]): number {
  switch (e.op) {
    case 'number':
      return e.value!;
    case 'sum': {
      let sum = e.weights![0]! * x[0]!;
      for (let i = 1; i < x.length; i++) sum += e.weights![i]! * x[i]!;
      return sum;
    }
    case 'product': {
      let product = x[0]!;
      for (let i = 1; i < x.length; i++) product *= x[i]!;
      return product;
    }
    case 'test':
      return tested(x[0]!, e.test!, e.value!);
    case 'if':
      return Number.isNaN(x[0]) ? Number.NaN : x[0] !== 0 ? x[1]! : x[2]!;
    case 'and':
    case 'or': {
      if (x.some(Number.isNaN)) return Number.NaN;
      return Number(e.op === 'and' ? !x.includes(0) : x.some((v) => v !== 0));
    }
    case '/':
    case '^':
    case '#':
    case '!':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '<>':
    case 'not':
      return operate(e.op, x as number[]);
    default:
      return functions[e.op]!.compute!(...x);
  }
}

export function tested(value: number, test: Test, threshold: number): number {
  if (Number.isNaN(value)) return value;
  return Number(test === 'least' ? value >= threshold : compare(value, test, threshold)!);
}
