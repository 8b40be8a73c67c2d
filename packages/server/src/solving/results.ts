/** What was found, in the terms of the protocol. */
import { describeCandidate } from '@camelc/candidates';
import type { Diagnostic } from '@camelc/diagnostics';
import { cheapestFirst, reasonTexts, type Filtered, type Solved } from '@camelc/project/solving';
import type { Conflicting } from '@camelc/solver';
import type { Input } from './jobs.js';
import { locationOf, toLsp, uriOf } from '../diagnostics/lsp-diagnostics.js';
import type { CandidatesResult, Diagnosed, SolveResult } from '../protocol.js';

/** Diagnostics by document. @param uri the document that those without a place belong to @param top the folder of the workspace */
export function problemsOf(diagnostics: readonly Diagnostic[], { uri: main, top }: Pick<Input, 'uri' | 'top'>): Diagnosed['problems'] {
  const problems = new Map<string, Diagnosed['problems'][number]>();
  for (const diagnostic of diagnostics) {
    const uri = diagnostic.place ? uriOf(diagnostic.place.file) : main;
    const known = problems.get(uri);
    if (known) known.diagnostics.push(toLsp(diagnostic, top));
    else problems.set(uri, { uri, diagnostics: [toLsp(diagnostic, top)] });
  }
  return [...problems.values()];
}

type Found<T extends Diagnosed> = Omit<T, 'problems'> & { diagnostics: readonly Diagnostic[] };

export function candidatesResult({ application, list, sources, fits, diagnostics }: Filtered): Found<CandidatesResult> {
  return {
    application: application.name,
    currency: list.currency,
    sources,
    components: fits.map(({ component, fit }) => ({
      name: component.name,
      location: locationOf(component.place),
      candidates: cheapestFirst(fit.fits).map((k) => ({ id: k.id, description: describeCandidate(k), price: k.price, ...(k.limit !== undefined && { limit: k.limit }) })),
      excluded: fit.excluded.length,
      requirements: fit.effects.map(({ requirement, excludes, alone }) => ({
        name: requirement.id,
        asks: requirement.text,
        location: locationOf(requirement.place),
        excludes,
        alone,
      })),
      conflicts: fit.conflicts.map((set) => set.map((requirement) => requirement.id)),
    })),
    diagnostics,
  };
}

export function solveResult(solved: Solved): Found<SolveResult> {
  const { application, solution, whyNot, list, diagnostics } = solved;
  return {
    application: application.name,
    status: solution?.status ?? (whyNot ? 'infeasible' : 'unknown'),
    currency: list.currency,
    ...(solution && {
      utility: solution.utility,
      cost: solution.cost,
      components: solution.components.map(({ name, cardinality, candidate }) => ({ name, cardinality, ...(candidate !== undefined && { candidate }) })),
      hosts: solution.hosts.map(({ candidate, number, components }) => ({ candidate, number, components })),
      reasons: reasonTexts({ ...solved, solution }),
    }),
    ...(whyNot && {
      conflicts: whyNot.conflicts.map((set) => set.map(({ says, ...element }) => ({ ...elementOf(element), ...(says && { says }) }))),
      suggestions: whyNot.suggestions.map(({ changes, then }) => ({ changes: changes.map(({ text, ...change }) => ({ ...elementOf(change), text })), cost: then.cost })),
    }),
    diagnostics,
  };
}

const elementOf = ({ name, place }: Pick<Conflicting, 'name' | 'place'>): { element: string; uri?: string; range?: NonNullable<Conflicting['place']>['range'] } => ({
  element: name,
  ...(place && locationOf(place)),
});
