// Measures the language service beside Langium's own services, in turn in one run, and fails when a target is missed: npm run bench:editor
// BENCH_RUNS sets how often each is measured.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createServerServices } from '../../packages/server/dist/services.js';
import { URI } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { multiplier } from './editor/documents.mjs';
import { createStockServices } from './editor/stock.mjs';
import { collectGarbage, median, processor } from './timing.mjs';

const root = resolve(import.meta.dirname, '../..');
const fcr = join(root, '../shared/corpus/camel-2.5/FCRwithDataLocality.camel');
const model = existsSync(fcr) ? fcr : join(root, 'examples/smartwe/smartwe.camel');
const documentOf = await multiplier(readFileSync(model, 'utf8'));
const mostRuns = Number(process.env.BENCH_RUNS ?? 7);

/** A workspace whose files are the given texts. */
async function workspace(create, texts) {
  const files = new Map(texts.map((text, i) => [`file:///models/${i}.camel`, text]));
  const fileSystem = {
    readFile: async (uri) => files.get(uri.toString()),
    readFileSync: (uri) => files.get(uri.toString()),
    exists: async (uri) => files.has(uri.toString()),
    stat: async (uri) => ({ isFile: true, isDirectory: false, uri }),
    readDirectory: async () => [...files.keys()].map((uri) => ({ isFile: true, isDirectory: false, uri: URI.parse(uri) })),
  };
  const { shared, Camel } = await create({ fileSystemProvider: () => fileSystem });
  const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceManager } = shared.workspace;
  WorkspaceManager.initialBuildOptions = { validation: true };
  return {
    load: () => WorkspaceManager.initializeWorkspace([{ uri: 'file:///models', name: 'work' }]),
    parse: (text) => Camel.parser.LangiumParser.parse(text),
    /** Opens a file in the editor. */
    async open(i) {
      const uri = `file:///models/${i}.camel`;
      TextDocuments.set(TextDocument.create(uri, 'camel', 1, files.get(uri)));
      await DocumentBuilder.update([URI.parse(uri)], []);
    },
    /** Types a text there, and waits for the diagnostics. */
    async edit(i, offset, deleted, text) {
      const uri = `file:///models/${i}.camel`;
      const document = TextDocuments.get(uri);
      const range = { start: document.positionAt(offset), end: document.positionAt(Math.min(offset + deleted, document.getText().length)) };
      TextDocuments.set(TextDocument.update(document, [{ range, text }], document.version + 1));
      await DocumentBuilder.update([URI.parse(uri)], []);
    },
    async complete(i, offset) {
      const document = LangiumDocuments.getDocument(URI.parse(`file:///models/${i}.camel`));
      const { items } = await Camel.lsp.CompletionProvider.getCompletion(document, {
        textDocument: { uri: document.uri.toString() },
        position: document.textDocument.positionAt(offset),
      });
      if (items.length === 0) throw new Error('nothing is offered');
    },
    diagnostics: (i) => LangiumDocuments.getDocument(URI.parse(`file:///models/${i}.camel`)).diagnostics,
  };
}
const sides = { ours: createServerServices, stock: createStockServices };

async function timeOf(action) {
  collectGarbage();
  const start = processor();
  await action();
  return processor() - start;
}

/**
 * Median milliseconds of an action on both sides, taken in turn after some that do not count.
 * @param often how many times in a row it is done on each side to be measured
 */
async function inTurn(spaces, action, runs = mostRuns, often = {}) {
  const times = Object.fromEntries(Object.keys(spaces).map((side) => [side, []]));
  for (let run = runs > 1 ? -2 : 0; run < runs; run++) {
    for (const [side, space] of Object.entries(spaces)) {
      const count = often[side] ?? 1;
      const time = await timeOf(async () => {
        for (let i = 0; i < count; i++) await action(space, run + i);
      });
      if (run >= 0) times[side].push(time / count);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([side, values]) => [side, median(values)]));
}

/** One alone is too short for the clock of the processor. */
async function tenTimes(action) {
  for (let i = 0; i < 10; i++) await action();
}

const widths = [52, 12, 12, 7];
const show = (row) => console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i] ?? 9))).join(''));
show(['', 'ours', 'stock', 'ratio', 'at most']);
function report(what, { ours, stock }, limit, unit = 'ms') {
  const ratio = ours / stock;
  const isMissed = limit !== undefined && ratio > limit;
  if (isMissed) process.exitCode = 1;
  show([what, `${ours.toFixed(1)} ${unit}`, `${stock.toFixed(1)} ${unit}`, ratio.toFixed(2), limit === undefined ? '' : `${limit}${isMissed ? ' MISSED' : ''}`]);
}

/** Opens the texts on both sides in turn; says how long that took, and how much memory it took for each megabyte of text. */
async function openBoth(texts, times) {
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const figures = { time: {}, memory: {} };
  let spaces;
  for (let run = 0; run < times; run++) {
    spaces = {};
    for (const [side, create] of Object.entries(sides)) {
      const space = (spaces[side] = await workspace(create, texts));
      // What is kept of the last text that was parsed shall not count.
      space.parse('');
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      (figures.time[side] ??= []).push(await timeOf(space.load));
      space.parse('');
      collectGarbage();
      (figures.memory[side] ??= []).push((process.memoryUsage().heapUsed - before) / 1e6 / megabytes);
    }
  }
  const medians = (of) => Object.fromEntries(Object.entries(of).map(([side, values]) => [side, median(values)]));
  return { spaces, time: medians(figures.time), memory: medians(figures.memory) };
}

// The standard library is read, and the code warm.
await openBoth([documentOf(50_000, 'w')], 3);

for (const kilobytes of [200, 1000]) {
  const text = documentOf(kilobytes * 1000, 'x');
  // At a megabyte the other side takes half a minute for an edit.
  const runs = kilobytes === 200 ? mostRuns : 1;
  const { spaces, time, memory } = await openBoth([text], runs > 1 ? 3 : 1);
  const size = `${kilobytes} KB`;
  report(`open a document, ${size}`, time);
  report(`memory for each MB of it, ${size}`, memory, 0.75, 'MB');
  for (const space of Object.values(spaces)) await space.open(0);
  const isHalfRequired = kilobytes === 200 ? 0.5 : undefined;

  const number = text.indexOf('port 80', text.length / 12) + 'port '.length;
  report(`edit of a number to diagnostics, ${size}`, await inTurn(spaces, (space, run) => space.edit(0, number, 1, String((run + 9) % 10)), runs), isHalfRequired);
  const name = text.indexOf('software ', text.length / 12) + 'software '.length;
  const rename = (space, run) => space.edit(0, name, run % 2 === 0 ? 0 : 1, run % 2 === 0 ? 'x' : '');
  report(`edit of a name that others refer to, ${size}`, await inTurn(spaces, rename, runs), isHalfRequired);
  const member = text.indexOf('provided communication', text.length / 12);
  report(`edit that breaks the syntax or mends it, ${size}`, await inTurn(spaces, (space, run) => space.edit(0, member, run % 2 === 0 ? 0 : 1, run % 2 === 0 ? 'x' : ''), runs));
  for (const space of Object.values(spaces)) await space.edit(0, 0, Infinity, text);

  const reference = text.indexOf(' resource ', text.length / 12) + ' resource '.length;
  report(`ten completions of a reference, ${size}`, await inTurn(spaces, (space) => tenTimes(() => space.complete(0, reference)), runs), isHalfRequired);
  report(`ten completions of a member, ${size}`, await inTurn(spaces, (space) => tenTimes(() => space.complete(0, member)), runs), isHalfRequired);
}

// One of ours alone is too short for the clock of the processor.
const tenEdits = { ours: 10, stock: 1 };
const edited = {};
for (const count of [10, 100]) {
  const texts = Array.from({ length: count }, (_, i) => documentOf(50_000, `f${i}`));
  const { spaces, time, memory } = await openBoth(texts, 3);
  report(`open ${count} files of 50 KB`, time, count === 100 ? 0.5 : undefined);
  report(`memory for each MB of them, ${count} files`, memory, 0.75, 'MB');
  for (const space of Object.values(spaces)) await space.open(5);
  const number = texts[5].indexOf('port 80') + 'port '.length;
  const edit = (space, run) => space.edit(5, number, 1, String((run + 9) % 10));
  report(`edit of one of ${count} files to diagnostics`, await inTurn(spaces, edit, mostRuns, tenEdits), 0.5);
  edited[count] = { space: spaces.ours, edit };
}

// The file that is edited is the same in both.
const { few, many } = await inTurn({ few: edited[10].space, many: edited[100].space }, edited[10].edit, 2 * mostRuns, { few: 10, many: 10 });
const growth = many / few;
if (growth > 1.3) process.exitCode = 1;
console.log(`\nAn edit of one of 100 files takes ${growth.toFixed(2)} times one of 10 (at most 1.3${growth > 1.3 ? ', MISSED' : ''}).`);
