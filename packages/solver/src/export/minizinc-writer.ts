/** Formulas and conditions to MiniZinc, over what a placement gives as values: tables, or counts. */
import { tolerance, type Problem, type ProblemCondition, type Term } from '@camelc/problem';
import { Arithmetic, Inexpressible, type Formulas, type Under } from './minizinc-arithmetic.js';
import { callOf } from './minizinc-functions.js';
import { constant, floatText, sameScale, truth, type Value } from './minizinc-values.js';

/** What a placement knows itself. */
export interface Atoms {
  /** Of a term that needs no operators of MiniZinc; undefined: look inside. @param under what is true where the term is asked for */
  value(term: Term, under: readonly string[]): Value | undefined;
  /** The same of a condition, as a Boolean expression. */
  holds(condition: ProblemCondition, under: readonly string[]): string | undefined;
}

/** Writes formulas and conditions. */
export class Writer extends Arithmetic implements Formulas {
  private readonly formulas = new Map<string, Value>();

  constructor(
    private readonly problem: Problem,
    private readonly atoms: Atoms,
  ) {
    super();
  }

  value(term: Term, under: Under = []): Value {
    const atom = this.atoms.value(term, under);
    if (atom) return atom;
    switch (term.kind) {
      case 'number':
        return constant(term.value);
      case 'formula': {
        // What a formula asks for where it stands under a condition must not hold elsewhere.
        const key = `${term.id} ${under.join()}`;
        let value = this.formulas.get(key);
        if (!value) this.formulas.set(key, (value = this.value(this.problem.formulas[term.id]!.term, under)));
        return value;
      }
      case 'operator':
        return this.operator(term, under);
      case 'call':
        return callOf(this, term, under);
      default:
        throw new Inexpressible('this value', term.place);
    }
  }

  private operator(term: Extract<Term, { kind: 'operator' }>, under: Under): Value {
    const { operator, operands, place } = term;
    switch (operator) {
      case 'and':
      case 'or':
      case 'not':
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '==':
      case '<>':
        return truth(this.bool(term, under));
    }
    const [a, b] = operands.map((o) => this.value(o, under)) as [Value, Value];
    switch (operator) {
      case '+':
        return this.add(a, b, 1);
      case '-':
        return this.add(a, b, -1);
      case 'neg':
        return this.multiply(constant(-1), a);
      case '*':
        return this.multiply(a, b);
      case '/':
        return this.divide(a, b, place);
      case '^':
        return this.power(a, b, place);
      default:
        throw new Inexpressible(`the operator \`${operator}\` over several components`, place);
    }
  }

  /** Whether a term is not 0. */
  bool(term: Term, under: Under = []): string {
    if (!this.atoms.value(term, under) && term.kind === 'operator') {
      const { operator, operands } = term;
      const [first, second] = operands as [Term, Term];
      if (operator === 'and' || operator === 'or') return `(${this.bool(first, under)} ${operator === 'and' ? '/\\' : '\\/'} ${this.bool(second, under)})`;
      if (operator === 'not') return `not (${this.bool(first, under)})`;
      if (['<', '<=', '>', '>=', '==', '<>'].includes(operator)) return this.compared(this.value(first, under), operator as '<', this.value(second, under));
    }
    return this.compared(this.value(term, under), '<>', constant(0));
  }

  /** A relation of a formula. */
  private compared(a: Value, operator: '<' | '<=' | '>' | '>=' | '==' | '<>', b: Value): string {
    const both = a.kind === 'whole' && b.kind === 'whole' ? sameScale(a, b) : undefined;
    if (both) return `(${both[0].text} ${relations[operator]} ${both[1].text})`;
    const difference = this.toFloat(this.add(a, b, -1)).text;
    const noise = floatText(tolerance(0));
    // Numbers that differ by rounding errors alone are equal, neither less nor greater.
    switch (operator) {
      case '==':
        return `(${difference} <= ${noise} /\\ ${difference} >= -${noise})`;
      case '<>':
        return `(${difference} > ${noise} \\/ ${difference} < -${noise})`;
      case '<':
        return `(${difference} < -${noise})`;
      case '<=':
        return `(${difference} <= ${noise})`;
      case '>':
        return `(${difference} > ${noise})`;
      case '>=':
        return `(${difference} >= -${noise})`;
    }
  }

  condition(c: ProblemCondition, under: Under = []): string {
    const atom = this.atoms.holds(c, under);
    if (atom !== undefined) return atom;
    switch (c.kind) {
      case 'comparison':
        return this.comparison(this.value(c.term, under), c.operator, c.threshold);
      case 'if': {
        const premise = this.condition(c.if, under);
        const then = this.condition(c.then, [...under, premise]);
        const otherwise = c.else ? this.condition(c.else, [...under, `not (${premise})`]) : 'true';
        return `((${premise} -> ${then}) /\\ (${premise} \\/ ${otherwise}))`;
      }
      case 'xor':
        return `(sum([${c.conditions.map((inner) => `bool2int(${this.condition(inner, under)})`).join(', ')}]) = 1)`;
      default:
        return `(${c.conditions.map((inner) => this.condition(inner, under)).join(c.kind === 'and' ? ' /\\ ' : ' \\/ ')})`;
    }
  }

  /** A comparison as constraints mean it: strict ones have no tolerance. */
  private comparison(value: Value, operator: '<' | '<=' | '>' | '>=' | '==' | '<>', threshold: number): string {
    const slack = tolerance(threshold);
    if (value.kind === 'float') {
      const [least, most] = [floatText(threshold - slack), floatText(threshold + slack)];
      if (operator === '==') return `(${value.text} >= ${least} /\\ ${value.text} <= ${most})`;
      if (operator === '<=' || operator === '>=') return `(${value.text} ${operator} ${operator === '<=' ? most : least})`;
      return `(${value.text} ${relations[operator]} ${floatText(threshold)})`;
    }
    const { text, scale } = value;
    const at = threshold * scale;
    const near = Math.abs(at - Math.round(at)) <= 1e-9 * Math.max(1, Math.abs(at)) ? Math.round(at) : undefined;
    const [least, most] = [near ?? Math.ceil(at - slack * scale), near ?? Math.floor(at + slack * scale)];
    switch (operator) {
      case '<':
        return `(${text} < ${near ?? Math.ceil(at)})`;
      case '>':
        return `(${text} > ${near ?? Math.floor(at)})`;
      case '<=':
        return `(${text} <= ${most})`;
      case '>=':
        return `(${text} >= ${least})`;
      case '==':
        return `(${text} >= ${least} /\\ ${text} <= ${most})`;
      case '<>':
        return near === undefined ? 'true' : `(${text} != ${near})`;
    }
  }
}

const relations = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '==': '=', '<>': '!=' } as const;
