/** What couplings and separations ask of dedicated placement, as conditions over candidates, places and cardinalities. */
import type { Coupling, Level, Operator, Separation } from '@camelc/application/model';
import { memo } from './memo.js';
import type { Problem, ProblemCondition, Resources, Term, TermAttribute } from './problem.js';
import { sumOf } from './sum.js';

/** One coupling or separation. A relaxed one is a preference. */
export interface Rule {
  kind: 'coupling' | 'separation';
  name: string;
  place: Coupling['place'];
  relaxed: boolean;
  condition: ProblemCondition;
}

const resources = ['cores', 'memory', 'storage'] as const satisfies readonly (keyof Resources)[];

/**
 * The rules of a problem of dedicated placement. All instances of a component use one candidate, so they stand at one place; on a host of its own
 * each, unless a same-host coupling gives the deployed ones of its components common hosts.
 */
export const placementRules = memo((problem: Problem): Rule[] => [
  ...problem.couplings.map((c): Rule => ({ kind: 'coupling', name: c.name, place: c.place, relaxed: c.relaxed, condition: all(c, together(problem, c)) })),
  ...problem.separations.map((s): Rule => ({ kind: 'separation', name: s.name, place: s.place, relaxed: s.relaxed, condition: all(s, apart(problem, s)) })),
]);

/** Same-host couplings that every solution keeps: those of their components that are deployed share their hosts. */
export const hostCouplings = memo((problem: Problem): Coupling[] => (problem.placement === 'dedicated' ? problem.couplings.filter((c) => c.level === 'host' && !c.relaxed) : []));

/** Pairs of components that a separation keeps apart. */
export function separatedPairs({ components, from }: Separation): [string, string][] {
  return from
    ? components.flatMap((a) => from.filter((b) => b !== a).map((b): [string, string] => [a, b]))
    : components.flatMap((a, i) => components.slice(i + 1).map((b): [string, string] => [a, b]));
}

function together(problem: Problem, { components, level }: Coupling): Term[] {
  const same = components.slice(1).flatMap((b, i) =>
    components.slice(0, i + 1).map((a) => {
      const equal = [
        operator('==', of(a, attributeOf(level)), of(b, attributeOf(level))),
        ...(level === 'host' ? [operator('==', of(a, 'cardinality'), of(b, 'cardinality'))] : []),
      ];
      return any(absent(a), absent(b), equal.reduce(both));
    }),
  );
  return level === 'host' ? [...same, ...fitting(problem, components)] : same;
}

/** Where several stand on one host, all their demands fit it: of these components and of those that other couplings bring there. */
function fitting(problem: Problem, components: readonly string[]): Term[] {
  const reached = problem.components.map((c) => c.name).filter((name) => sharedPaths(problem, components[0]!, name).length > 0 || components.includes(name));
  const demand = (name: string, resource: keyof Resources): number => problem.components.find((c) => c.name === name)!.demands[resource] ?? 0;
  return resources.flatMap((resource) =>
    components.flatMap((a) => {
      const others = reached.filter((b) => b !== a && demand(b, resource) > 0);
      if (others.length === 0) return [];
      const beside = (b: string): Term => any(...sharedPaths(problem, a, b).map((path) => path.map(present).reduce(both)));
      const taken = sumOf([number(demand(a, resource)), ...others.map((b) => operator('*', number(demand(b, resource)), beside(b)))]);
      // Alone it may take a host that is smaller than its demand.
      return [
        { kind: 'call', function: 'if', arguments: [operator('==', taken, number(demand(a, resource))), number(1), operator('<=', taken, of(a, `allocatable-${resource}`))] },
      ];
    }),
  );
}

function apart(problem: Problem, separation: Separation): Term[] {
  const { components, level, from } = separation;
  if (components.length === 1 && !from) return level === 'host' ? [] : [operator('<=', of(components[0]!, 'cardinality'), number(1))];
  return separatedPairs(separation).flatMap(([a, b]) =>
    level === 'host'
      ? sharedPaths(problem, a, b).map((path) => any(...path.map(absent)))
      : [any(absent(a), absent(b), operator('<>', of(a, attributeOf(level)), of(b, attributeOf(level))))],
  );
}

/** The ways in which same-host couplings bring two components onto one host: through components that are all deployed, from the one to the other. */
export function sharedPaths(problem: Problem, from: string, to: string): string[][] {
  const couplings = hostCouplings(problem);
  const paths: string[][] = [];
  const walk = (path: string[]): void => {
    const last = path.at(-1)!;
    if (last === to) return void paths.push(path);
    const next = new Set(couplings.filter((c) => c.components.includes(last)).flatMap((c) => c.components));
    for (const name of next) if (!path.includes(name)) walk([...path, name]);
  };
  walk([from]);
  return paths;
}

const attributeOf = (level: Level): TermAttribute => (level === 'host' ? 'candidate' : level);

function all({ place }: { place: Coupling['place'] }, terms: readonly Term[]): ProblemCondition {
  return { kind: 'and', place, conditions: terms.map((term) => ({ kind: 'comparison', term, operator: '==', threshold: 1, place, thresholdPlace: place })) };
}

/** 1 or 0: whether a condition holds. */
export function truthOf(condition: ProblemCondition): Term {
  switch (condition.kind) {
    case 'comparison':
      return operator(condition.operator, condition.term, number(condition.threshold));
    case 'and':
      return condition.conditions.map(truthOf).reduce(both, number(1));
    case 'or':
      return any(...condition.conditions.map(truthOf));
    case 'xor':
      return operator('==', sumOf(condition.conditions.map(truthOf)), number(1));
    case 'if':
      return { kind: 'call', function: 'if', arguments: [condition.if, condition.then].map(truthOf).concat(condition.else ? truthOf(condition.else) : number(1)) };
  }
}

const number = (value: number): Term => ({ kind: 'number', value });
const of = (component: string, attribute: TermAttribute): Term => ({ kind: 'decision', component, attribute, factor: 1 });
const operator = (name: Operator, ...operands: Term[]): Term => ({ kind: 'operator', operator: name, operands });
const both = (a: Term, b: Term): Term => operator('and', a, b);
const any = (...terms: Term[]): Term => terms.reduce((a, b) => operator('or', a, b), number(0));
const absent = (component: string): Term => operator('==', of(component, 'cardinality'), number(0));
const present = (component: string): Term => operator('>', of(component, 'cardinality'), number(0));

/** Instances that are started or stopped, compared with the running deployment. */
export function changesTerm(problem: Problem): Term {
  const index = new Map(problem.candidates.map((c, i) => [c.id, i]));
  return sumOf(
    problem.components.map(({ name }, i): Term => {
      const running = problem.running?.instances[i] ?? [];
      const sum = running.reduce((n, r) => n + r.number, 0);
      const kept = running.flatMap(({ candidate, number: n }): Term[] => {
        const c = index.get(candidate);
        return c === undefined
          ? []
          : [operator('*', operator('==', of(name, 'candidate'), number(c)), { kind: 'call', function: 'min', arguments: [of(name, 'cardinality'), number(n)] })];
      });
      // Those on a candidate that stays are neither started nor stopped: each counts twice in the sum of both deployments.
      return kept.reduce((all, k) => operator('-', all, operator('*', number(2), k)), operator('+', of(name, 'cardinality'), number(sum)));
    }),
  );
}
