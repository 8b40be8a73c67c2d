/** Dedicated placement as a MiniZinc model: for each component the row that it takes, and tables over its rows. */
import type { Diagnostic } from '@camelc/diagnostics';
import { isSeparated, placementRules, sharing, totalTerm, type Problem, type ProblemCondition, type Separated, type Term } from '@camelc/problem';
import { namer } from './linear-model.js';
import { constant, floatText, scaleOf, whole, type Value } from './minizinc-values.js';
import { Writer, type Atoms } from './minizinc-writer.js';
import { Inexpressible, inexpressible } from './minizinc-arithmetic.js';
import { solveItem } from './minizinc-text.js';
import { rowsOf } from './rows.js';

/** The MiniZinc model of the first stage, or what cannot be said in it. */
export function minizincDedicated(problem: Problem): { text?: string; diagnostics: Diagnostic[] } {
  const { rows: made, diagnostics } = rowsOf(problem);
  if (!made) return { diagnostics };
  const { structure, goal, rows, conditions, doubtful, valueAt, holdsWith } = made;
  const name = namer();
  const names = problem.components.map((c) => name(c.name));
  const row = (i: number): string => `row_${names[i]!}`;

  const atoms: Atoms = {
    value(term, under) {
      const involved = structure.involves(term);
      if (involved.length === 0) return constantOf(structure.constant(term), term);
      if (involved.length === 1) return table(involved[0]!, (i) => valueAt(term, involved[0]!, rows[involved[0]!]![i]!), under, term);
      const sum = structure.separate(term);
      if (isSeparated(sum)) return sumOf(sum, under, term);
      return term.kind === 'total' ? writer.multiply(constant(term.factor), writer.value(totalTerm(problem, term), under)) : undefined;
    },
    holds(condition, under) {
      const involved = structure.involvesIn(condition);
      if (involved.length > 1) return undefined;
      const component = involved[0] ?? 0;
      const truths = rows[component]!.map((r) => holdsWith(condition, [{ component, row: r }]));
      defined(
        component,
        truths.map((t) => t === undefined),
        under,
      );
      return among(
        component,
        truths.map((t) => t === true),
      );
    },
  };
  const writer = new Writer(problem, atoms);

  function constantOf(value: number, { place }: Term): Value {
    if (!Number.isFinite(value)) throw new Inexpressible('a value that is infinite or undefined', place);
    return constant(value);
  }

  /** By component, the parts of a sum in one table. */
  function sumOf({ constant: rest, parts }: Separated, under: readonly string[], term: Term): Value {
    const components = [...new Set(parts.map((p) => p.component))];
    return components
      .map((c) => {
        const own = parts.filter((p) => p.component === c);
        return table(c, (i) => own.reduce((sum, { weight, term: part }) => sum + weight * valueAt(part, c, rows[c]![i]!), 0), under, term);
      })
      .reduce<Value>((a, b) => writer.add(a, b, 1), constantOf(rest, term));
  }

  /** The value that a component's row has in a table. */
  function table(component: number, valueOf: (row: number) => number, under: readonly string[], { place }: Term): Value {
    const computed = rows[component]!.map((_, i) => valueOf(i));
    defined(component, computed.map(Number.isNaN), under);
    const values = computed.map((v) => (Number.isNaN(v) ? 0 : v));
    if (!values.every(Number.isFinite)) throw new Inexpressible('a value that may be infinite', place);
    if (values.every((v) => v === values[0])) return constant(values[0] ?? 0);
    const scale = scaleOf(values);
    const t = writer.name('t');
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (scale) {
      writer.lines.push(`array[1..${values.length}] of int: ${t} = [${values.map((v) => Math.round(v * scale)).join(', ')}];`);
      return whole(`${t}[${row(component)}]`, Math.round(low * scale), Math.round(high * scale), scale);
    }
    writer.lines.push(`array[1..${values.length}] of float: ${t} = [${values.map(floatText).join(', ')}];`);
    const float = writer.float(undefined, low, high);
    writer.lines.push(`constraint forall(r in 1..${values.length})(${row(component)} = r -> ${float.text} = ${t}[r]);`);
    return float;
  }

  /** Rules out the rows with which a value is undefined. */
  function defined(component: number, undefinedAt: boolean[], under: readonly string[]): void {
    if (undefinedAt.includes(true))
      writer.require(
        among(
          component,
          undefinedAt.map((u) => !u),
        ),
        under,
      );
  }

  function among(component: number, members: boolean[]): string {
    if (!members.includes(false)) return 'true';
    if (!members.includes(true)) return 'false';
    const ranges: [number, number][] = [];
    members.forEach((m, k) => {
      if (!m) return;
      const last = ranges.at(-1);
      if (last && last[1] === k) last[1] = k + 1;
      else ranges.push([k + 1, k + 1]);
    });
    return `(${row(component)} in (${ranges.map(([a, b]) => `${a}..${b}`).join(' union ')}))`;
  }

  try {
    const asked = [...conditions, ...placementConditions(problem)].map((c) => writer.condition(c)).filter((text) => text !== 'true');
    const value = writer.value(goal.term);
    // What they ask for in order to be defined, no solution may lack.
    for (const { term } of doubtful) writer.value(term);
    const rowsText = problem.components.flatMap((_, i) => {
      const list = rows[i]!;
      const [count, of] = [list.length, names[i]!];
      return [
        `array[1..${count}] of string: candidate_${of} = [${list.map((r) => JSON.stringify(r.candidate === null ? 'none' : problem.candidates[r.candidate]!.id)).join(', ')}];`,
        `array[1..${count}] of int: number_${of} = [${list.map((r) => r.cardinality).join(', ')}];`,
        `var 1..${count}: row_${of};`,
      ];
    });
    if (rows.some((list) => list.length === 0)) rowsText.push('constraint false;');
    const decided = names.map((of) => `"${of}: \\(number_${of}[fix(row_${of})]) on " ++ candidate_${of}[fix(row_${of})] ++ "\\n"`);
    const search = `int_search([${names.map((of) => `row_${of}`).join(', ')}], first_fail, indomain_min)`;
    return {
      text: [
        `% What ${problem.application} optimises first: ${goal.name}. A component takes one of its rows, each so many instances on a candidate.`,
        ...rowsText,
        '',
        ...writer.lines,
        ...asked.map((text) => `constraint ${text};`),
        ...solveItem(goal, value, search, decided),
      ].join('\n'),
      diagnostics,
    };
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    return { diagnostics: [...diagnostics, inexpressible(error)] };
  }
}

/** What dedicated placement asks for besides constraints, as conditions. */
function placementConditions(problem: Problem): ProblemCondition[] {
  const { place } = problem.components[0]!;
  const is = (term: Term, operator: '==' | '<=' | '>=', threshold: number): ProblemCondition => ({ kind: 'comparison', term, operator, threshold, place, thresholdPlace: place });
  const number = (component: string): Term => ({ kind: 'decision', component, attribute: 'cardinality', factor: 1 });
  const deployed = (component: string): Term => ({ kind: 'operator', operator: '>', operands: [number(component), { kind: 'number', value: 0 }] });
  const sum = (terms: Term[]): Term => ({ kind: 'call', function: 'sum', arguments: terms });

  const needs = problem.components.flatMap(({ name, needs: own }) =>
    own
      .filter(({ providers }) => !providers.includes(name))
      .map(({ providers }): ProblemCondition => ({ kind: 'if', if: is(number(name), '>=', 1), then: is(sum(providers.map(deployed)), '>=', 1), place })),
  );
  const alternatives = problem.alternatives.map(({ components }) => is(sum(components.map(deployed)), '==', 1));
  const limits = problem.candidates.flatMap(({ limit }, c) => {
    const users = problem.components.filter(({ candidates }) => candidates.includes(c)).map((u) => u.name);
    if (limit === undefined || users.length < 2) return [];
    const used = users.map((user, k): Term => {
      const there: Term = {
        kind: 'operator',
        operator: '==',
        operands: [
          { kind: 'decision', component: user, attribute: 'candidate', factor: 1 },
          { kind: 'number', value: c },
        ],
      };
      const own: Term = { kind: 'operator', operator: '*', operands: [there, number(user)] };
      const shared = sharing(problem, users.slice(0, k), user);
      return shared ? { kind: 'call', function: 'if', arguments: [shared, { kind: 'number', value: 0 }, own] } : own;
    });
    return [is(sum(used), '<=', limit)];
  });
  return [...needs, ...alternatives, ...limits, ...placementRules(problem).flatMap((r) => (r.relaxed ? [] : [r.condition]))];
}
