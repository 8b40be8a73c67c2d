import type { Application } from '@camelc/application/model';
import { describe, expect, test } from 'vitest';
import { application, place, decision, metric, formula, num, ref, op, call, comparison, constraint, component, objective, candidate } from './applications.js';
import { buildProblem, compareCodePoints, evaluation, type Inputs } from '../src/index.js';

const [small, large] = [candidate('small', 0.1), candidate('large', 0.4, { cores: 8 })];
const fits = { Web: [small, large], Db: [large] };
const inputs: Inputs = { metrics: {}, currency: 'EUR' };
const codes = (result: { diagnostics: { code: string }[] }): string[] => result.diagnostics.map((d) => d.code);

describe('candidates', () => {
  test('in the order of their ids by code point, each once, with what formulas may ask', () => {
    const { problem } = buildProblem(
      application([]),
      { Web: [candidate('b', 1, { location: { id: 'l', latitude: 48, longitude: 2 }, limit: 3 }), candidate('B', 2)], Db: [candidate('b', 1), candidate('ä', 1)] },
      inputs,
    );
    expect(problem!.candidates.map((c) => c.id)).toEqual(['B', 'b', 'ä']);
    expect(problem!.components.map((c) => c.candidates)).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(['𐀀', '\uffff', 'a'].sort(compareCodePoints)).toEqual(['a', '\uffff', '𐀀']);
  });

  test('one that lacks what a formula asks is left out, with a warning; where all lack it, an error', () => {
    const app = application([decision('Lat', 'latitude', 'Web')], { objectives: [objective('Lat')] });
    const located = { ...large, location: { id: 'l', latitude: 50 } };
    const some = buildProblem(app, { Web: [small, located], Db: [small] }, inputs);
    expect(some.diagnostics).toMatchObject([{ code: 'problem/candidate-unknown', severity: 'warning', message: expect.stringContaining('small') }]);
    expect(some.problem!.components.map((c) => c.candidates.map((k) => some.problem!.candidates[k]!.id))).toEqual([['large'], ['small']]);
    expect(codes(buildProblem(app, fits, inputs))).toEqual(['problem/attribute-unknown']);
  });

  test('`on candidates` is the list over those that fit, with the factor, and only inside a list function', () => {
    const list = decision('Costs', 'price', 'Web', 'candidates', { factor: 730 });
    const good = buildProblem(application([list, formula('U', call('max', ref('Costs')))], { objectives: [objective('U')] }), fits, inputs);
    expect(good.problem!.formulas['M.U']!.term).toMatchObject({ arguments: [{ kind: 'list', values: [292, 73] }] });
    const bad = buildProblem(application([list, formula('U', op('+', num(1), ref('Costs', 17)))], { objectives: [objective('U')] }), fits, inputs);
    expect(bad.diagnostics).toMatchObject([{ code: 'problem/list-as-number', place: place(17), help: expect.stringContaining('min(Costs)') }]);
    const through = application([list, formula('L', ref('Costs')), formula('U', call('mean', ref('L')))], { objectives: [objective('U')] });
    const { problem } = buildProblem(through, fits, inputs);
    expect(evaluation(problem!, []).value(problem!.objectives[0]!.term)).toBe(182.5);
  });
});

describe('given values', () => {
  const app = application(
    [metric('Load', 5), formula('Smooth', call('mean', ref('Load', 6)), 7), decision('N', 'cardinality', 'Web'), formula('U', op('/', ref('Smooth'), ref('N')), 8)],
    { objectives: [objective('U')] },
  );
  const utility = (more: Partial<Inputs>): number | undefined => {
    const { problem } = buildProblem(app, fits, { ...inputs, ...more });
    return (
      problem &&
      evaluation(problem, [
        { candidate: 0, cardinality: 2 },
        { candidate: 0, cardinality: 1 },
      ]).value(problem.objectives[0]!.term)
    );
  };
  test('by bare or qualified name; a given value wins over a formula', () => {
    expect([
      utility({ metrics: { Load: 80 } }),
      utility({ metrics: { 'M.Load': 60 } }),
      utility({ metrics: { Load: 80, Smooth: 10 } }),
      utility({ metrics: { Smooth: 10 } }),
    ]).toEqual([40, 30, 5, 5]);
  });
  test('a metric that is needed and not given is named once, where it is used', () => {
    const { problem, diagnostics } = buildProblem(app, fits, inputs);
    expect(problem).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        code: 'problem/metric-missing',
        place: place(6),
        help: 'give it with `--metric Load=VALUE`, or in metrics.json of the folder that is solved',
        related: [{ place: place(5) }],
      },
    ]);
  });
  test('unknown, ambiguous and decided names', () => {
    const twice = application([...Object.values(app.variables), { ...metric('Load'), id: 'Other.Load' }]);
    const of = (a: Application, more: Partial<Inputs>) => buildProblem(a, fits, { ...inputs, ...more }).diagnostics.filter((d) => d.severity === 'error');
    expect(of(app, { metrics: { Laod: 1, Load: 1 } })).toMatchObject([{ code: 'problem/unknown-name', help: 'did you mean `Load`?' }]);
    expect(of(twice, { metrics: { Load: 1 } })).toMatchObject([{ code: 'problem/ambiguous-name', message: expect.stringContaining('`M.Load` and `Other.Load`') }]);
    expect(of(twice, { metrics: { 'M.Load': 1 } })).toEqual([]);
    expect(of(app, { metrics: { N: 1, Load: 1 } })).toMatchObject([{ code: 'problem/decided' }]);
    // A metric that has the name of a decision variable is the one that can be given.
    const same = application([...Object.values(app.variables), { ...metric('N'), id: 'M.N#2' }]);
    expect(of(same, { metrics: { N: 1, Load: 1 } })).toEqual([]);
    expect(of(same, { metrics: { 'M.N': 1, Load: 1 } })).toEqual([]);
    expect(of(app, { metrics: { Load: 1 }, currentValues: { N: 1 } })).toMatchObject([{ code: 'problem/not-current' }]);
  });
  test('wrong names of a metrics file are told where they stand; those of other applications in sight are for these', () => {
    const places = { Laod: place(91), N: place(92), Theirs: place(93) };
    const metrics = { Laod: 1, N: 1, Theirs: 1, Load: 1 };
    const { diagnostics } = buildProblem(app, fits, { ...inputs, metrics, placesOfMetrics: places, namesInSight: new Set(['Load', 'N', 'Theirs']) });
    expect(diagnostics.filter((d) => d.severity === 'error')).toMatchObject([
      { code: 'problem/unknown-name', message: expect.stringMatching(/^`Laod`: /), place: place(91) },
      { code: 'problem/decided', message: expect.stringMatching(/^`N`: /), place: place(92), related: [{ message: 'declared here' }] },
    ]);
  });
  test("values of the running deployment are the solution's own unless given, and a part that thereby says nothing gets a hint", () => {
    const current = application(
      [decision('N', 'cardinality', 'Web'), decision('Was', 'cardinality', 'Web', 'current'), formula('U', op('+', op('/', ref('Was'), ref('N')), ref('N')))],
      { objectives: [objective('U')] },
    );
    const value = (more: Partial<Inputs>) => {
      const { problem, diagnostics } = buildProblem(current, fits, { ...inputs, ...more });
      return [
        evaluation(problem!, [
          { candidate: 0, cardinality: 4 },
          { candidate: 0, cardinality: 1 },
        ]).value(problem!.objectives[0]!.term),
        codes({ diagnostics }),
      ];
    };
    expect(value({})).toEqual([5, ['problem/no-decision-left']]);
    expect(value({ currentValues: { Was: 2 } })).toEqual([4.5, []]);
    const change = application([decision('N', 'cardinality', 'Web'), decision('Was', 'cardinality', 'Web', 'current'), formula('U', op('-', ref('N'), ref('Was')))], {
      objectives: [objective('U')],
    });
    expect(codes(buildProblem(change, fits, inputs))).toEqual(['problem/no-decision-left']);
    const multiple = application([...Object.values(current.variables), formula('V', op('*', num(0.5), op('+', op('/', ref('Was'), ref('N')), ref('N'))))], {
      objectives: [objective('V')],
    });
    expect(codes(buildProblem(multiple, fits, inputs))).toEqual(['problem/no-decision-left']);
    expect(codes(buildProblem(change, fits, { ...inputs, currentValues: { Was: 2 } }))).toEqual([]);
  });
});

describe('constraints', () => {
  const variables = [metric('Load'), decision('N', 'cardinality', 'Web'), formula('Per', op('/', ref('Load'), ref('N')))];
  test('SLOs and parts never bind; a metric constraint binds when its metrics are given', () => {
    const app = application(variables, {
      constraints: [
        constraint('Slo', comparison('Load', 90, true), 'slo'),
        constraint('Part', comparison('N', 1), 'part'),
        constraint('Binding', comparison('Per', 40, true)),
        constraint('Few', comparison('N', 3)),
      ],
    });
    const open = buildProblem(app, fits, inputs);
    expect(open.problem!.constraints.map((c) => c.name)).toEqual(['Few']);
    expect(open.diagnostics).toMatchObject([{ code: 'problem/constraint-open', severity: 'hint', message: expect.stringContaining('`Load`') }]);
    expect(buildProblem(app, fits, { ...inputs, metrics: { Load: 80 } }).problem!.constraints.map((c) => c.name)).toEqual(['Binding', 'Few']);
  });
  test('a variable constraint needs its metrics', () => {
    expect(codes(buildProblem(application(variables, { constraints: [constraint('C', comparison('Per', 40))] }), fits, inputs))).toEqual(['problem/metric-missing']);
  });
});

describe('formulas', () => {
  test('that use each other in a circle', () => {
    const app = application([formula('A', op('+', ref('B'), num(1))), formula('B', op('*', ref('A', 9), num(2)))], { objectives: [objective('A')] });
    expect(buildProblem(app, fits, inputs).diagnostics).toMatchObject([{ code: 'problem/cyclic-formula', place: place(9), message: expect.stringContaining('`A` → `B` → `A`') }]);
  });
  test('that call what is no function', () => {
    const app = application([formula('A', call('sqrt', num(4), num(2)))], { objectives: [objective('A')] });
    expect(codes(buildProblem(app, fits, inputs))).toEqual(['problem/unknown-function']);
  });
  test('cost and hosts of the whole deployment; other attributes need a component', () => {
    const app = application(
      [
        decision('Total', 'price', undefined, 'solution', { factor: 730 }),
        decision('Hosts', 'cardinality'),
        formula('U', op('+', ref('Total'), ref('Hosts'))),
        decision('Lost', 'memory'),
      ],
      { objectives: [objective('U')] },
    );
    const { problem } = buildProblem(app, fits, inputs);
    expect(
      evaluation(problem!, [
        { candidate: 1, cardinality: 2 },
        { candidate: 0, cardinality: 1 },
      ]).value(problem!.objectives[0]!.term),
    ).toBeCloseTo(730 * 0.6 + 3, 9);
    expect(codes(buildProblem({ ...app, objectives: [objective('Lost')] }, fits, inputs))).toEqual(['problem/no-component']);
  });
  test('hardware of a component in shared placement', () => {
    const app = application([decision('Cores', 'cores', 'Web')], { placement: 'shared', objectives: [objective('Cores')] });
    expect(codes(buildProblem(app, fits, inputs))).toEqual(['problem/hardware-in-shared-placement']);
  });
  test('prices of another currency need a rate', () => {
    const app = application([decision('Dollars', 'price', 'Web', 'solution', { currency: 'USD' })], { objectives: [objective('Dollars')] });
    expect(buildProblem(app, fits, inputs).diagnostics).toMatchObject([{ code: 'problem/currency', help: 'give one with `--rate USD=VALUE`' }]);
    const { problem } = buildProblem(app, fits, { ...inputs, rates: { USD: 0.8 } });
    expect(
      evaluation(problem!, [
        { candidate: 1, cardinality: 1 },
        { candidate: 0, cardinality: 1 },
      ]).value(problem!.objectives[0]!.term),
    ).toBeCloseTo(0.125, 12);
  });
});

test('a mandatory port needs one of those that it communicates with', () => {
  const port = (name: string, mandatory: boolean) => ({ name, place: place(3), low: 80, high: 80, mandatory });
  const to = (target: string, name: string) => ({ name: `${name}To${target}`, place: place(4), from: { component: 'Web', port: name }, to: { component: target, port: 'P' } });
  const app = application([], {
    components: [component('Web', { requiredPorts: [port('Must', true), port('May', false), port('Alone', true)] }), component('Db'), component('Db2')],
    communications: [to('Db', 'Must'), to('Db2', 'Must'), to('Db', 'May')],
  });
  expect(buildProblem(app, { ...fits, Db2: [] }, inputs).problem!.components[0]!.needs).toEqual([{ port: 'Must', place: place(3), providers: ['Db', 'Db2'] }]);
});
