/** Whether hosts of shared placement hold what they may, and how many preferences they keep. */
import type { Coupling, Level, Separation } from '@camelc/application/model';
import type { Breach } from './breach.js';
import type { Hosts } from './assignment.js';
import { positions, tolerance } from './evaluate.js';
import { isAmong } from './order.js';
import { separatedPairs } from './placement.js';
import type { Problem } from './problem.js';

/** Breaches of what may stand on one host or at one place; how many relaxed couplings and separations are kept; instances started or stopped. */
export function assessHosts(problem: Problem, hosts: readonly Hosts[]): { breaches: Breach[]; kept: number; changes: number } {
  const at = positions(problem);
  const { components } = problem;
  const used = hosts.filter((h) => h.number > 0);
  const deployed = (name: string): boolean => used.some((h) => h.instances[at.get(name)!]! > 0);
  const breaches: Breach[] = [];

  for (const { candidate, instances } of used) {
    const crowded = !hasRoom(problem, candidate, instances);
    components.forEach((component, i) => {
      const n = instances[i]!;
      if (n === 0) return;
      if (!isAmong(component.candidates, candidate) || n > mostOnOneHost(problem, i)) breaches.push({ kind: 'host', component: component.name });
      if (crowded) breaches.push({ kind: 'host', component: component.name });
    });
  }
  for (const c of [...new Set(used.map((h) => h.candidate))].sort((a, b) => a - b)) {
    const { id, limit } = problem.candidates[c]!;
    if (limit !== undefined && used.reduce((sum, h) => sum + (h.candidate === c ? h.number : 0), 0) > limit) breaches.push({ kind: 'limit', candidate: id });
  }

  for (const { name } of components.filter((c) => c.everywhere)) {
    const refused = problem.alternatives.some((a) => a.components.includes(name)) && !deployed(name);
    const strangers = problem.separations
      .filter((s) => s.level === 'host' && !s.relaxed)
      .flatMap(separatedPairs)
      .flatMap(([a, b]) => (a === name ? [b] : b === name ? [a] : []));
    const right = used.every(({ instances }) => {
      const alone = strangers.every((s) => instances[at.get(s)!] === 0);
      return instances.some((n, i) => n > 0 && !components[i]!.everywhere) && instances[at.get(name)!]! > 0 === (alone && !refused);
    });
    if (!right) breaches.push({ kind: 'host', component: name });
  }

  const isKept = (rule: Coupling | Separation, keeps: (counts: number[]) => boolean): boolean => {
    const names = 'from' in rule && rule.from ? [...rule.components, ...rule.from] : rule.components;
    return countsByPlace(
      problem,
      used,
      rule.level,
      [...new Set(names)].map((n) => at.get(n)!),
    ).every(keeps);
  };
  let kept = 0;
  for (const coupling of problem.couplings) {
    const there = coupling.components.map(deployed);
    const holds = isKept(coupling, (counts) => counts.every((n, k) => n > 0 || !there[k]) || counts.every((n) => n === 0));
    if (coupling.relaxed) kept += Number(holds);
    else if (!holds) breaches.push({ kind: 'coupling', name: coupling.name, place: coupling.place });
  }
  for (const separation of problem.separations) {
    const single = separation.components.length === 1 && !separation.from;
    const names = [...new Set([...separation.components, ...(separation.from ?? [])])];
    const pairs = separatedPairs(separation).map(([a, b]) => [names.indexOf(a), names.indexOf(b)] as const);
    const holds = isKept(separation, (counts) => (single ? counts[0]! <= 1 : pairs.every(([a, b]) => counts[a] === 0 || counts[b] === 0)));
    if (separation.relaxed) kept += Number(holds);
    else if (!holds) breaches.push({ kind: 'separation', name: separation.name, place: separation.place });
  }
  return { breaches, kept, changes: changesOf(problem, used) };
}

/** How many instances of a component may share a host. */
export const mostOnOneHost = (problem: Problem, component: number): number => {
  const { coInstanceHosting, everywhere } = problem.components[component]!;
  return coInstanceHosting && !everywhere ? Infinity : 1;
};

/** Whether the demands of some instances fit a candidate. */
export function hasRoom(problem: Problem, candidate: number, instances: readonly number[]): boolean {
  const { allocatable } = problem.candidates[candidate]!;
  return (['cores', 'memory', 'storage'] as const).every((resource) => {
    const taken = problem.components.reduce((sum, { demands }, i) => sum + (demands[resource] ?? 0) * instances[i]!, 0);
    return taken === 0 || taken <= (allocatable[resource] ?? 0) + tolerance(taken);
  });
}

/** Instances of some components at each place of a level. Every single host is a place of its own. */
function countsByPlace(problem: Problem, hosts: readonly Hosts[], level: Level, components: readonly number[]): number[][] {
  if (level === 'host') return hosts.map(({ instances }) => components.map((i) => instances[i]!));
  const byPlace = new Map<string, number[]>();
  for (const { candidate, number, instances } of hosts) {
    const place = problem.candidates[candidate]![level];
    const counts = byPlace.get(place) ?? components.map(() => 0);
    byPlace.set(
      place,
      counts.map((n, k) => n + number * instances[components[k]!]!),
    );
  }
  return [...byPlace.values()];
}

/** Instances of components on candidates that are started or stopped, compared with the running deployment. */
function changesOf(problem: Problem, hosts: readonly Hosts[]): number {
  if (!problem.running) return 0;
  let changes = 0;
  problem.components.forEach((_, i) => {
    const now = new Map(problem.running!.instances[i]!.map((r) => [r.candidate, r.number]));
    for (const { candidate, number, instances } of hosts) {
      const { id } = problem.candidates[candidate]!;
      now.set(id, (now.get(id) ?? 0) - number * instances[i]!);
    }
    for (const difference of now.values()) changes += Math.abs(difference);
  });
  return changes;
}
