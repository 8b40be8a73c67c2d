/** What a problem asks for across components beyond constraints and placement rules, as conditions over terms. */
import { sharing, type Problem, type ProblemCondition, type Term } from '@camelc/problem';

const number = (value: number): Term => ({ kind: 'number', value });
const instances = (component: string): Term => ({ kind: 'decision', component, attribute: 'cardinality', factor: 1 });
const operator = (name: '+' | '*' | '==' | '>' | 'or' | 'not', ...operands: Term[]): Term => ({ kind: 'operator', operator: name, operands });
const deployed = (component: string): Term => operator('>', instances(component), number(0));
const sumOf = (terms: readonly Term[]): Term => terms.reduce((a, b) => operator('+', a, b));

/** Conditions for the candidates' limits, for mandatory ports, and for alternatives. */
export function impliedConditions(problem: Problem): ProblemCondition[] {
  const { place } = problem.components[0] ?? {};
  if (!place) return [];
  const comparison = (term: Term, operator: '<=' | '==', threshold: number): ProblemCondition => ({ kind: 'comparison', term, operator, threshold, place, thresholdPlace: place });

  const limits = problem.candidates.flatMap(({ limit }, c): ProblemCondition[] => {
    if (limit === undefined) return [];
    const users = problem.components.filter((component) => component.candidates.includes(c)).map(({ name }) => name);
    if (users.length < 2) return [];
    const hosts = users.map((name, i): Term => {
      const own = operator('*', operator('==', { kind: 'decision', component: name, attribute: 'candidate', factor: 1 }, number(c)), instances(name));
      const shared = sharing(problem, users.slice(0, i), name);
      return shared ? operator('*', operator('not', shared), own) : own;
    });
    return [comparison(sumOf(hosts), '<=', limit)];
  });
  const needs = problem.components.flatMap(({ name, needs }) =>
    needs
      .filter(({ providers }) => !providers.includes(name))
      .map(({ providers }) =>
        comparison(
          [operator('not', deployed(name)), ...providers.map(deployed)].reduce((a, b) => operator('or', a, b)),
          '==',
          1,
        ),
      ),
  );
  const alternatives = problem.alternatives.map(({ components }) => comparison(sumOf(components.map(deployed)), '==', 1));
  return [...limits, ...needs, ...alternatives];
}
