import { hostCouplings, type Assignment, type Problem } from '@camelc/problem';
import type { SolutionHosts } from '../solution.js';

/** The hosts of an assignment, by their first component in source order: those of components that same-host couplings join are common to all of these. */
export function hostsOf(problem: Problem, assignment: readonly Assignment[]): SolutionHosts[] {
  const deployed = problem.components.map((c) => c.name).filter((_, i) => assignment[i]!.candidate !== null);
  const hosts: SolutionHosts[] = [];
  problem.components.forEach(({ name }, i) => {
    const { candidate, cardinality } = assignment[i]!;
    if (candidate === null || hosts.some((h) => h.components.includes(name))) return;
    const together = coupledWith(problem, name, deployed);
    hosts.push({ candidate: problem.candidates[candidate]!.id, number: cardinality, components: deployed.filter((other) => together.has(other)) });
  });
  return hosts;
}

/** Deployed components on the hosts of one: those that are coupled with it, directly or through others. */
function coupledWith(problem: Problem, name: string, deployed: readonly string[]): Set<string> {
  const found = new Set([name]);
  for (const one of found)
    for (const { components } of hostCouplings(problem)) if (components.includes(one)) for (const other of components) if (deployed.includes(other)) found.add(other);
  return found;
}
