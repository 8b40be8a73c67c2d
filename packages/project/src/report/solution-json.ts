import type { Conflicting } from '@camelc/solver';
import type { Solved } from '../solve.js';
import { diagnosticToJson } from './json.js';
import { reasonTexts } from './reasons.js';

/** What `solve --format json` prints. */
export function solutionToJson(solved: Solved): object {
  const { application, solution, whyNot, candidatesById, diagnostics, sources, metricFiles, list } = solved;
  return {
    formatVersion: 1,
    application: application.name,
    status: solution?.status ?? (whyNot ? 'infeasible' : 'unknown'),
    ...(solution && {
      utility: solution.utility ?? null,
      bound: solution.bound ?? null,
      gap: solution.gap ?? null,
      cost: solution.cost,
      ...(solution.kept && { kept: true }),
    }),
    currency: list.currency,
    candidates: sources,
    metrics: metricFiles,
    components: (solution?.components ?? []).map(({ candidate, ...rest }) => ({
      ...rest,
      ...(candidate !== undefined && { candidate: { id: candidate, hardware: candidatesById.get(candidate)!.hardware } }),
    })),
    hosts: solution?.hosts ?? [],
    prices: Object.fromEntries((solution?.hosts ?? []).map((h) => [h.candidate, candidatesById.get(h.candidate)!.price])),
    values: solution?.values ?? {},
    conflict: whyNot?.conflicts[0]?.map(element) ?? [],
    ...(whyNot && {
      conflicts: whyNot.conflicts.map((c) => c.map(element)),
      minimal: whyNot.minimal,
      suggestions: whyNot.suggestions.map(({ changes, then }) => ({ changes: changes.map(element), then })),
    }),
    reasons: solution ? reasonTexts({ ...solved, solution }) : [],
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}

/** An element of a conflict, or its change, with file and range apart. */
const element = <T extends Pick<Conflicting, 'name' | 'place'>>({ name, place, ...rest }: T): object => ({
  element: name,
  ...rest,
  ...(place && { file: place.file, range: place.range }),
});
