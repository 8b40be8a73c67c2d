import type { Place } from '@camelc/diagnostics';
import { describe, expect, test } from 'vitest';
import { buildProblem, evaluation, readRunning, type Assignment, type Inputs, type Problem } from '../src/index.js';
import { application, candidate, component, decision, formula, objective, op, ref } from './applications.js';

const file = 'current.json';
const read = (json: unknown) => readRunning(typeof json === 'string' ? json : JSON.stringify(json, undefined, 1), file);
const said = (json: unknown): string[] => read(json).diagnostics.map((d) => d.message.replace('this file holds no running deployment: ', ''));

describe('the file of the running deployment', () => {
  test('written by hand: a host for each instance', () => {
    const { running, diagnostics } = read({
      currency: 'USD',
      components: [
        { name: 'Web', cardinality: 2, candidate: 'small' },
        { name: 'Db', cardinality: 1, candidate: { id: 'large', price: 0.5 } },
        { name: 'Cache', cardinality: 0 },
      ],
    });
    expect(diagnostics).toEqual([]);
    expect(running).toMatchObject({
      currency: 'USD',
      hosts: [
        { candidate: 'small', number: 2, components: ['Web'] },
        { candidate: 'large', number: 1, components: ['Db'], price: 0.5 },
      ],
    });
    expect([...running!.places.keys()]).toEqual(['Web', 'Db', 'Cache']);
    expect(running!.hosts[0]!.place.range.start).toEqual({ line: 6, character: 16 });
  });

  test('as solve prints it: hosts with their components, prices aside', () => {
    const printed = {
      formatVersion: 1,
      status: 'optimal',
      components: [
        { name: 'Web', cardinality: 4 },
        { name: 'Db', cardinality: 2, reasons: {} },
      ],
      hosts: [{ candidate: 'large', number: 2, components: ['Web', 'Web', 'Db'] }],
      prices: { large: 0.3 },
    };
    expect(read(printed).running!.hosts).toMatchObject([{ candidate: 'large', number: 2, components: ['Web', 'Web', 'Db'], price: 0.3 }]);
  });

  test.each([
    ['{', ['not JSON: a name in double quotes is expected, the file ends here']],
    [[], ['it has neither `components` nor `hosts`']],
    [{ status: 'infeasible', components: [] }, ['its status is infeasible, so nothing runs']],
    [{ components: {} }, ['components is no list', 'it has neither `components` nor `hosts`']],
    [{ components: [{ cardinality: 1 }] }, ['a component has no `name`']],
    [{ components: [{ name: 'Web', cardinality: 1.5 }] }, ['the `cardinality` of Web is no whole number from 0 on']],
    [{ components: [{ name: 'Web', cardinality: 1 }] }, ['`candidate` is neither the id of one nor an object with its `id`']],
    [{ components: [{ name: 'Web', cardinality: 1, candidate: { id: 'a', price: -1 } }] }, ['the `price` of a is no number from 0 on']],
    [{ components: ['Web', { name: 'toString', cardinality: 0 }, { name: 'toString', cardinality: 0 }] }, ['a component has no `name`', 'toString stands here twice']],
    [{ hosts: [{ candidate: 'a', number: 0, components: ['Web'] }] }, ['the `number` of hosts is no whole number from 1 on']],
    [{ hosts: [{ candidate: 'a', number: 1, components: [] }] }, ['`components` is no list of names']],
    [{ components: [{ name: 'Web', cardinality: 3 }], hosts: [{ candidate: 'a', number: 1, components: ['Web'] }] }, ['Web has the cardinality 3, and 1 on the hosts']],
  ])('%j is refused', (json, why) => expect(said(json)).toEqual(why));

  test('the mistake is marked', () => {
    const [fault] = read('{ "components": [\n  { "name": "Web", "cardinality": -1 } ] }').diagnostics;
    expect(fault!.place).toEqual({ file, range: { start: { line: 1, character: 34 }, end: { line: 1, character: 36 } } } satisfies Place);
  });
});

const [small, large] = [candidate('small', 0.1), candidate('large', 0.4, { cores: 8, location: { id: 'l', latitude: 50 } })];
const fits = { Web: [small, large], Db: [large] };
const inputs = (json: unknown, more: Partial<Inputs> = {}, minGain = 0): Inputs => ({
  metrics: {},
  currency: 'EUR',
  running: { deployment: read(json).running!, candidates: new Map([small, large].map((c) => [c.id, c])), minGain },
  ...more,
});
const web = (cardinality: number, id = 'small', price?: number) => ({ name: 'Web', cardinality, candidate: price === undefined ? id : { id, price } });
const anything: Assignment[] = [
  { candidate: 0, cardinality: 4 },
  { candidate: 0, cardinality: 1 },
];

describe('current-config', () => {
  const variables = [
    decision('Was', 'cardinality', 'Web', 'current'),
    decision('WasPrice', 'price', 'Web', 'current'),
    decision('WasCores', 'cores', 'Web', 'current'),
    decision('WasMemory', 'memory', 'Web', 'current', { factor: 1 / 1024 }),
    decision('WasLatitude', 'latitude', 'Web', 'current'),
    decision('WasCost', 'price', undefined, 'current', { factor: 730 }),
    decision('WasHosts', 'cardinality', undefined, 'current'),
    decision('DbWas', 'cardinality', 'Db', 'current'),
  ];
  const posed = (name: string, input: Inputs) => buildProblem(application(variables, { objectives: [objective(name)] }), fits, input);
  const value = (name: string, input: Inputs): number => {
    const { problem } = posed(name, input);
    return evaluation(problem!, anything).value(problem!.objectives[0]!.term);
  };
  const runs = inputs({ components: [web(3), { name: 'Db', cardinality: 1, candidate: 'large' }] });

  test('has the value of the component that runs', () => {
    expect(['Was', 'WasPrice', 'WasCores', 'WasMemory', 'WasHosts', 'DbWas'].map((name) => value(name, runs))).toEqual([3, 0.1, 2, 4, 4, 1]);
    expect(value('WasCost', runs)).toBeCloseTo(730 * 0.7, 9);
  });
  test("what is given wins, and a component that does not run yet has the solution's own", () => {
    const onlyDb = { components: [web(0), { name: 'Db', cardinality: 1, candidate: 'large' }] };
    expect(value('Was', { ...runs, currentValues: { Was: 7 } })).toBe(7);
    expect([value('Was', inputs(onlyDb)), value('WasHosts', inputs(onlyDb)), value('WasHosts', inputs({ components: [] }))]).toEqual([4, 1, 5]);
  });
  test("today's price counts, the recorded one where the candidate is no more", () => {
    expect(value('WasPrice', inputs({ components: [web(1, 'small', 9)] }))).toBe(0.1);
    const gone = { currency: 'USD', components: [web(2, 'gone', 0.3)] };
    expect(value('WasPrice', inputs(gone, { rates: { USD: 0.5 } }))).toBe(0.15);
    expect(value('WasCost', inputs(gone, { rates: { USD: 0.5 } }))).toBeCloseTo(730 * 0.3, 9);
    const { diagnostics } = posed('WasCores', inputs(gone));
    expect(diagnostics).toMatchObject([
      { code: 'problem/running-candidate', severity: 'warning', place: { file } },
      { code: 'problem/current-unknown', severity: 'error', help: 'give it with `--current WasCores=VALUE`' },
    ]);
    expect(posed('WasLatitude', runs).diagnostics).toMatchObject([{ code: 'problem/current-unknown' }]);
    expect(posed('WasLatitude', { ...runs, currentValues: { WasLatitude: 48 } }).diagnostics).toEqual([]);
  });
  test('on several candidates: one value where they agree', () => {
    const both = {
      hosts: [
        { candidate: 'small', number: 1, components: ['Web'] },
        { candidate: 'large', number: 2, components: ['Web', 'Web'] },
      ],
    };
    expect([value('Was', inputs(both)), value('WasMemory', inputs(both))]).toEqual([5, 4]);
    expect(posed('WasCores', inputs(both)).diagnostics).toMatchObject([{ code: 'problem/current-several', message: expect.stringContaining('number of cores') }]);
  });
  test('a formula of the running deployment takes all that it names from there', () => {
    const load = formula('PerCore', op('/', ref('Per'), ref('Cores')));
    const app = application(
      [
        decision('N', 'cardinality', 'Web'),
        decision('Cores', 'cores', 'Web'),
        formula('Per', op('*', ref('N'), ref('DbN'))),
        decision('DbN', 'cardinality', 'Db'),
        { ...load, meaning: { ...load.meaning, current: true } as never },
        formula('U', op('-', ref('PerCore'), ref('N'))),
      ],
      { objectives: [objective('U')] },
    );
    const of = (input: Inputs): number => {
      const { problem } = buildProblem(app, fits, input);
      return evaluation(problem!, anything).value(problem!.objectives[0]!.term);
    };
    // Index 0 is `large`. Nothing runs: 4 * 1 / 8 - 4. Three on `small`, the database new: 3 * 1 / 2 - 4.
    expect([of({ metrics: {}, currency: 'EUR' }), of(inputs({ components: [web(3)] }))]).toEqual([-3.5, -2.5]);
  });
  test('the hint that a part decides nothing ends with a running deployment', () => {
    const app = application([decision('N', 'cardinality', 'Web'), decision('Was', 'cardinality', 'Web', 'current'), formula('U', op('-', ref('N'), ref('Was')))], {
      objectives: [objective('U')],
    });
    expect(buildProblem(app, fits, { metrics: {}, currency: 'EUR' }).diagnostics).toMatchObject([{ code: 'problem/no-decision-left' }]);
    expect(buildProblem(app, fits, inputs({ components: [web(3)] })).diagnostics).toEqual([]);
    expect(buildProblem(app, fits, inputs({ components: [web(0)] })).diagnostics).toMatchObject([{ code: 'problem/no-decision-left' }]);
  });
});

describe('the problem', () => {
  const of = (json: unknown, more: Partial<ReturnType<typeof component>> = {}, offered = fits) =>
    buildProblem(application([], { components: [component('Web', more), component('Db')] }), offered, inputs(json, {}, 0.5));
  const candidates = ({ candidates: all, components }: Problem): string[] => components[0]!.candidates.map((c) => all[c]!.id);

  test('says what runs, on which hosts, and what it takes to change it', () => {
    expect(of({ hosts: [{ candidate: 'large', number: 2, components: ['Web', 'Db', 'Web'] }] }).problem!.running).toEqual({
      instances: [[{ candidate: 'large', number: 4 }], [{ candidate: 'large', number: 2 }]],
      hosts: [{ candidate: 0, number: 2, instances: [2, 1] }],
      minGain: 0.5,
    });
    const gone = of({ components: [web(1, 'gone')] });
    expect(gone.problem!.running).toEqual({ instances: [[{ candidate: 'gone', number: 1 }], []], minGain: 0.5 });
  });
  test('what is no longer in the model is stopped', () => {
    const { problem, diagnostics } = of({
      hosts: [
        { candidate: 'large', number: 1, components: ['Wep', 'Db'] },
        { candidate: 'small', number: 1, components: ['Queue'] },
      ],
    });
    expect(diagnostics).toMatchObject([
      { code: 'problem/running-component', severity: 'warning', help: 'did you mean `Web`?' },
      { code: 'problem/running-component', message: expect.stringContaining('Queue'), place: { file } },
    ]);
    expect(problem!.running!.hosts).toEqual([{ candidate: 0, number: 1, instances: [0, 1] }]);
  });
  test('an unmoveable component that runs keeps its candidates, where they still fit', () => {
    const kept = of({ components: [web(2)] }, { unmoveable: true }).problem!;
    expect([candidates(kept), kept.components[0]!.unmoveable]).toEqual([['small'], true]);
    const lost = of({ components: [web(2)] }, { unmoveable: true }, { ...fits, Web: [large] }).problem!;
    expect([candidates(lost), lost.components[0]!.unmoveable]).toEqual([[], true]);
    const fresh = of({ components: [web(0)] }, { unmoveable: true }).problem!;
    expect([candidates(fresh), fresh.components[0]!.unmoveable]).toEqual([['large', 'small'], false]);
    expect(candidates(of({ components: [web(2)] }).problem!)).toEqual(['large', 'small']);
  });
  test('a list over candidates does not depend on what runs', () => {
    const app = application(
      [decision('Costs', 'price', 'Web', 'candidates'), formula('U', { kind: 'call', function: 'max', arguments: [ref('Costs')], place: component('Web').place })],
      {
        components: [component('Web', { unmoveable: true }), component('Db')],
        objectives: [objective('U')],
      },
    );
    const { problem } = buildProblem(app, fits, inputs({ components: [web(2)] }));
    expect(evaluation(problem!, anything).value(problem!.objectives[0]!.term)).toBe(0.4);
  });
});
