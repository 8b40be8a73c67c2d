/** Random problems of dedicated placement: any formula, any condition, all kinds of rules. */
import { functions, type Problem, type ProblemCondition, type ProblemObjective, type Running, type Term } from '@camelc/problem';
import fc from 'fast-check';
import { call, component, constraint, is, maximise, minimise, number, of, operator, place, problem, total } from './problems.js';

const constant = fc.constantFrom(-2, -1, -0.5, 0, 0.1, 0.3, 1, 2, 3, 10);
const attributes = ['cores', 'price', 'memory', 'cardinality', 'cardinality', 'latitude'] as const;
const binary = ['+', '-', '*', '/', '^', '#', '<', '<=', '>', '>=', '==', '<>', 'and', 'or'] as const;
/** Those that models use more than others stand several times. */
const common = ['+', '-', '*', '*', '/', '/', 'min', 'max', 'if', 'sum', 'mean', 'multi', 'std', 'ceil'] as const;

/** Terms over some components and a formula, with every function and operator. */
function termsOver(names: readonly string[], formula?: string): fc.Arbitrary<Term> {
  const { term } = fc.letrec<{ term: Term; leaf: Term }>((tie) => ({
    leaf: fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom(...attributes)).map(([n, a]) => of(n, a)) },
      { weight: 2, arbitrary: constant.map(number) },
      { weight: 1, arbitrary: fc.constantFrom<Term>(total('cost'), total('hosts'), total('cost', 730), ...(formula ? [{ kind: 'formula' as const, id: formula }] : [])) },
    ),
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.constantFrom(...common).chain((op) => applied(op, tie('term'))),
      fc.constantFrom(...binary, 'neg', 'not', '!').chain((op) => applied(op, tie('term'))),
      fc.constantFrom(...Object.keys(functions)).chain((op) => applied(op, tie('term'))),
    ),
  }));
  return term;
}

function applied(op: string, argument: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  if (Object.hasOwn(functions, op)) {
    const [least, most] = functions[op]!.arity;
    const count = op === 'iff' ? fc.constantFrom(2, 4) : fc.integer({ min: least, max: Math.min(most, least === 1 && most > 1 ? 4 : least + 1) });
    const list = fc.array(constant, { minLength: 1, maxLength: 3 }).map((values): Term => ({ kind: 'list', values }));
    const first = functions[op]!.list ? fc.oneof({ weight: 5, arbitrary: argument }, { weight: 1, arbitrary: list }) : argument;
    return count.chain((n) => fc.tuple(first, ...Array.from({ length: n - 1 }, () => argument))).map((args) => call(op, ...args));
  }
  const count = op === 'neg' || op === 'not' || op === '!' ? 1 : 2;
  return fc.tuple(...Array.from({ length: count }, () => argument)).map((args) => operator(op as '+', ...args));
}

function conditionsOver(names: readonly string[], formula: string): fc.Arbitrary<ProblemCondition> {
  const comparison = fc
    .tuple(
      fc.oneof(termsOver(names, formula), termsOver(names, formula), fc.constantFrom(total('cost'), total('hosts'))),
      fc.constantFrom('<', '<=', '>', '>=', '<=', '>=', '==', '<>' as const),
      constant,
    )
    .map(([t, op, v]) => is(t, op as '<', v));
  return fc.oneof(
    { weight: 4, arbitrary: comparison },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('and', 'or', 'or', 'xor' as const), fc.array(comparison, { minLength: 2, maxLength: 3 }))
        .map(([kind, conditions]): ProblemCondition => ({ kind: kind as 'or', conditions, place: place(0) })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(comparison, comparison, fc.option(comparison, { nil: undefined }))
        .map(([c, a, b]): ProblemCondition => ({ kind: 'if', if: c, then: a, ...(b && { else: b }), place: place(0) })),
    },
  );
}

const level = fc.constantFrom('host', 'zone', 'region', 'cloud' as const) as fc.Arbitrary<'host' | 'zone' | 'region' | 'cloud'>;

export interface Case {
  problem: Problem;
  /** What it is about: for counting how the cases split. */
  feature: string;
}

/** Cases with so many components, and between so many candidates. */
const casesOf = (sizes: readonly number[], fewest: number, most: number): fc.Arbitrary<Case> =>
  fc
    .record({
      size: fc.constantFrom(...sizes),
      feature: fc.constantFrom('formulas', 'formulas', 'levels', 'constraints', 'constraints', 'rules', 'rules', 'alternatives', 'needs', 'limits', 'running'),
      candidates: fc.array(
        fc.record({
          price: fc.constantFrom(0.01, 0.02, 0.05, 0.1, 0.1, 0.3, 0.7, 1.3, 0),
          cores: fc.constantFrom(1, 2, 4, 8),
          memory: fc.constantFrom(512, 1024, 4096),
          latitude: fc.constantFrom(-10, 0, 48.5, 60),
          limit: fc.integer({ min: 1, max: 3 }),
          zone: fc.constantFrom('a/x/1', 'a/x/2', 'a/y/1', 'b/z/1'),
        }),
        { minLength: fewest, maxLength: most },
      ),
    })
    .chain(({ size, feature, candidates }) => {
      const names = ['A', 'B', 'C'].slice(0, size);
      const several = (most: number) => fc.subarray(names, { minLength: Math.min(2, size), maxLength: Math.min(most, size) });
      const components = names.map((name) =>
        fc
          .record({
            minimum: fc.constantFrom(0, 0, 1, 1, 2),
            more: fc.integer({ min: 0, max: 2 }),
            fits: fc.subarray(
              candidates.map((_, i) => i),
              { minLength: fewest },
            ),
            demand: fc.constantFrom(1, 2, 5),
            providers: fc.subarray(names, { minLength: 1 }),
          })
          .map(({ minimum, more, fits, demand, providers }) =>
            component(name, minimum, Math.max(1, Math.min(size === 3 ? 2 : 3, minimum + more)), fits, {
              demands: { cores: demand },
              needs: feature === 'needs' && !providers.includes(name) ? [{ port: 'P', place: place(1), providers }] : [],
            }),
          ),
      );
      const objectives: fc.Arbitrary<ProblemObjective[]> = fc
        .array(fc.tuple(termsOver(names, 'F'), fc.constantFrom(1, 2), fc.boolean()), { minLength: feature === 'levels' ? 2 : 0, maxLength: feature === 'levels' ? 3 : 1 })
        .map((list) => list.map(([t, priority, down]) => (down ? minimise(t, priority) : maximise(t, priority))));
      const rules = fc.array(fc.record({ name: fc.uuid(), level, relaxed: fc.boolean(), components: several(3) }), { maxLength: feature === 'rules' ? 2 : 0 });
      return fc
        .record({
          components: fc.tuple(...components),
          constraints: fc.array(conditionsOver(names, 'F'), { minLength: Number(feature === 'constraints'), maxLength: feature === 'constraints' ? 3 : 1 }),
          objectives,
          couplings: rules.map((list) => list.filter((r) => r.components.length > 1).map((r) => ({ ...r, place: place(5) }))),
          separations: rules.map((list) => list.map((r) => ({ ...r, place: place(6) }))),
          formula: termsOver(names),
          alternative: several(2),
          instances: fc.tuple(
            ...names.map(() => fc.array(fc.record({ candidate: fc.constantFrom('c0', 'c1', 'gone'), number: fc.integer({ min: 1, max: 2 }) }), { maxLength: 2 })),
          ),
        })
        .map(({ components, constraints, objectives, couplings, separations, formula, alternative, instances }): Case => {
          const running: Running = { instances: instances.map((list) => list.filter((r, i) => list.findIndex((o) => o.candidate === r.candidate) === i)), minGain: 0 };
          return {
            feature,
            problem: problem(
              candidates.map(({ limit, zone, ...c }) => ({
                ...c,
                zone,
                region: zone.slice(0, 3),
                cloud: zone.slice(0, 1),
                ...(feature === 'limits' && { limit }),
              })),
              components,
              {
                constraints: constraints.map((c, i) => constraint(`C${i}`, c, i)),
                objectives,
                formulas: { F: { name: 'F', place: place(2), term: formula } },
                couplings,
                separations,
                alternatives: feature === 'alternatives' ? [{ name: 'Alt', place: place(3), components: alternative }] : [],
                ...(feature === 'running' && { running }),
              },
            ),
          };
        });
    });

export const randomCase = casesOf([1, 2, 2, 2, 3, 3], 1, 4);
/** Lists of candidates that are long enough to be thinned out. */
export const longCase = casesOf([1, 2], 17, 20);
