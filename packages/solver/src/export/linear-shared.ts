/** Shared placement as a linear program: how many hosts of each kind there are. */
import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import { conjunctsOf, operandsOf, type Problem, type ProblemCondition, type Term } from '@camelc/problem';
import { recomputed } from './formula-text.js';
import { kindsOf } from './kinds.js';
import { boundsOf, nameOf } from './linear-comparison.js';
import { HostProgram } from './linear-hosts.js';
import { gathered, type LinearModel } from './linear-model.js';
import { followed, sumsThatHold, sumTermOf } from './monotone.js';
import { quantityStructure } from './quantities.js';

/** The linear program of the first stage, or what in the problem is not linear. */
export function linearShared(problem: Problem): { model?: LinearModel; diagnostics: Diagnostic[] } {
  const { kinds: made, diagnostics } = kindsOf(problem);
  if (!made) return { diagnostics };
  const { goal } = made;
  const structure = quantityStructure(problem);
  const refuse = (what: string, place: Place | undefined): void => void diagnostics.push(diagnose('export/not-linear', { what }, place));
  const program = new HostProgram(problem, made);

  for (const condition of problem.constraints.flatMap((c) => conjunctsOf(c.condition))) {
    const of = condition.kind === 'comparison' && condition.operator !== '<>' ? sumTermOf(problem, structure, condition.term) : undefined;
    if (condition.kind !== 'comparison' || !of) {
      refuse(condition.kind === 'comparison' ? notASum : `\`${condition.kind}\` of constraints`, placeIn(condition) ?? condition.place);
      continue;
    }
    const terms = program.termsOf(of.sum);
    const { low, high } = program.extent(terms, of.sum.constant);
    const outer = followed(problem, structure, of, low, high);
    if (!outer) refuse(noTrend, condition.place);
    else {
      const bounds = of.term === of.inner ? boundsOf(condition, terms, of.sum.constant) : sumsThatHold(outer, condition, low, high);
      program.row(nameOf(problem, condition), terms, bounds.low - of.sum.constant, bounds.high - of.sum.constant);
    }
  }

  for (const { objectives } of made.doubtful) refuse('a level of the objective that may be undefined', objectives[0]!.place);

  const of = sumTermOf(problem, structure, goal.term);
  const terms = of && program.termsOf(of.sum);
  const extent = of && terms && program.extent(terms, of.sum.constant);
  const outer = of && extent && followed(problem, structure, of, extent.low, extent.high);
  if (!of || !terms || !outer) refuse(of ? noTrend : notASum, goal.place);
  if (!of || !terms || !outer || diagnostics.length > 0) return { diagnostics };
  program.rules();
  const whole = of.term === of.inner;
  const name = program.name(whole ? goal.name : `sum_in_${goal.name}`);
  return {
    model: {
      comments: [
        `The ${problem.objectives.length > 0 ? 'objective' : 'cost'} of ${problem.application}. x_NUMBER counts the hosts of one kind, n_COMPONENT its instances; is_COMPONENT is 1 where it is deployed.`,
        ...made.assumed.map((software) => `Nothing bounds the instances of ${software} but this file.`),
        ...(whole ? [] : [`${goal.name} ${outer.rises ? 'rises' : 'falls'} with the sum that is optimised here: ${goal.name} = ${recomputed(problem, of.term, of.inner, name)}`]),
      ],
      variables: program.variables,
      objective: { name, minimise: goal.minimise === outer.rises, terms: gathered(terms), constant: of.sum.constant },
      rows: program.rows,
    },
    diagnostics,
  };

  function placeIn(condition: ProblemCondition): Place | undefined {
    return condition.kind === 'comparison' ? placeOf(condition.term) : undefined;
  }
  /** Of the smallest term that is no sum. */
  function placeOf(term: Term): Place | undefined {
    const below = term.kind === 'formula' ? [problem.formulas[term.id]!.term] : operandsOf(term);
    const inner = below.find((t) => !structure.separate(t));
    return (inner && placeOf(inner)) ?? term.place;
  }
}

const notASum = 'a formula that is no sum of cardinalities, cost and hosts';
const noTrend = 'a function of a sum that does not only rise or only fall';
