/** Sorts what a problem says by what it couples: one component, or several by a sum. What else couples components is refused with its place. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import { isSeparated, levels, structureOf, type Coupled, type Problem, type ProblemCondition, type Separated, type Structure, type Term } from '@camelc/problem';

export type Comparison = Extract<ProblemCondition, { kind: 'comparison' }>;

/** A term that is a sum over the components, or follows one: `inner` is the sum, `term` the whole. */
export interface SumTerm {
  term: Term;
  inner: Term;
  sum: Separated;
}

/** What the problem says, sorted by what it couples. */
export interface Sorted {
  structure: Structure;
  /** By component: conditions that involve no other. */
  alone: ProblemCondition[][];
  across: { condition: Comparison; of: SumTerm }[];
  /** Levels of the objective. */
  levels: SumTerm[];
}

/** Sorts the problem's conditions and objectives, and says what is not supported. */
export function sort(problem: Problem): { sorted: Sorted; diagnostics: Diagnostic[] } {
  const structure = structureOf(problem);
  const diagnostics = unsupported(problem);
  const refuse = (coupled: Coupled, place: Place): void => {
    const names = coupled.components.map((i) => problem.components[i]!.name);
    diagnostics.push(
      diagnose('problem/not-supported-yet', { what: `a formula that couples ${listed(names)} other than by a sum of parts with one component each` }, coupled.place ?? place),
    );
  };
  const sorted: Sorted = { structure, alone: problem.components.map(() => []), across: [], levels: [] };

  const conditions = problem.constraints.flatMap(({ condition }) => conjuncts(condition));
  for (const condition of conditions) {
    const involved = structure.involvesIn(condition);
    if (involved.length <= 1) sorted.alone[involved[0] ?? 0]!.push(condition);
    else if (condition.kind !== 'comparison') {
      const names = involved.map((i) => problem.components[i]!.name);
      diagnostics.push(diagnose('problem/not-supported-yet', { what: `\`${condition.kind}\` over constraints of several components (${listed(names)})` }, condition.place));
    } else {
      const of = sumTerm(problem, structure, condition.term);
      if ('sum' in of) sorted.across.push({ condition, of });
      else refuse(of, condition.place);
    }
  }
  for (const { term, objectives } of levels(problem)) {
    const of = sumTerm(problem, structure, term);
    if ('sum' in of) sorted.levels.push(of);
    else refuse(of, objectives[0]!.place);
  }
  return { sorted, diagnostics };
}

const listed = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

const conjuncts = (condition: ProblemCondition): ProblemCondition[] => (condition.kind === 'and' ? condition.conditions.flatMap(conjuncts) : [condition]);

function unsupported(problem: Problem): Diagnostic[] {
  const no = (what: string, place?: Place): Diagnostic => diagnose('problem/not-supported-yet', { what }, place);
  return [
    ...(problem.placement === 'shared' ? [no('shared placement', problem.placementPlace)] : []),
    ...problem.components.filter((c) => c.everywhere).map((c) => no(`\`everywhere\` of ${c.name}`, c.place)),
    ...problem.couplings.map((c) => no(`coupling \`${c.name}\``, c.place)),
    // In dedicated placement no two instances share a host.
    ...problem.separations.filter((s) => s.level !== 'host').map((s) => no(`separation \`${s.name}\` by ${s.level}`, s.place)),
  ];
}

/** Finds the sum that a term is, or follows through operators and functions of constants. */
function sumTerm(problem: Problem, structure: Structure, term: Term): SumTerm | Coupled {
  const whole = structure.separate(term);
  if (isSeparated(whole)) return { term, inner: term, sum: whole };
  for (let inner = term; ; ) {
    const below = inner.kind === 'formula' ? [problem.formulas[inner.id]!.term] : inner.kind === 'operator' ? inner.operands : inner.kind === 'call' ? inner.arguments : [];
    const varying = below.filter((t) => structure.involves(t).length > 0);
    if (varying.length !== 1) return whole;
    inner = varying[0]!;
    const sum = structure.separate(inner);
    if (isSeparated(sum)) return { term, inner, sum };
  }
}
