/** From the text of a model to its problem, as `camelc solve` does it. */
import { buildApplication, chooseApplication } from '@camelc/application';
import { checkStatedAttributes, fittingCandidates, readCandidates } from '@camelc/candidates';
import { hasErrors, type Diagnostic } from '@camelc/diagnostics';
import { loadModels } from '@camelc/language';
import { buildProblem, readRunning, type Inputs, type Problem } from '@camelc/problem';
import type { Model as PosedModel } from '@camelc/solver';
import { expect } from 'vitest';
import type { Model } from './random-model.js';

const errorsOf = (...lists: readonly Diagnostic[][]): string[] =>
  lists
    .flat()
    .filter((d) => d.severity === 'error')
    .map((d) => d.code);

/** The problem, or the codes of the errors. Only what a random model does on purpose may be one. */
export async function pose(model: Model): Promise<{ problem?: Problem; model?: PosedModel; errors: string[] }> {
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'random.camel', text: model.text }]);
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.place?.range.start.line}: ${d.message}`)).toEqual([]);
  const { application, diagnostics: meant } = buildApplication(chooseApplication(models), models, libraryRegions);
  if (hasErrors(meant)) return { errors: errorsOf(meant) };
  const { list, diagnostics: read } = readCandidates(model.candidates, 'candidates.json');
  expect(errorsOf(read)).toEqual([]);
  const stated = checkStatedAttributes(
    application.components.flatMap((c) => c.requirements),
    list!,
  );
  if (hasErrors(stated)) return { errors: errorsOf(stated) };
  const fits = Object.fromEntries(application.components.map((c) => [c.name, fittingCandidates(c.requirements, list!).fits]));
  const running = model.running && readRunning(model.running.text, 'running.json');
  expect(errorsOf(running?.diagnostics ?? [])).toEqual([]);
  const inputs: Inputs = {
    metrics: model.metrics,
    currentValues: model.currentValues,
    currency: 'EUR',
    rates: { EUR: 1, USD: 0.5 },
    ...(running && { running: { deployment: running.running!, candidates: new Map(list!.candidates.map((c) => [c.id, c])), minGain: model.running!.minGain } }),
  };
  const { problem, diagnostics: posed } = buildProblem(application, fits, inputs);
  return { problem, model: { application, list: list!, inputs }, errors: errorsOf(posed) };
}

/** How the models are solved: one that takes so long, in seconds, fails the test instead of holding it up. */
export const solving = { milp: 'glpk', timeLimit: 20, now: () => performance.now() } as const;

/** A model as a failing test shows it. */
export const shown = (model: Model): string =>
  `\n${model.text}\n${JSON.stringify(JSON.parse(model.candidates).candidates, undefined, 1)}\nmetrics ${JSON.stringify(model.metrics)}, current ${JSON.stringify(model.currentValues)}${model.running ? `\nrunning ${model.running.text}, minimum gain ${model.running.minGain}` : ''}`;
