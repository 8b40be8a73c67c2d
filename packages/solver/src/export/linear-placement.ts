/** What dedicated placement asks for besides constraints, as rows of a linear program: ports, alternatives, limits, couplings and separations. */
import type { Coupling, Separation } from '@camelc/application/model';
import { cardinalities, positions, separatedPairs, sharedPaths, type Problem, type Resources } from '@camelc/problem';
import { each, type LinearRow, type LinearTerm, type RowVariable } from './linear-model.js';

/** @param taken by component: its rows. Names need not be unique. */
export function placementRows(problem: Problem, taken: readonly (readonly RowVariable[])[]): LinearRow[] {
  const at = positions(problem);
  const index = (name: string): number => at.get(name)!;
  const deployed = (component: number): RowVariable[] => taken[component]!.filter(({ row }) => row.candidate !== null);
  const atMost = (name: string, high: number, terms: LinearTerm[]): LinearRow => ({ name, terms, low: -Infinity, high });
  return [
    ...needs(),
    ...alternatives(),
    ...limits(),
    ...problem.couplings.filter((c) => !c.relaxed).flatMap(coupled),
    ...problem.separations.filter((s) => !s.relaxed).flatMap(separated),
  ];

  function needs(): LinearRow[] {
    return problem.components.flatMap((component, i) =>
      component.needs
        .filter(({ providers }) => !providers.includes(component.name))
        .map(({ port, providers }) =>
          atMost(`needs_${component.name}_${port}`, 0, [...deployed(i).map(each(1)), ...[...new Set(providers)].flatMap((p) => deployed(index(p)).map(each(-1)))]),
        ),
    );
  }

  function alternatives(): LinearRow[] {
    return problem.alternatives.map(({ name, components }) => ({ name, terms: components.flatMap((c) => deployed(index(c)).map(each(1))), low: 1, high: 1 }));
  }

  function limits(): LinearRow[] {
    return problem.candidates.flatMap(({ limit }, c) => {
      if (limit === undefined) return [];
      const users = problem.components.flatMap(({ candidates }, i) => (candidates.includes(c) ? [i] : []));
      const used = (i: number): LinearTerm[] => deployed(i).flatMap(({ row, variable }) => (row.candidate === c ? [{ variable, coefficient: row.cardinality }] : []));
      // Components that share hosts have as many of them each, so one of them counts: whichever is deployed.
      return choices(groupsSharing(problem, users)).map((counted) => atMost(`limit_${c}`, limit, counted.flatMap(used)));
    });
  }

  /** All that is asked of two components by where their rows stand: at the same place, or not. */
  function byPlace(name: string, a: number, b: number, keyOf: (v: RowVariable) => string, same: boolean): LinearRow[] {
    const [first, second] = [deployed(a), deployed(b)];
    const keys = [...new Set([...first, ...second].map(keyOf))];
    const atKey = (list: RowVariable[], key: string): RowVariable[] => list.filter((v) => keyOf(v) === key);
    if (!same) return keys.map((key) => atMost(name, 1, [...atKey(first, key), ...atKey(second, key)].map(each(1))));
    if (![a, b].some((i) => cardinalities(problem, i).zero))
      return keys.map((key) => ({ name, terms: [...atKey(first, key).map(each(1)), ...atKey(second, key).map(each(-1))], low: 0, high: 0 }));
    return keys.map((key) => atMost(name, 1, [...atKey(first, key), ...second.filter((v) => keyOf(v) !== key)].map(each(1))));
  }

  function placeOf(level: Coupling['level']): (v: RowVariable) => string {
    return ({ row: { candidate, cardinality } }) => (level === 'host' ? `${candidate}×${cardinality}` : problem.candidates[candidate!]![level]);
  }

  function coupled({ name, level, components }: Coupling): LinearRow[] {
    const indexes = components.map(index);
    const pairs = indexes.flatMap((b, k) => indexes.slice(0, k).map((a): [number, number] => [a, b]));
    return [...pairs.flatMap(([a, b]) => byPlace(name, a, b, placeOf(level), true)), ...(level === 'host' ? room(name, indexes) : [])];
  }

  /** The demands of those that share hosts fit the candidate. */
  function room(name: string, components: readonly number[]): LinearRow[] {
    return (['cores', 'memory', 'storage'] as const satisfies readonly (keyof Resources)[]).flatMap((resource) => {
      const demand = (i: number): number => problem.components[i]!.demands[resource] ?? 0;
      if (components.filter((i) => demand(i) > 0).length < 2) return [];
      return problem.candidates.flatMap(({ allocatable }, c) => {
        const there = components.flatMap((i) => deployed(i).filter((v) => v.row.candidate === c));
        const has = allocatable[resource];
        if (there.length === 0) return [];
        if (has === undefined) return [atMost(name, 0, there.map(each(1)))];
        const terms = there.filter((v) => demand(v.component) > 0).map((v) => ({ variable: v.variable, coefficient: demand(v.component) }));
        return components.reduce((sum, i) => sum + demand(i), 0) <= has ? [] : [atMost(name, has, terms)];
      });
    });
  }

  function separated(separation: Separation): LinearRow[] {
    const { name, level, components, from } = separation;
    if (components.length === 1 && !from) {
      if (level === 'host') return [];
      return [
        atMost(
          name,
          0,
          deployed(index(components[0]!))
            .filter((v) => v.row.cardinality > 1)
            .map(each(1)),
        ),
      ];
    }
    return separatedPairs(separation).flatMap(([a, b]) => {
      if (level !== 'host') return byPlace(name, index(a), index(b), placeOf(level), false);
      // Only same-host couplings bring two components onto one host.
      return sharedPaths(problem, a, b).map((path) =>
        atMost(
          name,
          path.length - 1,
          path.flatMap((c) => deployed(index(c)).map(each(1))),
        ),
      );
    });
  }
}

/** Which ways there are for two components onto one host: through those alone that are always deployed, or only at times. */
function sharing(problem: Problem, a: number, b: number): 'surely' | 'perhaps' | 'never' {
  const optional = (name: string): boolean => cardinalities(problem, positions(problem).get(name)!).zero;
  const paths = sharedPaths(problem, problem.components[a]!.name, problem.components[b]!.name);
  return paths.length === 0 ? 'never' : paths.some((path) => !path.slice(1, -1).some(optional)) ? 'surely' : 'perhaps';
}

/** Two components that share hosts only while a third is deployed, where hosts are limited: no row says that. */
export function unclearLimit(problem: Problem): [number, number] | undefined {
  if (!problem.candidates.some((c) => c.limit !== undefined)) return undefined;
  const all = [...problem.components.keys()];
  return all.flatMap((b) => all.slice(0, b).map((a): [number, number] => [a, b])).find(([a, b]) => sharing(problem, a, b) === 'perhaps');
}

/** Components in groups of those that share hosts. */
function groupsSharing(problem: Problem, components: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const i of components) {
    const group = groups.find((g) => g.some((j) => sharing(problem, i, j) === 'surely'));
    if (group) group.push(i);
    else groups.push([i]);
  }
  return groups;
}

/** All ways to choose one of each group. */
const choices = (groups: readonly number[][]): number[][] => groups.reduce<number[][]>((made, group) => made.flatMap((m) => group.map((i) => [...m, i])), [[]]);
