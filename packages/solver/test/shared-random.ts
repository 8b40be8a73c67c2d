/** Random problems of shared placement, small enough to compare all answers. */
import type { Coupling, Separation } from '@camelc/application/model';
import type { Problem, ProblemCondition, Term } from '@camelc/problem';
import fc from 'fast-check';
import { call, component, constraint, instances, is, maximise, minimise, minus, operator, over, place, plus, problem, times, total } from './problems.js';

const comparison = fc.constantFrom('<', '<=', '>', '>=', '==', '<>' as const) as fc.Arbitrary<'<' | '<=' | '>' | '>=' | '==' | '<>'>;
const weight = fc.constantFrom(-2, -1, -0.5, 0.5, 1, 3);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq: number): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq });

/** A quantity that formulas of shared placement may use. */
const quantity = (names: string[]): fc.Arbitrary<Term> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...names).map(instances), weight: 4 },
    { arbitrary: fc.constant(total('cost')), weight: 2 },
    { arbitrary: fc.constant(total('hosts')), weight: 1 },
  );

/** A term of any shape: sums, functions of one quantity, products, ratios, logic. */
const term = (names: string[], depth = 2): fc.Arbitrary<Term> => {
  const leaf = quantity(names);
  if (depth === 0) return leaf;
  const inner = term(names, depth - 1);
  return fc.oneof(
    leaf,
    fc.tuple(weight, leaf, weight, leaf).map(([v, a, w, b]) => plus(times(v, a), times(w, b))),
    fc.tuple(inner, inner).map(([a, b]) => plus(a, b)),
    fc.tuple(inner, inner).map(([a, b]) => minus(a, b)),
    fc.tuple(leaf, leaf).map(([a, b]) => times(a, b)),
    fc.tuple(leaf, leaf).map(([a, b]) => over(a, b)),
    fc.tuple(leaf, leaf).map(([a, b]) => over(a, plus(1, b))),
    leaf.map((a) => over(1, plus(1, a))),
    inner.map((a) => operator('neg', a)),
    fc.tuple(fc.constantFrom('sqrt', 'ln', 'exp', 'abs', 'floor', 'sin', 'sgn'), inner).map(([f, a]) => call(f, a)),
    fc.tuple(fc.constantFrom('min', 'max', 'mean', 'std', 'sum'), inner, leaf).map(([f, a, b]) => call(f, a, b)),
    fc.tuple(comparison, leaf, fc.integer({ min: 0, max: 3 }), inner).map(([op, a, v, b]) => call('if', operator(op, a, v + 0.125), b, 1)),
    fc.tuple(leaf, leaf).map(([a, b]) => operator('and', operator('>', a, 1.125), operator('<', b, 2.125))),
    leaf.map((a) => operator('^', minus(a, 1.5), 2)),
  );
};

const condition = (names: string[], depth = 1): fc.Arbitrary<ProblemCondition> => {
  // Thresholds on the values of whole numbers alone: cost is compared where no rounding decides.
  const whole = fc
    .array(fc.tuple(fc.constantFrom(-2, -1, 1, 2), fc.constantFrom(...names)), { minLength: 1, maxLength: 3 })
    .map((parts) => plus(...parts.map(([w, n]) => times(w, instances(n)))));
  const atom = fc.oneof(
    fc.tuple(whole, comparison, fc.integer({ min: -2, max: 5 })).map(([t, op, v]) => is(t, op, v)),
    fc.tuple(total('hosts') && fc.constant(total('hosts')), comparison, fc.integer({ min: 1, max: 4 })).map(([t, op, v]) => is(t, op, v)),
    fc.tuple(fc.constantFrom('<', '<=', '>', '>=' as const), fc.constantFrom(0.875, 1.375, 2.875, 4.125)).map(([op, v]) => is(total('cost'), op as '<', v)),
    fc.tuple(term(names), fc.constantFrom('<', '<=', '>', '>=' as const), fc.constantFrom(-1.37, 0.71, 1.62, 2.73, 4.67)).map(([t, op, v]) => is(t, op as '<', v)),
  );
  if (depth === 0) return atom;
  const inner = condition(names, depth - 1);
  const logic = fc
    .tuple(fc.constantFrom('and', 'or', 'xor' as const), fc.array(inner, { minLength: 2, maxLength: 3 }))
    .map(([kind, conditions]): ProblemCondition => ({ kind: kind as 'and', conditions, place: place(0) }));
  const ifThen = fc.tuple(inner, inner, maybe(inner, 2)).map(([a, b, c]): ProblemCondition => ({ kind: 'if', if: a, then: b, ...(c && { else: c }), place: place(0) }));
  return fc.oneof({ arbitrary: atom, weight: 4 }, { arbitrary: logic, weight: 1 }, { arbitrary: ifThen, weight: 1 });
};

const levels = ['host', 'host', 'zone', 'region', 'cloud'] as const;

export const randomShared: fc.Arbitrary<Problem> = fc.integer({ min: 1, max: 4 }).chain((size) => {
  const names = ['A', 'B', 'C', 'D'].slice(0, size);
  const candidate = fc.record({
    price: fc.constantFrom(0.25, 0.5, 0.5, 0.75, 1, 1.5, 0, 0.1, 0.3),
    cores: fc.constantFrom(1, 2, 4),
    memory: fc.constantFrom(1024, 4096),
    limit: maybe(fc.integer({ min: 1, max: 3 }), 3),
    zone: fc.constantFrom('p/r/1', 'p/r/2', 'p/s/1', 'q/t/1'),
  });
  return fc.array(candidate, { minLength: 1, maxLength: 4 }).chain((machines) => {
    const candidates = machines.map((m) => ({ ...m, region: m.zone.slice(0, 3), cloud: m.zone.slice(0, 1) }));
    const one = (name: string, k: number) =>
      fc
        .record({
          minimum: fc.constantFrom(0, 0, 1, 1, 2),
          more: fc.constantFrom(0, 1, 1),
          fits: fc.oneof(
            fc.constant(candidates.map((_, c) => c)),
            fc.subarray(
              candidates.map((_, c) => c),
              { minLength: 1 },
            ),
          ),
          cores: fc.constantFrom(0, 0.5, 1, 1.5),
          memory: fc.constantFrom(0, 512, 1024),
          coInstanceHosting: fc.constantFrom(false, false, true),
          everywhere: k === size - 1 && size > 1 ? fc.constantFrom(false, false, false, true) : fc.constant(false),
          providers: maybe(fc.subarray(names, { minLength: 1 }), 6),
        })
        .map(({ minimum, more, fits, cores, memory, coInstanceHosting, everywhere, providers }) =>
          component(name, everywhere ? 0 : minimum, everywhere ? null : Math.max(1, minimum + more), everywhere ? candidates.map((_, c) => c) : fits, {
            demands: { ...(cores > 0 && { cores }), ...(memory > 0 && { memory }) },
            coInstanceHosting: coInstanceHosting && !everywhere,
            everywhere,
            needs: providers ? [{ port: 'P', place: place(1), providers }] : [],
          }),
        );
    const rule = fc.record({
      level: fc.constantFrom(...levels),
      relaxed: fc.constantFrom(false, false, true),
      some: fc.subarray(names, { minLength: 1 }),
      other: maybe(fc.subarray(names, { minLength: 1 }), 3),
    });
    const separation = rule.map(
      ({ level, relaxed, some, other }): Separation => ({
        name: `S ${level} ${some.join('')}|${other?.join('') ?? ''}`,
        place: place(2),
        level,
        relaxed,
        components: some,
        ...(other && { from: other }),
      }),
    );
    const coupling = rule
      .filter((r) => r.some.length > 1)
      .map(({ level, relaxed, some }): Coupling => ({ name: `K ${level} ${some.join('')}`, place: place(3), level, relaxed, components: some }));
    const objective = fc.tuple(term(names), fc.constantFrom(1, 2), fc.boolean()).map(([t, priority, down]) => (down ? minimise(t, priority) : maximise(t, priority)));
    return fc
      .record({
        components: fc.tuple(...names.map(one)),
        constraints: fc.oneof({ arbitrary: fc.constant<ProblemCondition[]>([]), weight: 2 }, { arbitrary: fc.array(condition(names), { minLength: 1, maxLength: 2 }), weight: 3 }),
        objectives: fc.oneof(fc.constant<Problem['objectives']>([]), fc.array(objective, { minLength: 1, maxLength: 2 })),
        separations: fc.oneof(fc.constant<Separation[]>([]), fc.array(separation, { maxLength: 2 })),
        couplings: size > 1 ? maybe(fc.array(coupling, { minLength: 1, maxLength: 1 }), 3) : fc.constant(undefined),
        alternative: size > 1 ? maybe(fc.subarray(names, { minLength: 2, maxLength: 2 }), 5) : fc.constant(undefined),
        running: maybe(
          fc.tuple(...names.map(() => fc.array(fc.record({ candidate: fc.nat({ max: machines.length }), number: fc.integer({ min: 1, max: 2 }) }), { maxLength: 2 }))),
          4,
        ),
      })
      .map(({ components, constraints, objectives, separations, couplings, alternative, running }) =>
        problem(candidates, components, {
          placement: 'shared',
          constraints: constraints.map((c, i) => constraint(`C${i}`, c, i)),
          objectives,
          separations,
          couplings: couplings ?? [],
          alternatives: alternative ? [{ name: 'Alt', place: place(4), components: alternative }] : [],
          ...(running && {
            running: { minGain: 0, instances: running.map((list) => [...new Map(list.map((r) => [r.candidate, { candidate: `c${r.candidate}`, number: r.number }])).values()]) },
          }),
        }),
      );
  });
});
