// From a model and a candidate list to the constraint problem, as `camelc problem` does it.
import { readFileSync } from 'node:fs';
import { buildApplication, chooseApplication } from '@camelc/application';
import { fittingCandidates, readCandidates } from '@camelc/candidates';
import { hasErrors } from '@camelc/diagnostics';
import { loadModels } from '@camelc/language';
import { buildProblem } from '@camelc/problem';

/** @param {string} text of a model @param {string} candidates file @param {{ metrics?: object, currentValues?: object }} given */
export async function pose(text, candidates, given = {}) {
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'model.camel', text }]);
  const { application, diagnostics: meant } = buildApplication(chooseApplication(models), models, libraryRegions);
  const { list, diagnostics: read } = readCandidates(readFileSync(candidates, 'utf8'), candidates, { currency: 'EUR' });
  const fits = list ? Object.fromEntries(application.components.map((c) => [c.name, fittingCandidates(c.requirements, list).fits])) : {};
  const { problem, diagnostics: posed } = buildProblem(application, fits, { metrics: {}, currency: 'EUR', rates: { EUR: 1 }, ...given });
  const all = [...diagnostics, ...meant, ...read, ...posed];
  if (!problem || hasErrors(all)) throw new Error(all.map((d) => d.message).join('\n'));
  return problem;
}
