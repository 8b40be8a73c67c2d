import { one, type LinearModel, type LinearTerm } from './linear-model.js';

/** A linear model in the CPLEX LP format, which glpsol, HiGHS, CBC, SCIP, CPLEX and Gurobi read. Lines are kept short, as readers bound their length. */
export function lpText({ comments, variables, objective, rows }: LinearModel): string {
  const sum = (terms: readonly LinearTerm[]): string => terms.map((t, k) => `${signed(t.coefficient)}${variables[t.variable]!.name}${k % 6 === 5 ? '\n   ' : ' '}`).join('');
  const row = (name: string, terms: LinearTerm[], relation: string, bound: number): string =>
    // A row needs a variable.
    ` ${name}: ${terms.length > 0 ? sum(terms) : `0 ${one} `}${relation} ${plainNumber(bound)}`;
  const lines = rows.flatMap(({ name, terms, low, high }) => {
    if (low === high) return [row(name, terms, '=', low)];
    const both = Number.isFinite(low) && Number.isFinite(high);
    return [
      ...(Number.isFinite(low) ? [row(both ? `${name}_low` : name, terms, '>=', low)] : []),
      ...(Number.isFinite(high) ? [row(both ? `${name}_high` : name, terms, '<=', high)] : []),
    ];
  });
  const [binaries, generals] = [variables.filter((v) => v.high === 1), variables.filter((v) => v.high !== 1)];
  return [
    ...[...comments, ...variables.map(({ name, says }) => `${name}: ${says}`)].map((line) => `\\ ${line}`),
    objective.minimise ? 'Minimize' : 'Maximize',
    ` ${objective.name}: ${sum(objective.terms)}${signed(objective.constant)}${one}`,
    'Subject To',
    ...lines,
    'Bounds',
    ` ${one} = 1`,
    ...generals.map(({ name, high }) => ` 0 <= ${name}${Number.isFinite(high) ? ` <= ${high}` : ''}`),
    ...(binaries.length > 0 ? ['Binary', ...binaries.map((v) => ` ${v.name}`)] : []),
    ...(generals.length > 0 ? ['General', ...generals.map((v) => ` ${v.name}`)] : []),
    'End',
    '',
  ].join('\n');
}

const signed = (coefficient: number): string => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient) === 1 ? '' : `${plainNumber(Math.abs(coefficient))} `}`;

/** A number as every reader takes it: JavaScript's shortest exact decimal, -0 as 0. */
export const plainNumber = (value: number): string => String(value + 0);
