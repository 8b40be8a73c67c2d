/** From the application and its candidates to the constraint problem. */
import type { Application, Component } from '@camelc/application/model';
import { checkStatedAttributes, fittingCandidates, type Fit } from '@camelc/candidates';
import { adjustSeverities, DiagnosticError, hasErrors, type Severities } from '@camelc/diagnostics';
import { buildProblem, type Problem, type RunningDeployment } from '@camelc/problem';
import type { Model } from '@camelc/solver';
import type { CandidateLists } from './candidate-lists.js';
import type { Metrics } from './metrics.js';
import type { LoadedApplication } from './models.js';

/** An application with the candidates that each of its components can use. */
export interface Filtered extends CandidateLists {
  application: Application;
  fits: { component: Component; fit: Fit }[];
  /** Those of the settings. */
  severities?: Severities;
  namesInSight: LoadedApplication['namesInSight'];
}

/** Filters the candidates for each component. @throws DiagnosticError where the list cannot answer a requirement */
export function filterCandidates({ application, diagnostics: ofModels, severities, namesInSight }: LoadedApplication, lists: CandidateLists): Filtered {
  const stated = checkStatedAttributes(
    application.components.flatMap((component) => component.requirements),
    lists.list,
  );
  const diagnostics = adjustSeverities([...ofModels, ...lists.diagnostics, ...stated], severities);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  const fits = application.components.map((component) => ({ component, fit: fittingCandidates(component.requirements, lists.list) }));
  return { ...lists, application, fits, severities, namesInSight, diagnostics };
}

/** What is known of the run besides models and candidates. */
export interface Given {
  metrics: Metrics;
  /** Values of current-config variables. */
  currentValues?: Record<string, number>;
  running?: RunningDeployment;
  /** What runs is kept while no deployment is better by more than this. */
  minGain?: number;
}

export interface Posed extends Filtered {
  /** What the problem is built of. */
  model: Model;
  problem: Problem;
  /** Files that metrics were read from. */
  metricFiles: string[];
  placeOfMetric: Metrics['placeOfMetric'];
}

/** Builds the constraint problem. @throws DiagnosticError */
export function poseProblem(filtered: Filtered, given: Given): Posed {
  const { application, list, fits: fitsOf, namesInSight } = filtered;
  const { metrics, files: metricFiles, names: placesOfMetrics, placeOfMetric } = given.metrics;
  const { currency } = list;
  const inThisCurrency = (euros: number): number => euros / (filtered.rates[currency] ?? 1);
  const rates = Object.fromEntries(Object.entries({ EUR: 1, ...filtered.rates }).map(([name, euros]) => [name, inThisCurrency(euros)]));
  const fits = Object.fromEntries(fitsOf.map(({ component, fit }) => [component.name, fit.fits]));
  const candidates = new Map(list.candidates.map((k) => [k.id, k]));
  const running = given.running && { deployment: given.running, candidates, minGain: given.minGain ?? 0 };
  const inputs = { metrics, placesOfMetrics, namesInSight, currentValues: given.currentValues, currency, rates, running };
  const { problem, diagnostics: ofProblem } = buildProblem(application, fits, inputs);
  const diagnostics = adjustSeverities([...filtered.diagnostics, ...ofProblem], filtered.severities);
  if (!problem || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { ...filtered, model: { application, list, inputs }, problem, metricFiles, placeOfMetric, diagnostics };
}
