/** What couplings, separations and `everywhere` say of one host, and of the places where components stand. */
import type { Coupling, Separation } from '@camelc/application/model';
import { cardinalities, mostOnOneHost, positions, separatedPairs, type PlaceLevel, type Problem } from '@camelc/problem';

/** A relaxed coupling or separation, or a hard one at a level above hosts. Components by their indexes. */
export type Rule = { level: Coupling['level']; relaxed: boolean } & (
  | { kind: 'coupling'; components: number[] }
  | { kind: 'separation'; pairs: [number, number][] }
  /** No two instances of one component at the same place. */
  | { kind: 'spread'; component: number }
);

export interface HostRules {
  /** By component: instances on one host at most. */
  most: number[];
  /** By component: whether every solution has it. */
  surely: boolean[];
  /** Pairs of components that never share a host. */
  apart: boolean[][];
  /** Same-host couplings that every solution keeps. */
  together: number[][];
  /** Components that are everywhere, with those that keep them from a host; `refusable`: it may be an alternative that is not chosen. */
  everywhere: { component: number; strangers: number[]; refusable: boolean }[];
  /** All that one host alone does not tell: relaxed ones, and those of zones, regions and clouds. */
  beyond: Rule[];
  /** By component: the levels of places that matter for it. */
  levels: PlaceLevel[][];
}

export function rulesOf(problem: Problem): HostRules {
  const at = positions(problem);
  const index = (name: string): number => at.get(name)!;
  const surely = problem.components.map((_, i) => !cardinalities(problem, i).zero);
  const pairsOf = (s: Separation): [number, number][] => separatedPairs(s).map(([a, b]) => [index(a), index(b)]);

  const all: Rule[] = [
    ...problem.couplings.map((c): Rule => ({ kind: 'coupling', level: c.level, relaxed: c.relaxed, components: c.components.map(index) })),
    ...problem.separations.map(
      (s): Rule =>
        s.components.length === 1 && !s.from
          ? { kind: 'spread', level: s.level, relaxed: s.relaxed, component: index(s.components[0]!) }
          : { kind: 'separation', level: s.level, relaxed: s.relaxed, pairs: pairsOf(s) },
    ),
  ];
  const hard = all.filter((r) => !r.relaxed);

  // Whoever shares a host shares its zone, region and cloud.
  const apart = problem.components.map(() => problem.components.map(() => false));
  for (const rule of hard) if (rule.kind === 'separation') for (const [a, b] of rule.pairs) apart[a]![b] = apart[b]![a] = true;
  const most = problem.components.map((_, i) => (hard.some((r) => r.kind === 'spread' && r.component === i) ? 1 : mostOnOneHost(problem, i)));

  const beyond = all.filter((r) => r.relaxed || r.level !== 'host');
  return {
    most,
    surely,
    apart,
    together: hard.flatMap((r) => (r.kind === 'coupling' && r.level === 'host' ? [r.components] : [])),
    everywhere: problem.components.flatMap(({ everywhere, name }, component) => {
      if (!everywhere) return [];
      const pairs = problem.separations.filter((s) => s.level === 'host' && !s.relaxed).flatMap(pairsOf);
      const strangers = pairs.flatMap(([a, b]) => (a === component ? [b] : b === component ? [a] : []));
      return [{ component, strangers, refusable: problem.alternatives.some((a) => a.components.includes(name)) }];
    }),
    beyond,
    levels: problem.components.map((_, i) => [...new Set(beyond.filter((r) => involved(r).includes(i)).flatMap((r) => (r.level === 'host' ? [] : [r.level])))]),
  };
}

/** The components that a rule speaks of. */
export const involved = (rule: Rule): number[] => (rule.kind === 'coupling' ? rule.components : rule.kind === 'spread' ? [rule.component] : [...new Set(rule.pairs.flat())]);

/**
 * The components that must not be deployed at all where some host holds these instances: those that a coupling or `everywhere` would ask for.
 * `undefined`: no host may hold them.
 */
export function absentWith({ together, everywhere, surely }: HostRules, instances: readonly number[]): number[] | undefined {
  const absent = new Set<number>();
  for (const components of together) if (components.some((i) => instances[i]! > 0)) for (const i of components) if (instances[i] === 0) absent.add(i);
  for (const { component, strangers, refusable } of everywhere)
    if (instances[component] === 0 && strangers.every((s) => instances[s] === 0)) {
      if (!refusable) return undefined;
      absent.add(component);
    }
  if (instances.every((n, i) => n === 0 || everywhere.some((e) => e.component === i))) return undefined;
  for (const i of absent) if (surely[i]) return undefined;
  return [...absent].sort((a, b) => a - b);
}
