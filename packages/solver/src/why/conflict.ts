/** What contradicts each other where a problem has no solution. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { assess, cardinalities, type Problem } from '@camelc/problem';
import { compile } from '../dedicated/compile.js';
import { propagate, search } from '../dedicated/search.js';
import type { Conflicting } from '../solution.js';

/** Nodes of a search after which a problem counts as having a solution: the conflict may then name more than it must. */
const budget = 200_000;

/** One thing that can be taken out of a problem. */
interface Unit {
  says: Conflicting;
  without: (problem: Problem) => Problem;
}

/**
 * A set of elements that contradict each other, as small as taking away one at a time makes it
 * (deletion filter; Chinneck and Dravnieks, "Locating minimal infeasible constraint sets", 1991).
 */
export function findConflict(problem: Problem): Conflicting[] {
  const stuck = problem.components.filter((c, i) => c.candidates.length === 0 && !cardinalities(problem, i).zero);
  if (stuck.length > 0) return stuck.map(({ name, place }) => ({ kind: 'component', name, place }));

  const withoutObjectives = { ...problem, objectives: [] };
  const undefinedEverywhere = hasSolution(withoutObjectives);
  let rest = undefinedEverywhere ? problem : withoutObjectives;
  const conflict: Conflicting[] = [];
  for (const { says, without } of [...(undefinedEverywhere ? objectiveUnits(problem) : []), ...unitsOf(problem)]) {
    const smaller = without(rest);
    if (hasSolution(smaller)) conflict.push(says);
    else rest = smaller;
  }
  return conflict;
}

const objectiveUnits = (problem: Problem): Unit[] =>
  problem.objectives.map(({ id, name, place }) => ({ says: { kind: 'objective', name, place }, without: (p) => ({ ...p, objectives: p.objectives.filter((o) => o.id !== id) }) }));

function unitsOf(problem: Problem): Unit[] {
  return [
    ...problem.candidates.flatMap(({ id, limit }): Unit[] =>
      limit === undefined
        ? []
        : [{ says: { kind: 'limit', name: id }, without: (p) => ({ ...p, candidates: p.candidates.map((c) => (c.id === id ? { ...c, limit: undefined } : c)) }) }],
    ),
    ...problem.components.flatMap(({ name, needs }): Unit[] =>
      needs.map(({ port, place }) => ({
        says: { kind: 'need', name: `${name}.${port}`, place },
        without: (p) => ({ ...p, components: p.components.map((c) => (c.name === name ? { ...c, needs: c.needs.filter((n) => n.port !== port) } : c)) }),
      })),
    ),
    ...problem.alternatives.map(
      ({ name, place, components }): Unit => ({
        says: { kind: 'alternative', name, place },
        // Its components may still be absent, so that taking it away never makes anything harder.
        without: (p) => ({
          ...p,
          alternatives: p.alternatives.filter((a) => a.name !== name),
          components: p.components.map((c) => (components.includes(c.name) ? { ...c, minimum: 0 } : c)),
        }),
      }),
    ),
    ...problem.constraints.map(
      ({ id, name, place }): Unit => ({ says: { kind: 'constraint', name, place }, without: (p) => ({ ...p, constraints: p.constraints.filter((c) => c.id !== id) }) }),
    ),
  ];
}

/** Whether some assignment is admissible; also true where that could not be found out. */
function hasSolution(problem: Problem): boolean {
  const { table } = compile(problem);
  if (!table) return true;
  if (table.rows.some((rows) => rows.length === 0)) return false;
  const reduced = propagate(
    table.rows.map((rows) => rows.map((_, r) => r)),
    table.restrictions,
  );
  if (!reduced) return false;
  const { choice, complete } = search({
    ...reduced,
    accept: (c) =>
      assess(
        problem,
        c.map((r, i) => table.rows[i]![r]!),
      ).breaches.length === 0,
    budget,
  });
  return choice !== undefined || !complete;
}

/** The diagnostic of a problem without solution. */
export function infeasible(problem: Problem, conflict: Conflicting[]): Diagnostic {
  const described = conflict.map(describe);
  const why =
    conflict[0]?.kind === 'component'
      ? `no candidate fits ${conflict.map((c) => `\`${c.name}\``).join(', ')}`
      : conflict.length === 0
        ? 'the ranges of its cardinalities cannot be kept'
        : conflict.length === 1
          ? `${described[0]} cannot be kept`
          : `${described.slice(0, -1).join(', ')} and ${described.at(-1)} contradict each other`;
  const help = conflict[0]?.kind === 'component' ? '`camelc candidates` says for each candidate which requirement excludes it' : undefined;
  const related = conflict.flatMap((c, i) => (c.place ? [{ message: described[i]!, place: c.place }] : []));
  return diagnose('solver/infeasible', { why, help }, conflict.find((c) => c.place)?.place ?? problem.components[0]?.place, related);
}

function describe({ kind, name }: Conflicting): string {
  switch (kind) {
    case 'constraint':
      return `the constraint \`${name}\``;
    case 'limit':
      return `the limit of candidate ${name}`;
    case 'need':
      return `the mandatory port \`${name}\``;
    case 'alternative':
      return `the alternative \`${name}\``;
    case 'objective':
      return `the objective \`${name}\`, which is undefined`;
    case 'component':
      return `the component \`${name}\``;
    default:
      return `\`${name}\``;
  }
}
