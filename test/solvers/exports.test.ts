/** Exported problems have, for other solvers, the optimum that comparing all answers gives. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { levels, type Problem } from '@camelc/problem';
import { exportProblem } from '@camelc/solver';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteForce } from '../../packages/solver/test/brute-force.js';
import { bruteForceShared } from '../../packages/solver/test/shared-brute-force.js';
import { randomShared } from '../../packages/solver/test/shared-random.js';
import { camelc, repository } from '../cli/camelc.js';
import { call, component, cost, instances, maximise, minimise, of, over, place, problem as problemOf, times, at as placed } from '../../packages/solver/test/problems.js';
import { glpsol, has, miniZinc, skipped } from './outside.js';
import { randomDedicated } from './random-dedicated.js';

/** The value that is reported: cost, or the utility, not negated. */
function expected(problem: Problem): number | undefined | 'many' {
  const best = problem.placement === 'shared' ? bruteForceShared(problem, 20_000) : bruteForce(problem, 4);
  if (best === 'many') return best;
  const negated = levels(problem)[0]?.objectives.every((o) => o.minimise) ?? true;
  return best && (negated ? -1 : 1) * best.merits[0]!;
}

/** The utility from what a linear program optimises: the comment says how, where that is a sum that it follows. */
function utilityOf(text: string, optimum: number | undefined): number | undefined {
  const [, formula] = /optimised here: \w+ = (.*)$/m.exec(text) ?? [];
  if (!formula || optimum === undefined) return optimum;
  const [, sum] = /(sum_in_\w+)/.exec(formula)!;
  const script = formula.replaceAll(sum!, `(${optimum})`).replaceAll('^', '**');
  return Number(new Function(...meanings.keys(), `return ${script}`)(...meanings.values()));
}
const meanings = new Map<string, (...v: number[]) => number>([
  ['sqrt', Math.sqrt],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['abs', Math.abs],
  ['sgn', Math.sign],
  ['floor', Math.floor],
  ['min', Math.min],
  ['max', Math.max],
  ['sum', (...v) => v.reduce((a, b) => a + b)],
  ['mean', (...v) => v.reduce((a, b) => a + b) / v.length],
]);

function expectSame(ours: number | undefined, theirs: number | undefined, problem: Problem): void {
  if (ours === undefined || theirs === undefined) expect({ ours, theirs }, JSON.stringify(problem)).toEqual({ ours: undefined, theirs: undefined });
  else expect(Math.abs(ours - theirs), `${ours} and ${theirs}: ${JSON.stringify(problem)}`).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(ours)));
}

/** Exports random problems and compares; at least `least` of them must be taken. */
function compare(problems: fc.Arbitrary<Problem>, form: 'lp' | 'mps' | 'minizinc', numRuns: number, least: number): void {
  let taken = 0;
  let solved = 0;
  fc.assert(
    fc.property(problems, (problem) => {
      const { text, diagnostics } = exportProblem(problem, form);
      if (text === undefined) {
        expect(diagnostics.map((d) => d.code)).toEqual(diagnostics.map(() => (form === 'minizinc' ? 'export/not-expressible' : 'export/not-linear')));
        return;
      }
      const ours = expected(problem);
      if (ours === 'many') return;
      taken++;
      if (ours !== undefined) solved++;
      if (form === 'minizinc') expectSame(ours, miniZinc(text)?.optimum, problem);
      else {
        const optimum = glpsol(text, form === 'lp' ? 'lp' : 'freemps');
        const sign = form === 'mps' && /MPS minimises/.test(text) && optimum !== undefined ? -1 : 1;
        expectSame(ours, utilityOf(text, optimum === undefined ? undefined : sign * optimum), problem);
      }
    }),
    { numRuns },
  );
  expect(taken).toBeGreaterThanOrEqual(least);
  expect(solved).toBeGreaterThanOrEqual(least / 3);
}

describe.skipIf(!has('glpsol'))(`linear programs${skipped('glpsol')}`, () => {
  it('of dedicated placement have the optimum, as LP', () => compare(randomDedicated('linear'), 'lp', 100, 50));
  it('of dedicated placement have the optimum, as MPS', () => compare(randomDedicated('linear'), 'mps', 60, 30));
  it('of shared placement have the optimum, as LP', () => compare(randomShared, 'lp', 100, 12));
  it('of shared placement have the optimum, as MPS', () => compare(randomShared, 'mps', 60, 6));
});

describe.skipIf(!has('minizinc'))(`MiniZinc models${skipped('minizinc')}`, () => {
  it('of dedicated placement have the optimum', () => compare(randomDedicated('any'), 'minizinc', 30, 18));
  it('of dedicated placement with sums have the optimum', () => compare(randomDedicated('linear'), 'minizinc', 10, 6));
  it('of shared placement have the optimum', () => compare(randomShared, 'minizinc', 30, 9));
});

describe('exports of real models', () => {
  const corpus = join(repository, '../shared/corpus/camel-2.5/FCRwithDataLocality.camel');
  const real = [
    { name: 'smartwe', args: ['examples/smartwe'] },
    { name: 'two-component', args: ['examples/two-component'] },
    { name: 'FCR', args: [corpus, ...given({ metric: { AppResponseTime: 40, AvgResponseTime: 40, UtilityDataCentre: 0.5 }, current: { AppActCardinality: 1, AppActPrice: 1 } })] },
  ];
  const written = (args: readonly string[], form: string): string => camelc(['problem', ...args, '--as', form, '--quiet']).stdout;
  function utility(args: readonly string[]): number {
    const solution = JSON.parse(camelc(['solve', ...args, '--format', 'json']).stdout) as { status: string; utility: number };
    expect(solution.status).toBe('optimal');
    return solution.utility;
  }

  describe.each(real)('$name', ({ args }) => {
    const isThere = args[0] !== corpus || existsSync(corpus);
    it.skipIf(!isThere || !has('glpsol'))(`has our utility for glpsol${skipped('glpsol')}`, () => {
      const lp = written(args, 'lp');
      expect(utilityOf(lp, glpsol(lp, 'lp'))).toBeCloseTo(utility(args), 7);
    });
    it.skipIf(!isThere || !has('minizinc'))(`has our utility for MiniZinc${skipped('minizinc')}`, () =>
      expect(miniZinc(written(args, 'minizinc'))!.optimum).toBeCloseTo(utility(args), 7),
    );
  });
});

/** Options that give values. */
function given(values: Record<string, Record<string, number>>): string[] {
  return Object.entries(values).flatMap(([option, named]) => Object.entries(named).flatMap(([name, value]) => [`--${option}`, `${name}=${value}`]));
}

describe('what cannot be written', () => {
  const two = [component('A', 1, 2, [0, 1]), component('B', 1, 2, [0, 1])];
  const machines = [
    { price: 0.5, cores: 1 },
    { price: 0, cores: 4 },
  ];

  it('as a linear program is refused at its place, and MiniZinc is suggested', () => {
    const { text, diagnostics } = exportProblem(problemOf(machines, two, { objectives: [maximise(placed(7, times(of('A', 'cores'), of('B', 'cores'))))] }), 'lp');
    expect(text).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'export/not-linear', place: place(7) }]);
    expect(diagnostics[0]!.message).toContain('A and B');
    expect(diagnostics[0]!.help).toContain('--as minizinc');
  });

  it('as a MiniZinc model is refused at its place', () => {
    const refused = (term: Parameters<typeof maximise>[0]): unknown => exportProblem(problemOf(machines, two, { objectives: [maximise(term)] }), 'minizinc').diagnostics;
    expect(refused(placed(8, over(instances('A'), cost('A'))))).toMatchObject([{ code: 'export/not-expressible', place: place(8) }]);
    expect(refused(placed(9, over(instances('A'), times(cost('A'), cost('B')))))).toMatchObject([{ code: 'export/not-expressible', place: place(9) }]);
    expect(refused(placed(10, call('std', instances('A'), instances('B'))))).toMatchObject([{ code: 'export/not-expressible', place: place(10) }]);
  });
});

describe('the text', () => {
  const written = (form: 'lp' | 'mps' | 'minizinc'): string =>
    exportProblem(problemOf([{ price: 0.25, cores: 1, id: 'aws/t3.small' }], [component('Web front', 0, 2, [0])], { objectives: [minimise(cost('Web front'))] }), form).text!;

  it('says what its names mean, and is the same each time', () => {
    expect(written('lp')).toContain('\\ x_Web_front_0_2: 2 Web front on aws/t3.small');
    expect(written('mps')).toContain('* x_Web_front_none: no Web front');
    expect(written('minizinc')).toContain('["none", "aws/t3.small", "aws/t3.small"]');
    for (const form of ['lp', 'mps', 'minizinc'] as const) expect(written(form)).toBe(written(form));
  });
});
