import type { NodeCandidate } from '@camelc/candidates';
import type { Filtered } from '../pose.js';
import { diagnosticToJson } from './json.js';

/** By price, then by id. */
export const cheapestFirst = (fits: readonly NodeCandidate[]): NodeCandidate[] => [...fits].sort((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1));

/** What `candidates --format json` prints. */
export function candidatesToJson({ application, list, sources, fits, diagnostics }: Filtered): object {
  return {
    formatVersion: 1,
    application: application.name,
    currency: list.currency,
    sources,
    components: fits.map(({ component, fit }) => ({
      name: component.name,
      candidates: cheapestFirst(fit.fits),
      excluded: fit.excluded.map(({ candidate, reasons }) => ({
        id: candidate.id,
        reasons: reasons.map(({ requirement, has }) => ({ requirement: requirement?.id, asks: requirement?.text, has })),
      })),
      requirements: fit.effects.map(({ requirement, excludes, alone }) => ({
        id: requirement.id,
        asks: requirement.text,
        file: requirement.place.file,
        range: requirement.place.range,
        excludes,
        alone,
      })),
      conflicts: fit.conflicts.map((set) => set.map((requirement) => requirement.id)),
    })),
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}
