/** Why no deployment satisfies a model, as diagnostics: one for each set of elements that contradict each other, what would help below the last. */
import type { Conflicting, Suggestion, WhyNot } from '@camelc/solver';
import type { CandidateList, Fit } from '@camelc/candidates';
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import { shortNumber } from './numbers.js';
import { table } from './layout.js';

export interface Infeasible {
  whyNot: WhyNot;
  fits: readonly { component: { name: string; place: Place; requirements: readonly { id: string }[] }; fit: Fit }[];
  list: CandidateList;
}

export function conflictDiagnostics({ whyNot, fits, list }: Infeasible): Diagnostic[] {
  const { conflicts, minimal, unplaceable, suggestions } = whyNot;
  const candidates = list.candidates.length;
  const without = fits.filter(({ component }) => unplaceable.includes(component.name));
  return [
    ...without.map(({ component }) => diagnose('solver/no-candidate', { component: component.name, candidates, requirements: [] }, component.place)),
    ...conflicts.map((conflict, i) => {
      const help = i === conflicts.length - 1 ? suggested(suggestions, list.currency) : undefined;
      const related = conflict.flatMap(({ name, says, place }) => (place ? [{ message: says ? `${name}: ${says}` : name, place }] : []));
      const stuck = conflict.every((c) => c.kind === 'requirement') && fits.find(({ component, fit }) => fit.fits.length === 0 && requires(component, conflict));
      return stuck
        ? diagnose('solver/no-candidate', { component: stuck.component.name, candidates, requirements: conflict.map((c) => c.name), help }, conflict[0]!.place, related)
        : diagnose('solver/infeasible', { what: contradiction(conflict), further: i > 0, minimal, help }, related[0]?.place, related);
    }),
    ...(conflicts.length === 0 && without.length === 0
      ? [diagnose('solver/infeasible', { what: 'why could not be found out', further: false, minimal: true }, fits[0]?.component.place)]
      : []),
  ];
}

const requires = (component: { requirements: readonly { id: string }[] }, conflict: readonly Conflicting[]): boolean =>
  conflict.every((c) => component.requirements.some((r) => r.id === c.name));

const numbers = ['no', 'this one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

const contradiction = (conflict: readonly Conflicting[]): string =>
  conflict.length === 1 ? `\`${conflict[0]!.name}\` cannot be kept` : `these ${numbers[conflict.length] ?? conflict.length} contradict each other`;

/** What would help, in aligned columns. */
function suggested(suggestions: readonly Suggestion[], currency: string): string | undefined {
  const [first] = suggestions;
  if (!first) return undefined;
  if (first.changes.length > 1) {
    const rows = first.changes.map((c) => [c.name, c.text]);
    return lines(`these changes together would do (they were solved to make sure), ${outcome(first, currency)}:`, rows);
  }
  const rows = suggestions.map((s) => [s.changes[0]!.name, s.changes[0]!.text, outcome(s, currency)]);
  return lines(rows.length === 1 ? 'this would do (it was solved to make sure):' : 'any one of these would do (each was solved to make sure):', rows);
}

const lines = (title: string, rows: string[][]): string =>
  [
    title,
    ...table(rows)
      .split('\n')
      .map((line) => `  ${line}`),
  ].join('\n');

/** `then utility 5.81, 229 EUR/month`. */
function outcome({ then: { costPerMonth, utility } }: Suggestion, currency: string): string {
  const cost = `${costPerMonth >= 100 ? costPerMonth.toFixed(0) : costPerMonth.toFixed(2)} ${currency}/month`;
  return `then ${utility === undefined ? '' : `utility ${shortNumber(utility)}, `}${cost}`;
}
