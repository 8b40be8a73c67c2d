/** From the text of a model to its solution, against an evaluation that shares no code with the project. */
import { buildApplication, chooseApplication } from '@camelc/application';
import { checkStatedAttributes, fittingCandidates, readCandidates } from '@camelc/candidates';
import { hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { loadModels } from '@camelc/language';
import { buildProblem } from '@camelc/problem';
import { solve, type Solution } from '@camelc/solver';
import { expect, test } from 'vitest';
import { best, fitting, missingFacts } from './oracle.js';
import { randomModel, type Model } from './random-model.js';
import { random } from './random.js';

const seed = Number(process.env.CAMELC_SEED ?? 2_5);
const cases = Number(process.env.CAMELC_CASES ?? 200);

async function run(model: Model): Promise<{ solution?: Solution; errors: string[] }> {
  const errorsOf = (...lists: Diagnostic[][]): string[] =>
    lists
      .flat()
      .filter((d) => d.severity === 'error')
      .map((d) => d.code);
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'random.camel', text: model.text }]);
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.place?.range.start.line}: ${d.message}`)).toEqual([]);
  const { application, diagnostics: meant } = buildApplication(chooseApplication(models), models, libraryRegions);
  const { list, diagnostics: read } = readCandidates(model.candidates, 'candidates.json');
  expect(errorsOf(meant, read)).toEqual([]);
  const stated = checkStatedAttributes(
    application.components.flatMap((c) => c.requirements),
    list!,
  );
  if (hasErrors(stated)) return { errors: errorsOf(stated) };
  const fits = Object.fromEntries(application.components.map((c) => [c.name, fittingCandidates(c.requirements, list!).fits]));
  const { problem, diagnostics: posed } = buildProblem(application, fits, {
    metrics: model.metrics,
    currentValues: model.currentValues,
    currency: 'EUR',
    rates: { EUR: 1, USD: 0.5 },
  });
  if (!problem) return { errors: errorsOf(posed) };
  const { solution, diagnostics: solved } = await solve(problem, { milp: 'glpk' });
  return { solution, errors: errorsOf(solved) };
}

test(`${cases} random models have the solution that comparing all deployments gives`, { timeout: 300_000 }, async () => {
  const seen = { solved: 0, infeasible: 0, infinite: 0, unknown: 0, unsupported: 0 };
  for (let k = 0; k < cases; k++) {
    const model = randomModel(random(seed * 1_000_003 + k));
    const where = `case ${k}:\n${model.text}\n${model.candidates}\n${JSON.stringify([model.metrics, model.currentValues])}`;
    const { solution, errors } = await run(model);
    if (missingFacts(model)) {
      expect(errors, where).toContain('candidates/attribute-unknown');
      seen.unknown++;
      continue;
    }
    const machines = fitting(model);
    if (machines === 'unknown') {
      expect(errors, where).toContain('problem/attribute-unknown');
      seen.unknown++;
      continue;
    }
    if (errors.includes('problem/not-supported-yet')) {
      seen.unsupported++;
      continue;
    }
    const answer = best(model, machines);
    if (!answer) {
      expect(solution?.status, where).toBe('infeasible');
      seen.infeasible++;
      continue;
    }
    expect(solution?.status, where).toBe('optimal');
    expect(Object.fromEntries(solution!.components.map((c) => [c.name, [c.cardinality, c.candidate]])), where).toEqual(
      Object.fromEntries(Object.entries(answer.chosen).map(([name, { number, machine }]) => [name, [number, machine?.id]])),
    );
    expect(solution!.cost, where).toBeCloseTo(-answer.merits.at(-2)!, 9);
    const highest = Math.max(...model.objectives.map((o) => o.priority));
    const first = model.objectives.filter((o) => o.priority === highest);
    if (first.length === 0) expect(solution!.utility, where).toBeUndefined();
    else {
      const merit = answer.merits[0]!;
      const utility = first.every((o) => o.minimise) ? -merit : merit;
      if (Number.isFinite(utility)) expect(solution!.utility, where).toBeCloseTo(utility, 9);
      else expect(solution!.utility, where).toBe(utility > 0 ? 'Infinity' : '-Infinity');
      if (!Number.isFinite(utility)) seen.infinite++;
    }
    seen.solved++;
  }
  // The models must be worth the trouble; sums of several functions of the cost are not supported yet.
  expect(seen.solved).toBeGreaterThan(cases * 0.4);
  expect(seen.unsupported).toBeLessThan(cases * 0.15);
});
