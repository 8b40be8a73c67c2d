/** Cost and number of hosts as sums over the components. */
import { cardinalities } from './assess.js';
import { positions } from './evaluate.js';
import { hostCouplings } from './placement.js';
import type { Problem, Term } from './problem.js';
import { sumOf } from './sum.js';

const operator = (name: '+' | '*' | 'and' | 'or' | '>', ...operands: Term[]): Term => ({ kind: 'operator', operator: name, operands });
const instances = (component: string): Term => ({ kind: 'decision', component, attribute: 'cardinality', factor: 1 });

/** A total, without its factor, as the evaluator sums it: components that share hosts with an earlier one count nothing. */
export function totalTerm(problem: Problem, { attribute, components }: Extract<Term, { kind: 'total' }>): Term {
  const names = problem.components.map((c) => c.name).filter((name) => components?.includes(name) ?? true);
  const zero: Term = { kind: 'number', value: 0 };
  const part = (name: string, i: number): Term => {
    const own = attribute === 'hosts' ? instances(name) : operator('*', { kind: 'decision', component: name, attribute: 'price', factor: 1 }, instances(name));
    const shared = sharing(problem, names.slice(0, i), name);
    return shared ? { kind: 'call', function: 'if', arguments: [shared, zero, own] } : own;
  };
  return sumOf(names.map(part));
}

/** Whether a component stands on the same hosts as one of others; undefined: never. */
export function sharing(problem: Problem, others: readonly string[], name: string): Term | undefined {
  const couplings = hostCouplings(problem);
  const at = positions(problem);
  const paths = new Set<string>();
  // Deployed components that are coupled, directly or through others, share hosts. Those that are always deployed need no asking.
  const walk = (path: string[]): void => {
    const last = path.at(-1)!;
    if (others.includes(last)) {
      paths.add(JSON.stringify([...path].sort((a, b) => at.get(a)! - at.get(b)!)));
      return;
    }
    const next = new Set(couplings.filter((c) => c.components.includes(last)).flatMap((c) => c.components));
    for (const other of next) if (!path.includes(other)) walk([...path, other]);
  };
  if (couplings.some((c) => c.components.includes(name))) walk([name]);
  const deployed = (component: string): Term => operator('>', instances(component), { kind: 'number', value: 0 });
  const needed = [...paths].map((path) => (JSON.parse(path) as string[]).filter((c) => cardinalities(problem, at.get(c)!).zero));
  if (needed.some((path) => path.length === 0)) return { kind: 'number', value: 1 };
  return needed.map((path) => path.map(deployed).reduce((a, b) => operator('and', a, b))).reduce<Term | undefined>((a, b) => (a ? operator('or', a, b) : b), undefined);
}
