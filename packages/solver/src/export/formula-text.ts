/** Terms as formulas that people read. */
import type { Operator } from '@camelc/application/model';
import type { Problem, Term } from '@camelc/problem';

/** How tightly an operator binds; what binds less stands in parentheses. */
const strength: Record<Operator, number> = {
  or: 1,
  and: 2,
  '==': 3,
  '<>': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '#': 6,
  neg: 7,
  not: 7,
  '^': 8,
  '!': 9,
};
const signs: Partial<Record<Operator, string>> = { and: '&&', or: '||', neg: '-', not: '~' };

/** A term as a formula in which a sub-term has a name. */
export function recomputed(problem: Problem, term: Term, named: Term, name: string): string {
  return text(term, 0);

  function text(t: Term, outer: number): string {
    if (t === named) return name;
    switch (t.kind) {
      case 'number':
        return `${t.value}`;
      case 'decision':
        return times(t.factor, `${t.component}.${t.attribute}`);
      case 'total':
        return times(t.factor, t.attribute);
      case 'list':
        return t.values.join(', ');
      case 'formula':
        return text(problem.formulas[t.id]!.term, outer);
      case 'call':
        return `${t.function}(${t.arguments.map((a) => text(a, 0)).join(', ')})`;
      case 'operator': {
        const own = strength[t.operator];
        const sign = signs[t.operator] ?? t.operator;
        const [a, b] = t.operands as [Term, Term | undefined];
        const inside = !b ? (t.operator === '!' ? `${text(a, 10)}!` : `${sign}${text(a, 10)}`) : `${text(a, own)} ${sign} ${text(b, own + 1)}`;
        return own < outer ? `(${inside})` : inside;
      }
    }
  }
}

const times = (factor: number, what: string): string => (factor === 1 ? what : `${factor} * ${what}`);
