// Prints each figure as a ratio of two medians that were taken in turn in the same run, and fails when one is over its limit: npm run bench
// BENCH_RUNS sets how often each is measured.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadModels } from '@camelc/language';
import { collectGarbage, env, median, processor } from './timing.mjs';

const root = resolve(import.meta.dirname, '../..');
const corpus = join(root, '../shared/corpus');
const camelc = join(root, 'packages/cli/bin/camelc.js');
const runs = Number(process.env.BENCH_RUNS ?? 15);

const wall = () => performance.now();

/** Median times of two actions in milliseconds, taken in turn after some that do not count. */
async function inTurn(first, second, clock = wall, warmups = 1) {
  const time = async (action) => {
    collectGarbage();
    const start = clock();
    await action();
    return clock() - start;
  };
  const times = [];
  for (let i = 0; i < warmups + runs; i++) times.push([await time(first), await time(second)]);
  return [0, 1].map((k) => median(times.slice(warmups).map((pair) => pair[k])));
}

const node =
  (...args) =>
  () => {
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  };

function report(name, [first, second], limit) {
  const ratio = first / second;
  const within = ratio <= limit;
  if (!within) process.exitCode = 1;
  console.log(`${within ? 'ok  ' : 'MISS'} ${ratio.toFixed(2).padStart(5)} (at most ${limit})  ${name}  ${first.toFixed(0)} / ${second.toFixed(0)} ms`);
}

const smartwe = join(root, 'examples/smartwe');
const fcr = join(corpus, 'camel-2.5/FCRwithDataLocality.camel');
const checked = existsSync(fcr) ? { name: 'FCR', path: fcr } : { name: 'examples/smartwe', path: smartwe };
report(`cold check of ${checked.name} / bare node`, await inTurn(node(camelc, 'check', checked.path, '--quiet'), node('-e', '0')), 10);

const out = mkdtempSync(join(tmpdir(), 'camelc-bench-'));
try {
  const compile = node(camelc, 'compile', smartwe, '--out', join(out, 'deploy'), '--quiet');
  report('compile of examples/smartwe / check of it', await inTurn(compile, node(camelc, 'check', smartwe, '--quiet')), 1.5);
} finally {
  rmSync(out, { recursive: true });
}

// The metadata schema once and twice: the second time its concepts stand below another root.
const schema = [join(corpus, 'camel-3.0/MMS.camel'), join(root, 'packages/language/library/metadata.camel')].find(existsSync);
const once = readFileSync(schema, 'utf8');
const start = once.search(/^\s*concept\b/m);
const end = once.lastIndexOf('}', once.lastIndexOf('}') - 1);
const concepts = once.slice(start, end);
const twice = once.slice(0, end) + concepts.replace(/concept\s+(\w+)/, 'concept Twice') + once.slice(end);
const load = (text) => async () => {
  const { diagnostics } = await loadModels([{ path: 'schema.camel', text }]);
  const fault = diagnostics.find((d) => d.severity === 'error');
  if (fault) throw new Error(`the schema has an error: ${fault.message}`);
};
const elements = (text) => text.match(/^\s*(concept|property|instance|concept instance|property instance)\b.*\{/gm).length;
if (elements(twice) !== 2 * elements(once)) throw new Error('the schema was not doubled');
// Two loads of the one are timed together, so that both sides make as much garbage.
const onceAndAgain = async () => {
  await load(once)();
  await load(once)();
};
const [ofTwice, ofTwoLoads] = await inTurn(load(twice), onceAndAgain, processor, 15);
report('linking and checking twice the metadata schema / once', [ofTwice, ofTwoLoads / 2], 2.2);
