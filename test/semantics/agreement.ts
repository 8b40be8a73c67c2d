/** Compares what the project says of a random model with what comparing all deployments says, and counts what kinds of models there were. */
import { solve, type Solution } from '@camelc/solver';
import { expect } from 'vitest';
import { doubts } from './doubt.js';
import { hostText } from './deployment.js';
import { best, fitting, missingFacts, type Answer } from './oracle.js';
import { pose, shown, solving } from './pose.js';
import { randomModel, type Model, type Size } from './random-model.js';
import { random } from './random.js';

/** What the checked models were. */
export class Split {
  readonly classes = new Map<string, Map<string, number>>();
  total = 0;
  /** Disagreements where rounding decides. */
  doubtful = 0;

  add(kind: string, name: string): void {
    const counts = this.classes.get(kind) ?? new Map<string, number>();
    this.classes.set(kind, counts.set(name, (counts.get(name) ?? 0) + 1));
  }

  /** In percent. */
  toString(): string {
    const share = (n: number): string => `${((100 * n) / this.total).toFixed(1)}`;
    const lines = [...this.classes].map(
      ([kind, counts]) =>
        `  ${kind}: ${[...counts]
          .sort(([, a], [, b]) => b - a)
          .map(([name, n]) => `${name} ${share(n)}`)
          .join(', ')}`,
    );
    return [`${this.total} problems, in percent (${this.doubtful} left out where rounding decides):`, ...lines].join('\n');
  }

  /** The smallest class, in percent. */
  smallest(): [string, number] {
    return [...this.classes]
      .flatMap(([kind, counts]) => [...counts].map(([name, n]): [string, number] => [`${kind}: ${name}`, (100 * n) / this.total]))
      .reduce((least, other) => (other[1] < least[1] ? other : least));
  }
}

export interface Checked {
  model: Model;
  answer?: Answer & { runs?: true };
  solution?: Solution;
}

/** Solves the random model of a seed and a size, and expects the answer of comparing all deployments. */
export async function check(seed: number, size: Size, split: Split): Promise<Checked> {
  const model = randomModel(size, random(seed));
  const count = { compared: 0 };
  doubts.count = 0;
  const { problem, errors } = await pose(model);
  const expected = missingFacts(model) ? 'candidates/attribute-unknown' : model.error;
  const machines = fitting(model);
  const noted = (status: string, checked: Checked): Checked => {
    split.total++;
    split.add('status', status);
    split.add('placement', size.placement);
    split.add('deployments', count.compared < 10 ? 'below 10' : count.compared < 100 ? 'below 100' : '100 and more');
    split.add('components', String(size.components));
    split.add('machines', String(size.machines));
    for (const feature of model.features) split.add('features', feature);
    return checked;
  };
  if (expected !== undefined || machines === 'unknown') {
    expect(errors, shown(model)).toContain(expected ?? 'problem/attribute-unknown');
    return noted('error', { model });
  }
  expect(errors, shown(model)).toEqual([]);
  const { solution, diagnostics } = await solve(problem!, solving);
  if (model.open && diagnostics.some((d) => d.code === 'solver/unbounded')) return noted('error', { model });
  expect(
    diagnostics.filter((d) => d.severity === 'error' && d.code !== 'solver/infeasible').map((d) => `${d.code} ${d.message}`),
    shown(model),
  ).toEqual([]);
  const answer = best(model, machines, count);
  if (model.open && solution!.components.some((c, i) => c.cardinality > model.components[i]!.maximum)) return noted('optimal', { model });
  try {
    compare(model, answer, solution!);
  } catch (error) {
    if (doubts.count === 0) throw error;
    split.doubtful++;
  }
  return noted(answer ? 'optimal' : 'infeasible', { model, answer, solution });
}

function compare(model: Model, answer: Checked['answer'], solution: Solution): void {
  const where = shown(model);
  if (!answer) return expect(solution.status, where).toBe('infeasible');
  const kept = solution.kept === true;
  const says = {
    status: solution.status === 'feasible' && kept ? 'optimal' : solution.status,
    kept,
    components: Object.fromEntries(solution.components.map((c) => [c.name, { number: c.cardinality, ...(c.candidate !== undefined && { machine: c.candidate }) }])),
    hosts: solution.hosts.flatMap((h) => Array.from({ length: h.number }, () => hostText(h.candidate, h.components))).sort(),
    utility: solution.utility,
    cost: Number(solution.cost?.toPrecision(9)),
  };
  const expected = { status: 'optimal', kept: answer.runs === true, components: answer.components, hosts: answer.hosts };
  expect(says, where).toEqual({ ...expected, utility: close(utilityOf(model, answer), solution.utility), cost: Number(answer.world.cost.toPrecision(9)) });
  if (!kept && model.objectives.length > 0) expect([solution.bound, solution.gap], where).toEqual([solution.utility, 0]);
}

/** The value of the first level as the model defines it; not negated where all of it is minimised. */
function utilityOf({ objectives }: Model, { merits }: Answer): number | undefined {
  if (objectives.length === 0) return undefined;
  const highest = Math.max(...objectives.map((o) => o.priority));
  const sign = objectives.filter((o) => o.priority === highest).every((o) => o.minimise) ? -1 : 1;
  return sign * merits[0]!;
}

/** What is expected as JSON has it; what was said, where that differs from it by rounding alone. */
function close(expected: number | undefined, said: Solution['utility']): Solution['utility'] {
  if (expected === undefined) return undefined;
  if (!Number.isFinite(expected)) return expected > 0 ? 'Infinity' : '-Infinity';
  return typeof said === 'number' && Math.abs(said - expected) <= 1e-8 * Math.max(1, Math.abs(expected)) ? said : expected;
}
