import { describe, expect, test } from 'vitest';
import { buildProblem, undefinedParts, type Problem } from '../src/index.js';
import { application, call, candidate, comparison, component, constraint, decision, formula, num, objective, op, place, ref } from './applications.js';

const large = candidate('large', 0.4, { cores: 8 });
const fits = { Web: [large, candidate('small', 0.1, { cores: 2 }), candidate('tiny', 0.05, { cores: 1 })], Db: [large] };
const posed = (expression: Parameters<typeof formula>[1], more: Parameters<typeof application>[1] = {}): Problem =>
  buildProblem(
    application([decision('Cores', 'cores', 'Web'), decision('N', 'cardinality', 'Web'), formula('Part', expression), formula('U', op('+', num(1), ref('Part')))], {
      objectives: [objective('U')],
      ...more,
    }),
    fits,
    {
      metrics: {},
      currency: 'EUR',
    },
  ).problem!;
const solution = [
  { cardinality: 1, candidate: 'large' },
  { cardinality: 1, candidate: 'large' },
];
const messages = (problem: Problem, base = solution): string[] => undefinedParts(problem, base).map((d) => d.message);

describe('what is undefined is said', () => {
  test('with the part that is undefined, its values, and where that happens', () => {
    const part = { ...call('ln', op('-', ref('Cores'), num(2.5))), place: place(7) };
    const [warning, ...more] = undefinedParts(posed(op('*', num(2), part)), solution);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ code: 'problem/undefined', severity: 'warning', place: place(7) });
    expect(warning!.message).toBe('`ln(-0.5)` is undefined, so deployments with Web on small or Web on tiny are left out');
  });
  test('also where no deployment is left', () => {
    expect(messages(posed(call('sqrt', op('neg', ref('Cores')))), [])).toEqual(['`sqrt(-8)` is undefined, so all deployments are left out']);
  });
  test('for numbers of instances, none included', () => {
    const optional = { components: [component('Web', { scale: { minimum: 0, maximum: 4 } }), component('Db')] };
    expect(messages(posed(op('/', num(0), ref('N')), optional))).toEqual(['`0 / 0` is undefined, so deployments with no instance of Web are left out']);
    expect(messages(posed(call('ln', op('-', num(3.5), ref('N')))))).toEqual(['`ln(-0.5)` is undefined, so deployments with 4 instances of Web are left out']);
  });
  test('in constraints', () => {
    const bound = { objectives: [], constraints: [constraint('C', comparison('Part', 5))] };
    expect(messages(posed(call('fact', op('/', ref('Cores'), num(2))), bound))).toEqual(['`fact(0.5)` is undefined, so deployments with Web on tiny are left out']);
  });
  test('but not what is infinite, or not evaluated', () => {
    expect(messages(posed(op('/', num(1), op('-', ref('Cores'), num(2)))))).toEqual([]);
    expect(messages(posed(call('if', op('>', ref('Cores'), num(2)), call('ln', op('-', ref('Cores'), num(2))), num(0))))).toEqual([]);
  });
  test('however many candidates there are, a few hundred are looked at', () => {
    const many = Array.from({ length: 5000 }, (_, i) => candidate(`c${String(i).padStart(4, '0')}`, 1, { cores: i % 2 }));
    const { problem } = buildProblem(
      application([decision('Cores', 'cores', 'Web'), formula('U', call('ln', op('-', ref('Cores'), num(0.5))))], { objectives: [objective('U')] }),
      { ...fits, Web: many },
      { metrics: {}, currency: 'EUR' },
    );
    const [warning] = undefinedParts(problem!, []);
    expect(warning!.message).toMatch(/^`ln\(-0.5\)` is undefined/);
    expect(Number(/and (\d+) more/.exec(warning!.message)![1])).toBeLessThan(400);
  });
});
