/** Random problems of dedicated placement, small enough to compare all answers. */
import type { Problem, ProblemCondition, Term } from '@camelc/problem';
import fc from 'fast-check';
import {
  call,
  component,
  constraint,
  cost,
  instances,
  is,
  maximise,
  minimise,
  minus,
  of,
  operator,
  over,
  place,
  plus,
  problem,
  times,
  total,
} from '../../packages/solver/test/problems.js';

/** A part of a formula with one component. */
const part = (name: string): fc.Arbitrary<Term> =>
  fc.oneof(
    fc.constant(instances(name)),
    fc.constant(cost(name)),
    fc.constant(times(of(name, 'cores'), instances(name))),
    fc.constantFrom('sqrt', 'exp', 'ln').map((f) => call(f, plus(1, cost(name)))),
    fc.constant(over(instances(name), plus(1, of(name, 'price')))),
  );

const sumOver = (names: string[]): fc.Arbitrary<Term> =>
  fc.tuple(...names.map((n) => fc.tuple(fc.constantFrom(-2, -0.5, 1, 1.5, 3), part(n)))).map((parts) => plus(...parts.map(([w, t]) => times(w, t))));

/** What rises or falls with one sum. */
const followed = (names: string[]): fc.Arbitrary<Term> =>
  fc.oneof(
    fc.constant(over(1, plus(1, total('cost')))),
    fc.constant(minus(5, call('sqrt', total('cost')))),
    fc.constant(operator('neg', call('exp', times(0.25, total('hosts'))))),
    fc.constant(plus(...names.map(cost))),
  );

/** What only MiniZinc takes. */
const coupled = (a: string, b: string): fc.Arbitrary<Term> =>
  fc.constantFrom(
    times(of(a, 'cores'), of(b, 'cores')),
    over(times(of(a, 'cores'), instances(a)), plus(1, total('cost'))),
    call('min', times(instances(a), of(a, 'cores')), times(2, instances(b))),
    call('max', of(a, 'price'), call('sqrt', plus(0.3, cost(b)))),
    plus(call('sin', plus(cost(a), cost(b))), call('exp', times(-1, total('cost')))),
    call('if', operator('>', instances(a), instances(b)), of(a, 'cores'), over(of(b, 'cores'), plus(2, cost(a)))),
    operator('^', plus(cost(a), of(b, 'price')), 2),
    call('pow', plus(1.5, cost(a)), over(of(b, 'price'), 2)),
    call('ln', plus(1, times(cost(a), cost(b)))),
    call('acos', over(instances(a), plus(1, instances(b)))),
    times(operator('and', operator('>=', instances(a), instances(b)), operator('<', of(b, 'cores'), 4)), total('cost')),
  );

const condition = (names: string[]): fc.Arbitrary<ProblemCondition> => {
  const [a, b] = [names[0]!, names.at(-1)!];
  const whole = fc.tuple(fc.constantFrom(-1, 1, 2), fc.constantFrom(1, 3)).map(([v, w]) => plus(times(v, instances(a)), times(w, instances(b))));
  const atom = fc.oneof(
    fc.tuple(whole, fc.constantFrom('<', '<=', '>', '>=', '==' as const), fc.integer({ min: 0, max: 6 })).map(([t, op, v]) => is(t, op as '<', v)),
    fc.tuple(fc.constantFrom('<', '>=' as const), fc.constantFrom(0.43, 1.21, 2.17)).map(([op, v]) => is(total('cost'), op as '<', v)),
    fc.constantFrom(3, 6, 9).map((v) => is(plus(...names.map((n) => times(of(n, 'cores'), instances(n)))), '>=', v)),
    fc.constantFrom(3, 5).map((v) => is(times(of(a, 'cores'), of(b, 'cores')), '<=', v)),
    fc.constant(is(over(1, plus(1, total('cost'))), '>=', 0.4)),
  );
  return fc.oneof(
    { arbitrary: atom, weight: 3 },
    fc.tuple(fc.constantFrom('or', 'xor', 'and' as const), atom, atom).map(([kind, x, y]): ProblemCondition => ({ kind: kind as 'or', conditions: [x, y], place: place(1) })),
    fc.tuple(atom, atom).map(([x, y]): ProblemCondition => ({ kind: 'if', if: x, then: y, place: place(1) })),
  );
};

/** @param kind of its objective: what linear programs take, or more */
export const randomDedicated = (kind: 'linear' | 'any'): fc.Arbitrary<Problem> =>
  fc.integer({ min: 2, max: 3 }).chain((size) => {
    const names = ['Web', 'Data base', 'Queue'].slice(0, size);
    const [a, b] = [names[0]!, names[1]!];
    const candidate = fc.record({
      price: fc.constantFrom(0.1, 0.25, 0.3, 0.375, 0.9),
      cores: fc.constantFrom(1, 2, 4),
      limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 2 }),
      zone: fc.constantFrom('k/r/1', 'k/r/2'),
    });
    const objective = kind === 'linear' ? fc.oneof(sumOver(names), followed(names)) : coupled(a, b);
    return fc
      .record({
        candidates: fc.array(candidate, { minLength: 3, maxLength: 3 }),
        ranges: fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 })), { minLength: size, maxLength: size }),
        objective: fc.option(fc.tuple(objective, fc.boolean()), { freq: 5, nil: undefined }),
        conditions: fc.array(condition(names), { maxLength: 2 }),
        coupling: fc.option(fc.constantFrom('host', 'zone', 'region' as const), { freq: 1, nil: undefined }),
        separation: fc.option(fc.constantFrom('zone', 'host' as const), { freq: 1, nil: undefined }),
        alternative: fc.boolean(),
        needs: fc.boolean(),
      })
      .map(({ candidates, ranges, objective: goal, conditions, coupling, separation, alternative, needs }) =>
        problem(
          candidates.map(({ limit, ...c }) => ({ ...c, ...(limit && { limit }) })),
          names.map((name, i) =>
            component(name, ranges[i]![0], ranges[i]![1], [0, 1, 2].slice(0, i === 1 ? 2 : 3), {
              demands: { cores: i === 0 ? 1 : 2 },
              ...(needs && i === 0 && { needs: [{ port: 'Port', place: place(2), providers: [b] }] }),
            }),
          ),
          {
            objectives: goal ? [goal[1] ? minimise(goal[0]) : maximise(goal[0])] : [],
            constraints: conditions.map((c, i) => constraint(`Rule ${i}`, c)),
            couplings: coupling ? [{ name: 'Together', place: place(3), level: coupling, relaxed: false, components: [a, b] }] : [],
            separations: separation && size === 3 ? [{ name: 'Apart', place: place(4), level: separation, relaxed: false, components: [b, names[2]!] }] : [],
            alternatives: alternative && size === 3 ? [{ name: 'Either', place: place(5), components: [a, names[2]!] }] : [],
          },
        ),
      );
  });
