/** Why the solution is as it is, found by changing one decision at a time. */
import {
  assess,
  assessShared,
  hasRoom,
  hostCouplings,
  isAmong,
  levels,
  meritsAtPrices,
  operandsOf,
  termsOf,
  type Assessment,
  type Assignment,
  type Hosts,
  type Problem,
  type Term,
} from '@camelc/problem';
import type { CandidateReasons, Reasons, Solution } from '../solution.js';
import { broken } from './breaches.js';
import type { Model } from './model.js';
import { extend, isBetter, otherCandidates, type Extended } from './others.js';

/**
 * The solution of a model with its reasons: in dedicated placement those of the components that are deployed, in shared placement those of the
 * hosts, and of the components' numbers.
 * @param problem the model's
 */
export function why(model: Model, problem: Problem, solution: Solution): Solution {
  const sign = levels(problem)[0]?.objectives.every((o) => o.minimise) ? -1 : 1;
  const extended = extend(model, problem, sign);
  return problem.placement === 'dedicated' ? ofDedicated(extended, solution) : ofShared(extended, solution);
}

function ofDedicated(extended: Extended, solution: Solution): Solution {
  const { problem, model } = extended;
  const index = indexOf(problem);
  const assignment = solution.components.map(({ candidate, cardinality }): Assignment => ({ candidate: candidate === undefined ? null : index.get(candidate)!, cardinality }));
  const { merits } = assess(problem, assignment);
  return {
    ...solution,
    components: solution.components.map((component, i) => {
      const { candidate, cardinality } = assignment[i]!;
      if (candidate === null) return component;
      const group = onSameHosts(problem, assignment, i);
      const changed = (change: Partial<Assignment>): Assessment =>
        assess(
          problem,
          assignment.map((a, j) => (group.includes(j) ? { ...a, ...change } : a)),
        );
      const fewer = cardinality === 1 ? changed({ candidate: null, cardinality: 0 }) : changed({ cardinality: cardinality - 1 });
      const reasons: Reasons = {
        ...otherCandidates(extended, candidate, group, merits, (k) => changed({ candidate: k })),
        ...numberReasons(model, merits, fewer, changed({ cardinality: cardinality + 1 })),
      };
      return { ...component, reasons };
    }),
  };
}

/** A component and those that same-host couplings put onto its hosts. */
function onSameHosts(problem: Problem, assignment: readonly Assignment[], component: number): number[] {
  const group = [component];
  for (const i of group) {
    const coupled = hostCouplings(problem).filter((c) => c.components.includes(problem.components[i]!.name));
    const names = coupled.flatMap((c) => c.components);
    problem.components.forEach(({ name }, j) => {
      if (names.includes(name) && assignment[j]!.candidate !== null && !group.includes(j)) group.push(j);
    });
  }
  return group;
}

function numberReasons(model: Model, merits: readonly number[], less: Assessment, greater: Assessment): Pick<Reasons, 'fewer' | 'more'> {
  const fewer = broken(model, less.breaches, 'minimum');
  const more = isBetter(greater.merits, merits) ? broken(model, greater.breaches, 'maximum') : [];
  return { ...(fewer.length > 0 && { fewer }), ...(more.length > 0 && { more }) };
}

function ofShared(extended: Extended, solution: Solution): Solution {
  const { problem, model } = extended;
  const index = indexOf(problem);
  const names = problem.components.map((c) => c.name);
  const hosts = solution.hosts.map(
    ({ candidate, number, components }): Hosts => ({ candidate: index.get(candidate)!, number, instances: names.map((name) => components.filter((c) => c === name).length) }),
  );
  const { merits } = assessShared(problem, hosts);
  const ofHosts = (group: Hosts): CandidateReasons => {
    const carried = group.instances.flatMap((n, i) => Array.from({ length: n }, () => i));
    const assessed = oncePerKind(problem, group, (candidate) => hosts.map((h) => (h === group ? { ...h, candidate } : h)));
    return otherCandidates(extended, group.candidate, carried, merits, assessed);
  };
  return {
    ...solution,
    hosts: solution.hosts.map((h, i) => ({ ...h, reasons: ofHosts(hosts[i]!) })),
    components: solution.components.map((component, i) => {
      if (component.cardinality === 0 || problem.components[i]!.everywhere) return component;
      // The instance whose absence breaks least.
      const fewer = hosts
        .filter((h) => h.instances[i]! > 0)
        .map((h) => assessShared(problem, withoutOne(extended, hosts, h, i)))
        .reduce((a, b) => (b.breaches.length < a.breaches.length ? b : a));
      return { ...component, reasons: numberReasons(model, merits, fewer, { breaches: [], merits: [...merits] }) };
    }),
  };
}

/**
 * Assesses other candidates in the place of a host's. Those that differ in price alone break the same, so of each kind one is assessed wholly.
 * @param exchanged the hosts with another candidate for these
 */
function oncePerKind(problem: Problem, { instances }: Hosts, exchanged: (candidate: number) => Hosts[]): (candidate: number) => Assessment {
  if (problem.running || constrainsCost(problem)) return (k) => assessShared(problem, exchanged(k));
  const levels = [...problem.couplings, ...problem.separations].flatMap(({ level }) => (level === 'host' ? [] : level));
  const known = new Map<string, Assessment>();
  return (k) => {
    const candidate = problem.candidates[k]!;
    const admitted = instances.map((n, i) => n === 0 || isAmong(problem.components[i]!.candidates, k));
    const kind = [candidate.limit === undefined || k, ...admitted, hasRoom(problem, k, instances), ...levels.map((level) => candidate[level])].join();
    const alike = known.get(kind);
    if (alike) return { breaches: alike.breaches, merits: meritsAtPrices(problem, exchanged(k), alike) };
    const assessment = assessShared(problem, exchanged(k));
    known.set(kind, assessment);
    return assessment;
  };
}

function constrainsCost({ constraints, formulas }: Problem): boolean {
  const isCost = (term: Term): boolean => (term.kind === 'total' && term.attribute === 'cost') || operandsOf(term).some(isCost);
  return [...constraints.flatMap(({ condition }) => termsOf(condition)), ...Object.values(formulas).map(({ term }) => term)].some(isCost);
}

/** The hosts with one instance of a component less on one of a group; a host that holds nothing else is not leased. */
function withoutOne({ problem }: Extended, hosts: readonly Hosts[], group: Hosts, component: number): Hosts[] {
  const instances = group.instances.map((n, i) => (i === component ? n - 1 : n));
  const empty = instances.every((n, i) => n === 0 || problem.components[i]!.everywhere);
  const rest = hosts.map((h) => (h === group ? { ...h, number: h.number - 1 } : h)).filter((h) => h.number > 0);
  return empty ? rest : [...rest, { ...group, number: 1, instances }];
}

const indexOf = (problem: Problem): Map<string, number> => new Map(problem.candidates.map((c, i) => [c.id, i]));
