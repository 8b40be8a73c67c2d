/** The evaluator of the project against the oracle: every deployment of a random model, admissible or not. */
import { assess, assessShared, functions, type Assessment, type Assignment, type Hosts, type Problem } from '@camelc/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText, usable, type Fitting } from './deployment.js';
import { doubts } from './doubt.js';
import { meanings } from './functions.js';
import { admissible, fitting, missingFacts, type Answer } from './oracle.js';
import { pose, shown } from './pose.js';
import { areMany, casesOf, seed, sized } from './property.js';
import { randomModel, type Model, type Size } from './random-model.js';
import { random } from './random.js';

const cases = casesOf(150);
/** Models, and those among them with an admissible deployment. */
let compared: { models: number; admitted: number };

test('the oracle knows every function', () => {
  expect([...Object.keys(meanings), 'if', 'iff'].sort(compareText)).toEqual(Object.keys(functions).sort(compareText));
});

test.each(['dedicated', 'shared'] as const)(
  `of ${cases} random models the evaluator admits what the oracle admits, and values it alike, %s placement`,
  { timeout: 600_000 },
  async (placement) => {
    compared = { models: 0, admitted: 0 };
    await fc.assert(fc.asyncProperty(sized(placement), check), { numRuns: cases, seed });
    if (!areMany(cases)) return;
    // The others have errors, or rounding decides.
    expect(compared.models).toBeGreaterThan(cases / 2);
    expect(compared.admitted).toBeGreaterThan(cases / 2);
  },
);

async function check([drawn, size]: [number, Size]): Promise<void> {
  const model = randomModel(size, random(drawn));
  const { problem } = await pose(model);
  const machines = fitting(model);
  if (!problem || machines === 'unknown' || missingFacts(model)) return;
  doubts.count = 0;
  const answers = [...admissible(model, machines)];
  // What rounding decides, both may see in their own way.
  if (doubts.count > 0) return;
  compared.models++;
  if (answers.length > 0) compared.admitted++;
  if (size.placement === 'shared') {
    for (const answer of answers) expectAlike(assessShared(problem, hostsOf(problem, answer)), answer, model);
    return;
  }
  const known = new Map(answers.map((a) => [a.order.join('\0'), a]));
  for (const assignment of assignments(model, problem, machines, 0)) {
    const order = assignment.flatMap(({ candidate, cardinality }) => [cardinality, candidate === null ? '' : problem.candidates[candidate]!.id]);
    expectAlike(assess(problem, assignment), known.get(order.join('\0')), model, order);
  }
}

function expectAlike({ breaches, merits }: Assessment, answer: Answer | undefined, model: Model, order: readonly unknown[] = answer!.hosts): void {
  const where = (): string => `${JSON.stringify(order)}\n${JSON.stringify(breaches)}\n${shown(model)}`;
  if ((breaches.length === 0) !== (answer !== undefined)) expect(breaches.length === 0, where()).toBe(answer !== undefined);
  // Without a running deployment nothing is said of changes.
  const apart = answer?.merits.some((m, k) => (k < merits.length || m !== 0) && m !== merits[k] && !(Math.abs(m - merits[k]!) <= 1e-10 * Math.max(1, Math.abs(m))));
  if (apart) expect(merits, where()).toEqual(answer!.merits);
}

function* assignments(model: Model, problem: Problem, machines: Fitting, index: number): Generator<Assignment[]> {
  const component = model.components[index];
  if (!component) return void (yield []);
  for (const rest of assignments(model, problem, machines, index + 1)) {
    yield [{ candidate: null, cardinality: 0 }, ...rest];
    for (let cardinality = 1; cardinality <= component.maximum; cardinality++)
      for (const machine of usable(component, machines)) yield [{ candidate: problem.candidates.findIndex((c) => c.id === machine.id), cardinality }, ...rest];
  }
}

const hostsOf = (problem: Problem, { hosts }: Answer): Hosts[] =>
  hosts.map((text) => {
    const [id, names] = text.split(': ') as [string, string];
    return {
      candidate: problem.candidates.findIndex((c) => c.id === id),
      number: 1,
      instances: problem.components.map((c) => names.split(', ').filter((n) => n === c.name).length),
    };
  });
