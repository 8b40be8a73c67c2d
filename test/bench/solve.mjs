// How long solving takes, beside MiniZinc and JSON.parse, measured in one run: npm run bench:solve
// Prints a table in Markdown, and fails when a target is missed. BENCH_RUNS sets how often what is short is measured.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { solve } from '@camelc/solver';
import { pose } from './pose.mjs';
import { slotModel } from './slot-model.mjs';
import * as s from './synthetic.mjs';
import { env, median } from './timing.mjs';

const root = resolve(import.meta.dirname, '../..');
const benchmarks = join(root, '../shared/benchmarks');
const camelc = join(root, 'packages/cli/bin/camelc.js');
const runs = Number(process.env.BENCH_RUNS ?? 9);
/** Solves of an instance in one process, of which the median counts: an editor makes many. */
const solves = 30 * runs;

/** Median milliseconds of an action, after one that does not count. */
async function timed(action, times = runs) {
  const taken = [];
  for (let i = 0; i <= times; i++) {
    const start = performance.now();
    await action();
    taken.push(performance.now() - start);
  }
  return median(taken.slice(1));
}

const milliseconds = (ms) => (ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 100 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`);

/** One line of the table; `right` undefined: no target. */
function report(what, ours, beside, compared, target = '', right) {
  if (right === false) process.exitCode = 1;
  console.log(`| ${[what, ours, beside, compared, target, right === undefined ? '' : right ? 'kept' : '**missed**'].join(' | ')} |`);
}

/** Solves a copy, so that nothing is remembered from run to run. */
const solveCopy = async (problem, timeLimit) => {
  const { solution, diagnostics } = await solve(structuredClone(problem), { milp: 'glpk', ...(timeLimit && { timeLimit, now: () => performance.now() }) });
  if (!solution) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return solution;
};

/** The gap as a share of what was reached; the bound is of the first thing that is optimised. */
const shareOf = ({ status, gap, utility }) => (status === 'optimal' ? 0 : gap / Math.max(1e-9, Math.abs(utility)));
const percent = (share) => (share === 0 ? 'proven' : Number.isFinite(share) ? `gap ${(100 * share).toFixed(2)} %` : 'no bound');

console.log('| what | camelc | beside it | compared | target | |');
console.log('|---|---|---|---|---|---|');
const folder = mkdtempSync(join(tmpdir(), 'camelc-bench-'));
try {
  if (existsSync(benchmarks)) await published();
  await growth();
  if (existsSync(benchmarks)) {
    const machines = s.machines(join(benchmarks, 'aws-us-east-1-karpenter.json'));
    await shared(machines);
    await nonlinear(machines);
  }
} finally {
  rmSync(folder, { recursive: true });
}

// ── Instances of the literature, beside MiniZinc with Gecode on the slot model with price order ──

async function published() {
  for (const [name, slots, optima] of [
    ['secure-web-container', 6, { 20: 3759, 500: 1582 }],
    ['secure-billing-email', 5, { 20: 1416, 500: 862 }],
    ['wordpress-3', 8, { 20: 1777, 500: 1210 }],
    ['wordpress-4', 10, { 20: 2033, 500: 1442 }],
  ])
    for (const count of [20, 500]) {
      const [model, offers] = [join(root, `examples/benchmarks/${name}.camel`), join(benchmarks, `offers_${count}.json`)];
      const problem = await pose(readFileSync(model, 'utf8'), offers);
      const short = runs > 3 ? 3 : runs;
      const whole = await timed(() => processOf(process.execPath, [camelc, 'solve', model, '--candidates', offers, '--quiet', '--format', 'json']), short);
      // What is measured is the solver's own work, without copying the problem.
      const copies = Array.from({ length: solves + 1 }, () => structuredClone(problem));
      const own = await timed(async () => expectCost(await solve(copies.pop(), { milp: 'glpk' }), optima[count]), solves);
      const file = join(folder, 'slots.mzn');
      writeFileSync(file, slotModel(problem, slots));
      const theirs = miniZinc(file, optima[count]);
      const isTarget = name === 'wordpress-3' && count === 500;
      report(
        `${name}, ${count} offers, whole process`,
        milliseconds(whole),
        `MiniZinc ${milliseconds(theirs.whole)}`,
        `1/${(theirs.whole / whole).toFixed(1)}`,
        isTarget ? '1/10' : '',
        isTarget ? theirs.whole / whole >= 10 : undefined,
      );
      report(
        `${name}, ${count} offers, solving`,
        milliseconds(own),
        `Gecode ${milliseconds(theirs.solve)}`,
        `1/${(theirs.solve / own).toFixed(0)}`,
        isTarget ? '1/1000' : '',
        isTarget ? theirs.solve / own >= 1000 : undefined,
      );
      if (!isTarget) continue;
      const first = median(Array.from({ length: short }, () => Number(processOf(process.execPath, [join(import.meta.dirname, 'first-solve.mjs'), model, offers]))));
      report(`${name}, ${count} offers, first solve of a process`, milliseconds(first), `Gecode ${milliseconds(theirs.solve)}`, `1/${(theirs.solve / first).toFixed(0)}`);
      // The breaker FV says by hand which components fill the first slots.
      writeFileSync(
        file,
        slotModel(
          problem,
          slots,
          ['Varnish', 'Varnish', 'MySQL', 'MySQL'].map((component, k) => ({ component, slot: k + 1 })),
        ),
      );
      const byHand = miniZinc(file, optima[count]);
      report(`${name}, ${count} offers, solving, four slots filled by hand`, milliseconds(own), `Gecode ${milliseconds(byHand.solve)}`, `1/${(byHand.solve / own).toFixed(1)}`);
    }
}

function processOf(program, args) {
  const run = spawnSync(program, args, { encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

function expectCost({ solution }, cost) {
  if (solution?.status !== 'optimal' || solution.cost !== cost) throw new Error(`expected the proven cost ${cost}, not ${solution?.status} ${solution?.cost}`);
}

/** Milliseconds of the whole process and of the search, as its statistics say: the median of three, or one where that takes long. */
function miniZinc(file, cost) {
  const taken = [];
  while (taken.length < 3 && !(taken[0]?.whole > 5000)) {
    const start = performance.now();
    const output = processOf('minizinc', ['--solver', 'gecode', '--statistics', file]);
    const whole = performance.now() - start;
    const found = Number(/^cost = (\d+)\n-+\n=+$/m.exec(output.replace(/^%.*\n/gm, ''))?.[1]);
    if (found !== cost) throw new Error(`MiniZinc says ${found} and not ${cost}`);
    taken.push({ whole, solve: 1000 * Number(/solveTime=([\d.e-]+)/.exec(output)[1]) });
  }
  return { whole: median(taken.map((t) => t.whole)), solve: median(taken.map((t) => t.solve)) };
}

// ── Growth: dedicated placement, a utility that separates ──

async function growth() {
  for (const [components, candidates] of [
    [10, 100],
    [10, 1000],
    [10, 10_000],
    [100, 100],
    [100, 1000],
    [100, 10_000],
  ]) {
    const r = s.random(components * candidates);
    const list = Array.from({ length: candidates }, (_, c) => {
      const cores = r.of([1, 2, 4, 8, 16, 32]);
      const memory = cores * r.of([1024, 2048, 4096, 8192]);
      const price = Math.round(10_000 * (0.01 * cores + 0.000_004 * memory) * (0.7 + 0.6 * r.next())) / 10_000;
      return { id: `m${String(c).padStart(5, '0')}`, price, cores, memory, allocatable: { cores, memory }, zone: 'z', region: 'r', cloud: 'c' };
    });
    const all = list.map((_, c) => c);
    const software = s.names(components);
    const part = (name) =>
      s.operator(
        '-',
        s.operator('*', s.number(r.whole(1, 5) / 10), s.call('sqrt', s.operator('*', s.of(name, 'cores'), s.of(name, 'cardinality')))),
        s.operator('*', s.of(name, 'price'), s.of(name, 'cardinality')),
      );
    const text = JSON.stringify(
      s.problem(
        list,
        software.map((name) => s.component(name, 1, 2, all)),
        { objectives: [s.maximise(s.sum(software.map(part)))] },
      ),
    );
    const few = candidates * components >= 100_000 ? 3 : runs;
    const parse = await timed(() => JSON.parse(text), few);
    const copies = Array.from({ length: few + 1 }, () => JSON.parse(text));
    const own = await timed(async () => {
      const { solution } = await solve(copies.pop(), { milp: 'glpk' });
      if (solution?.status !== 'optimal') throw new Error('no proven optimum');
    }, few);
    const isTarget = components === 100 && candidates === 10_000;
    report(
      `${components} components × ${candidates} candidates, dedicated`,
      milliseconds(own),
      `JSON.parse ${milliseconds(parse)}`,
      (own / parse).toFixed(1),
      isTarget ? '5' : '',
      isTarget ? own / parse <= 5 : undefined,
    );
  }
}

// ── Shared placement, on the machine types of one cloud ──

async function shared(machines) {
  for (const several of [false, true])
    for (const kinds of [8, 16, 24, 40]) {
      const r = s.random(kinds + (several ? 1000 : 0));
      const software = s.names(kinds);
      const demands = software.map(() => ({ cores: r.of([0.25, 0.5, 1, 2, 4]), memory: r.of([256, 512, 1024, 2048, 4096, 8192]) }));
      const components = software.map((name, i) => {
        const fits = machines.flatMap((m, c) => (m.allocatable.cores >= demands[i].cores && m.allocatable.memory >= demands[i].memory ? [c] : []));
        const low = r.whole(1, 4);
        return s.component(name, low, low + 2, fits, { demands: demands[i], coInstanceHosting: several });
      });
      const pairs = software.flatMap((b, k) => software.slice(0, k).map((a) => [a, b])).filter(() => r.next() < 0.2);
      const problem = s.problem(machines, components, {
        placement: 'shared',
        objectives: [{ ...s.maximise(s.cost), name: 'Cost', minimise: true }],
        separations: pairs.map((pair, k) => s.apart(`Apart${k}`, pair)),
      });
      await limited(`${kinds} kinds of component, shared${several ? ', several instances on a host' : ''}`, problem, 'gap 1 %', (share) => share <= 0.01);
    }
}

/** Solves with a limit of ten seconds, once. */
async function limited(what, problem, target, keeps) {
  const start = performance.now();
  const solution = await solveCopy(problem, 10);
  const share = shareOf(solution);
  const taken = performance.now() - start;
  report(what, milliseconds(taken), '', percent(share), target, keeps(share));
}

// ── Utilities that do not separate: dedicated placement, 100 candidates, up to 10 instances each ──

async function nonlinear(machines) {
  const few = machines.filter((_, k) => k % 13 === 0).slice(0, 100);
  const all = few.map((_, c) => c);
  const speed = (name) => s.operator('*', s.of(name, 'cores'), s.of(name, 'cardinality'));
  const utilities = {
    // Each component works with a probability that grows with its cores; all have to.
    'a product': (software, r) =>
      s.operator(
        '-',
        s.product(software.map((name) => s.operator('-', s.number(1), s.call('exp', s.operator('*', s.number(-r.whole(1, 4) / 8), speed(name)))))),
        s.operator('*', s.number(0.02), s.cost),
      ),
    'a ratio': (software, r) =>
      s.operator('/', s.sum(software.map((name) => s.operator('*', s.number(r.whole(1, 5)), s.call('sqrt', speed(name))))), s.operator('+', s.number(1), s.cost)),
    'a bottleneck': (software, r) =>
      s.operator('-', s.call('min', ...software.map((name) => s.operator('*', s.number(r.whole(1, 5)), speed(name)))), s.operator('*', s.number(2), s.cost)),
  };
  for (const [kind, utility] of Object.entries(utilities))
    for (const count of [2, 4, 6, 8]) {
      const r = s.random(count);
      const software = s.names(count);
      const problem = s.problem(
        few,
        software.map((name) => s.component(name, 1, 10, all)),
        { objectives: [s.maximise(utility(software, r))], constraints: [s.constraint('Budget', s.cost, '<=', 2 * count)] },
      );
      const proven = count <= 4;
      await limited(`${kind} over ${count} components`, problem, proven ? 'proven in 10 s' : 'finite gap', (share) => (proven ? share === 0 : Number.isFinite(share)));
    }
}
