/** Code lenses on components and camel models: what fits, and the optimum. */
import { UriUtils, type LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import { DiagnosticSeverity, type CodeLens, type Range } from 'vscode-languageserver';
import type { CandidatesParams, CandidatesResult, ComponentCandidates, DocumentParams, SolveResult } from '../protocol.js';
import type { BackgroundSolving, Finding } from './background.js';

export class SolvingLenses implements CodeLensProvider {
  constructor(private readonly background: BackgroundSolving) {}

  /** What is known already: nothing is computed here. */
  provideCodeLens(document: LangiumDocument): CodeLens[] {
    const uri = document.uri.toString();
    return this.background.current().flatMap((finding) => lensesOf(finding).flatMap(({ at, ...lens }) => (at === uri ? [lens] : [])));
  }
}

/** A lens with the document that it stands in. */
type PlacedLens = CodeLens & { at: string };

function lensesOf({ uri, application, range, known, faulty, search }: Finding): PlacedLens[] {
  const lens = (at: string, range: Range, title: string, command: string, params: DocumentParams | CandidatesParams): PlacedLens => ({
    at,
    range,
    command: { title, command, arguments: [params] },
  });
  const { candidates, solution } = known ?? {};
  const ofModel = faulty ? `not solved: ${UriUtils.basename(faulty.uri)} has errors` : search ? 'solving…' : titleOfSolution(solution ?? candidates);
  return [
    ...(ofModel ? [lens(uri, range, ofModel, 'camelc.showSolution', { uri, application })] : []),
    ...(candidates?.components ?? []).map((component) =>
      lens(component.location.uri, component.location.range, titleOfComponent(component, candidates!), 'camelc.showCandidates', { uri, application, component: component.name }),
    ),
  ];
}

/** The code of a metric that has no value. */
export const unmeasured = 'problem/metric-missing';

const signs: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };
const perHour = (price: number, currency = ''): string => `${Number(price.toPrecision(3))} ${signs[currency] ?? currency}/h`;

/** `12 candidates fit, cheapest hetzner-cx22 0.006 €/h`. */
export function titleOfComponent({ candidates, requirements, conflicts }: ComponentCandidates, { currency }: CandidatesResult): string {
  const [cheapest] = candidates;
  if (cheapest) return `${candidates.length === 1 ? '1 candidate fits,' : `${candidates.length} candidates fit, cheapest`} ${cheapest.id} ${perHour(cheapest.price, currency)}`;
  const [conflict] = conflicts;
  const excluding = conflict ?? requirements.filter((r) => r.excludes > 0).map((r) => r.name);
  return `no candidate fits${excluding.length > 0 ? `: ${excluding.join(' and ')}` : ''}`;
}

/** `optimal: utility 5.81, 0.206 €/h`; undefined where models have errors of their own, which say enough. */
export function titleOfSolution(result: (SolveResult | CandidatesResult) | undefined): string | undefined {
  if (!result) return undefined;
  if ('status' in result && result.status !== undefined) return titleOfStatus(result);
  const first = result.problems.flatMap((p) => p.diagnostics).find((d) => d.severity === DiagnosticSeverity.Error || d.code === unmeasured);
  // What to do about it stands in the diagnostic.
  return first && `not solved: ${String(first.message).split(/; |\n/)[0]}`;
}

function titleOfStatus({ status, utility, cost, currency }: SolveResult): string {
  switch (status) {
    case 'infeasible':
      return 'no deployment satisfies this model';
    case 'unknown':
      return 'no deployment found in the time that a search may take';
    default: {
      const shown = typeof utility === 'number' ? Number(utility.toPrecision(5)) : utility === 'Infinity' ? '∞' : '-∞';
      const value = utility === undefined ? '' : `utility ${shown}, `;
      return `${status === 'optimal' ? 'optimal' : 'best found so far'}: ${value}${perHour(cost!, currency)}`;
    }
  }
}
