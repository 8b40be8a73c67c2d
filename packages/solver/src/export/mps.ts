import { one, type LinearModel, type LinearRow } from './linear-model.js';
import { plainNumber } from './lp.js';

/**
 * A linear model in the free MPS format. MPS minimises: where the model maximises, the objective is negated, and a comment says so.
 */
export function mpsText({ comments, variables, objective, rows }: LinearModel): string {
  const sign = objective.minimise ? 1 : -1;
  const cells: { row: string; coefficient: number }[][] = [...variables, one].map(() => []);
  const put = (variable: number, row: string, coefficient: number): void => void cells[variable]!.push({ row, coefficient });
  for (const { variable, coefficient } of objective.terms) put(variable, objective.name, sign * coefficient);
  put(variables.length, objective.name, sign * objective.constant);
  for (const { name, terms } of rows) for (const { variable, coefficient } of terms) put(variable, name, coefficient);
  // A column needs a row.
  for (const cell of cells) if (cell.length === 0) cell.push({ row: objective.name, coefficient: 0 });

  const names = [...variables.map((v) => v.name), one];
  return [
    ...[
      ...comments,
      ...(objective.minimise ? [] : [`MPS minimises: ${objective.name} is the value that the row ${objective.name} has, negated.`]),
      ...variables.map(({ name, says }) => `${name}: ${says}`),
    ].map((line) => `* ${line}`),
    'NAME camelc',
    'ROWS',
    ` N ${objective.name}`,
    ...rows.map((row) => ` ${senseOf(row)} ${row.name}`),
    'COLUMNS',
    " MARKER 'MARKER' 'INTORG'",
    ...names.flatMap((name, v) => cells[v]!.map(({ row, coefficient }) => ` ${name} ${row} ${plainNumber(coefficient)}`)),
    " MARKER 'MARKER' 'INTEND'",
    'RHS',
    ...rows.flatMap((row) => {
      const bound = Number.isFinite(row.high) ? row.high : row.low;
      return Number.isFinite(bound) ? [` RHS ${row.name} ${plainNumber(bound)}`] : [];
    }),
    'RANGES',
    ...rows.filter(({ low, high }) => low !== high && Number.isFinite(low) && Number.isFinite(high)).map(({ name, low, high }) => ` RANGE ${name} ${plainNumber(high - low)}`),
    'BOUNDS',
    ...variables.map(({ name, high }) => (high === 1 ? ` BV BOUND ${name}` : Number.isFinite(high) ? ` UP BOUND ${name} ${plainNumber(high)}` : ` PL BOUND ${name}`)),
    ` FX BOUND ${one} 1`,
    'ENDATA',
    '',
  ].join('\n');
}

const senseOf = ({ low, high }: LinearRow): string => (low === high ? 'E' : Number.isFinite(high) ? 'L' : Number.isFinite(low) ? 'G' : 'N');
