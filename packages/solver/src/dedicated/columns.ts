/** Values of expressions that involve one component, for all of its rows at once. */
import { candidateValue, type Problem, type TermAttribute } from '@camelc/problem';
import { valueOf, type Expr } from './expression.js';

/** The rows of a component: candidate × cardinality, by cardinality and then candidate. */
export interface Rows {
  /** Index into the problem's candidates; -1 at cardinality 0. */
  candidate: Int32Array;
  cardinality: Float64Array;
}

/** What the problem's candidates have of each attribute, made when it is asked for. */
export class Attributes {
  private readonly known = new Map<TermAttribute, Float64Array>();
  constructor(private readonly problem: Problem) {}

  of(attribute: Exclude<TermAttribute, 'cardinality'>): Float64Array {
    let values = this.known.get(attribute);
    if (!values) this.known.set(attribute, (values = Float64Array.from(this.problem.candidates, (_, c) => candidateValue(this.problem, c, attribute))));
    return values;
  }
}

/** Makes a function that gives an expression's value in each of some rows. */
export function columnsOf(attributes: Attributes, { candidate, cardinality }: Rows): (e: Expr) => Float64Array {
  const known = new Map<Expr, Float64Array>();
  const count = candidate.length;
  return column;

  function column(e: Expr): Float64Array {
    let values = known.get(e);
    if (!values) known.set(e, (values = computed(e)));
    return values;
  }

  function computed(e: Expr): Float64Array {
    if (e.op === 'number') return new Float64Array(count).fill(e.value!);
    if (e.op === 'attribute') return attribute(e.attribute!);
    const args = e.args.map(column);
    const result = new Float64Array(count);
    if (e.op === 'sum') {
      args.forEach((arg, i) => {
        const weight = e.weights![i]!;
        if (i === 0) for (let r = 0; r < count; r++) result[r] = weight * arg[r]!;
        else for (let r = 0; r < count; r++) result[r]! += weight * arg[r]!;
      });
      return result;
    }
    if (e.op === 'product') {
      result.set(args[0]!);
      for (const arg of args.slice(1)) for (let r = 0; r < count; r++) result[r]! *= arg[r]!;
      return result;
    }
    const row = args.map(() => 0);
    for (let r = 0; r < count; r++) {
      for (let i = 0; i < args.length; i++) row[i] = args[i]![r]!;
      result[r] = valueOf(e, row);
    }
    return result;
  }

  function attribute(name: TermAttribute): Float64Array {
    if (name === 'cardinality') return cardinality;
    const values = attributes.of(name);
    const absent = name === 'candidate' || name === 'zone' || name === 'region' || name === 'cloud' ? -1 : 0;
    const result = new Float64Array(count);
    for (let r = 0; r < count; r++) result[r] = candidate[r]! < 0 ? absent : values[candidate[r]!]!;
    return result;
  }
}
