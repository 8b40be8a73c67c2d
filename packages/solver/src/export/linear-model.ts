/** A mixed integer linear program with names that say what they mean, for the formats that other solvers read. */
import type { Assignment } from '@camelc/problem';

export interface LinearModel {
  /** What the file is about, line by line. */
  comments: string[];
  variables: LinearVariable[];
  objective: { name: string; minimise: boolean; terms: LinearTerm[]; constant: number };
  rows: LinearRow[];
}

/** Each takes whole numbers from 0 on. */
export interface LinearVariable {
  name: string;
  /** What it counts, for the comment that explains the name. */
  says: string;
  /** 1: binary; Infinity: no bound. */
  high: number;
}

/** `coefficient` × the variable with that index. */
export interface LinearTerm {
  variable: number;
  coefficient: number;
}

export interface LinearRow {
  name: string;
  terms: LinearTerm[];
  /** ±Infinity: no bound. */
  low: number;
  high: number;
}

/** A row of a component as a variable of the program. */
export interface RowVariable {
  component: number;
  row: Assignment;
  variable: number;
}

/** The term of a row's variable. */
export const each =
  (coefficient: number) =>
  ({ variable }: RowVariable): LinearTerm => ({ variable, coefficient });

/** Carries the objective's constant: some readers know none. */
export const one = 'one';

/** Makes names of texts: letters, digits and underscores, each name once. */
export function namer(): (text: string) => string {
  const used = new Set<string>([one]);
  return (text) => {
    const plain = text.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 120);
    const base = /^[A-Za-z]/.test(plain) ? plain : `n_${plain}`;
    let name = base;
    for (let k = 2; used.has(name.toLowerCase()); k++) name = `${base}_${k}`;
    used.add(name.toLowerCase());
    return name;
  };
}

/** The terms of a sum with one for each variable at most, without zeros. */
export function gathered(terms: readonly LinearTerm[]): LinearTerm[] {
  const sums = new Map<number, number>();
  for (const { variable, coefficient } of terms) sums.set(variable, (sums.get(variable) ?? 0) + coefficient);
  return [...sums].filter(([, coefficient]) => coefficient !== 0).map(([variable, coefficient]) => ({ variable, coefficient }));
}

/** Of binary variables that the objective and every row count alike only the first: rows that choose at most one of them need no more. */
export function withoutTwins(model: LinearModel): LinearModel {
  const columns = model.variables.map((): string[] => []);
  for (const { variable, coefficient } of model.objective.terms) columns[variable]!.push(`${coefficient}`);
  model.rows.forEach(({ terms }, r) => {
    for (const { variable, coefficient } of terms) columns[variable]!.push(`${r}:${coefficient}`);
  });
  const kept = new Map<string, number>();
  columns.forEach((column, v) => {
    const key = column.join();
    if (!kept.has(key)) kept.set(key, v);
  });
  const position = new Map([...kept.values()].map((v, k) => [v, k]));
  const reduced = (terms: readonly LinearTerm[]): LinearTerm[] =>
    terms.flatMap(({ variable, coefficient }) => {
      const at = position.get(variable);
      return at === undefined ? [] : [{ variable: at, coefficient }];
    });
  return {
    ...model,
    variables: model.variables.filter((_, v) => position.has(v)),
    objective: { ...model.objective, terms: reduced(model.objective.terms) },
    rows: model.rows.map((row) => ({ ...row, terms: reduced(row.terms) })),
  };
}
