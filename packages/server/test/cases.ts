/** Case files of the editor services: marked sources, and what the service answers to each in a baseline beside it. `npm run baselines` updates the baselines. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EmptyFileSystem, URI, type LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { expect, test } from 'vitest';
import type { Position, Range } from 'vscode-languageserver';
import { filesOf } from '../../../test/source-files.js';
import { createServerServices } from '../src/services.js';

/** An opened case. */
export interface Case {
  services: LangiumServices;
  /** All documents of the case; the first is the one that the marks stand in, unless it has none. */
  documents: LangiumDocument[];
  document: LangiumDocument;
  /** The places of `┆` in the document, in order. */
  cursors: Position[];
  /** The places of `»…«` in the document, in the order of their ends. */
  ranges: Range[];
  /** Its text without the marks. */
  text: string;
}

/** Makes one test of each case in `cases/<service>`: what `answer` gives has to be the baseline. */
export function testCases(service: string, answer: (c: Case) => Promise<string> | string): void {
  const folder = path.join(import.meta.dirname, 'cases', service);
  const names = readdirSync(folder).filter((name) => name.endsWith('.camel'));
  test.for(names)(`${service} %s`, async (name) => {
    const opened = await openCase(readFileSync(path.join(folder, name), 'utf8'), name);
    await expect(withFinalNewline(await answer(opened))).toMatchFileSnapshot(path.join(folder, name.replace(/camel$/, 'out')));
  });
}

const withFinalNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** Opens the files of a case, in a workspace of their own. */
export async function openCase(source: string, name = 'case.camel'): Promise<Case> {
  const { shared, Camel } = createServerServices(EmptyFileSystem);
  const opened = Object.entries(filesOf(source, name)).map(([file, text]) => {
    const marked = readMarks(text);
    const document = shared.workspace.LangiumDocumentFactory.fromString(marked.text, URI.parse(`file:///${file}`));
    shared.workspace.LangiumDocuments.addDocument(document);
    return { document, marked };
  });
  const documents = opened.map((o) => o.document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const { document, marked } = opened.find((o) => o.marked.cursors.length + o.marked.ranges.length > 0) ?? opened[0]!;
  const at = (offset: number): Position => document.textDocument.positionAt(offset);
  const ranges = marked.ranges.map(([start, end]) => ({ start: at(start), end: at(end) }));
  return { services: Camel, documents, document, cursors: marked.cursors.map(at), ranges, text: marked.text };
}

function readMarks(marked: string): { text: string; cursors: number[]; ranges: [number, number][] } {
  const cursors: number[] = [];
  const ranges: [number, number][] = [];
  const open: number[] = [];
  let text = '';
  for (const part of marked.split(/([┆»«])/)) {
    if (part === '┆') cursors.push(text.length);
    else if (part === '»') open.push(text.length);
    else if (part === '«') ranges.push([open.pop()!, text.length]);
    else text += part;
  }
  return { text, cursors, ranges };
}

/** `line:character` as editors count, from 1. */
export const showPosition = ({ line, character }: Position): string => `${line + 1}:${character + 1}`;
export const showRange = ({ start, end }: Range): string => `${showPosition(start)}-${showPosition(end)}`;
