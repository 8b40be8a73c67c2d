/** Terms of shared placement as sums of what solutions count: instances of components, hosts, and cost. */
import { evaluation, operandsOf, positions, type Assignment, type Problem, type Term } from '@camelc/problem';

/** `constant` + the cardinalities, the cost and the hosts, each times its weight. */
export interface Quantities {
  constant: number;
  /** By component. */
  instances: Map<number, number>;
  cost: number;
  hosts: number;
}

export interface QuantityStructure {
  /** Components whose cardinality a term depends on, ascending; -1: a total. */
  involves(term: Term): number[];
  separate(term: Term): Quantities | undefined;
  constant(term: Term): number;
  base: readonly Assignment[];
}

export function quantityStructure(problem: Problem): QuantityStructure {
  const at = positions(problem);
  const base = problem.components.map((): Assignment => ({ candidate: null, cardinality: 0 }));
  const none = (constant: number): Quantities => ({ constant, instances: new Map(), cost: 0, hosts: 0 });
  const { value: constant } = evaluation(problem, base, undefined, { cost: 0, hosts: 0 });

  function involves(term: Term): number[] {
    if (term.kind === 'decision') return [at.get(term.component)!];
    if (term.kind === 'total') return [-1];
    const below = term.kind === 'formula' ? [problem.formulas[term.id]!.term] : operandsOf(term);
    return [...new Set(below.flatMap(involves))].sort((a, b) => a - b);
  }

  function separate(term: Term): Quantities | undefined {
    if (involves(term).length === 0) return none(constant(term));
    switch (term.kind) {
      case 'decision':
        return { ...none(0), instances: new Map([[at.get(term.component)!, term.factor]]) };
      case 'total':
        return { ...none(0), [term.attribute]: term.factor };
      case 'formula':
        return separate(problem.formulas[term.id]!.term);
      case 'call':
        if (term.function === 'sum' || term.function === 'add') return sumOf(term.arguments.map(separate));
        return (term.function === 'mean' || term.function === 'avg') && term.arguments.every((a) => a.kind !== 'list')
          ? scaled(sumOf(term.arguments.map(separate)), 1 / term.arguments.length)
          : undefined;
      case 'operator': {
        const [a, b] = term.operands as [Term, Term];
        if (term.operator === '+') return sumOf([separate(a), separate(b)]);
        if (term.operator === '-') return sumOf([separate(a), scaled(separate(b), -1)]);
        if (term.operator === 'neg') return scaled(separate(a), -1);
        if (term.operator === '*' && involves(a).length === 0) return scaled(separate(b), constant(a));
        if (term.operator === '*' && involves(b).length === 0) return scaled(separate(a), constant(b));
        if (term.operator === '/' && involves(b).length === 0 && constant(b) !== 0) return scaled(separate(a), 1 / constant(b));
      }
    }
    return undefined;
  }
  return { involves, separate, constant, base };
}

function scaled(q: Quantities | undefined, factor: number): Quantities | undefined {
  return q && { constant: q.constant * factor, instances: new Map([...q.instances].map(([i, w]) => [i, w * factor])), cost: q.cost * factor, hosts: q.hosts * factor };
}

function sumOf(list: (Quantities | undefined)[]): Quantities | undefined {
  return list.reduce<Quantities | undefined>(
    (a, b) => {
      if (!a || !b) return undefined;
      const instances = new Map(a.instances);
      for (const [i, w] of b.instances) instances.set(i, (instances.get(i) ?? 0) + w);
      return { constant: a.constant + b.constant, instances, cost: a.cost + b.cost, hosts: a.hosts + b.hosts };
    },
    { constant: 0, instances: new Map(), cost: 0, hosts: 0 },
  );
}
