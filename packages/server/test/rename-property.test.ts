import { nameOf } from '@camelc/language';
import fc from 'fast-check';
import { AstUtils, type AstNode, type Reference } from 'langium';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Position } from 'vscode-languageserver';
import { openCase, type Case } from './cases.js';
import { edited } from './edits.js';

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');
const filesOf = (folder: string): string[] => readdirSync(path.join(corpus, folder)).filter((f) => f.endsWith('.camel'));
const everyAspect = path.resolve(import.meta.dirname, '../../language/test/every-aspect.camel');
/** Files that are opened together. */
const workspaces: readonly (readonly string[])[] = [
  [everyAspect],
  ...(existsSync(corpus)
    ? [
        filesOf('camel-2.5').map((f) => path.join(corpus, 'camel-2.5', f)),
        ...['CRM.camel', 'PeopleFlow.camel', 'Scalarm.camel'].map((f) => [path.join(corpus, 'camel-3.0', f)]),
        [path.join(corpus, 'camel-3.0-serverless/Example.camel')],
      ]
    : []),
];

type Texts = ReadonlyMap<string, string>;
const openTexts = (texts: Texts): Promise<Case> => openCase([...texts].map(([name, text]) => `// --- file: ${name}\n${text.trimEnd()}\n`).join(''));
const textsOf = (c: Case): Texts => new Map(c.documents.slice(1).map((d) => [path.basename(d.uri.path), d.textDocument.getText()]));
const declarationsOf = (c: Case): AstNode[] =>
  c.documents.flatMap((d) =>
    AstUtils.streamAllContents(d.parseResult.value)
      .filter((n) => !!nameOf(n))
      .toArray(),
  );

/** To what each reference leads, and the codes of the diagnostics. */
const meaningOf = (c: Case): string[] => [
  ...c.documents.flatMap((d) => d.references.map((r) => `${(r as Reference).$nodeDescription?.documentUri} ${(r as Reference).$nodeDescription?.path}`)),
  ...c.documents.flatMap((d) => d.diagnostics!.map(({ code, range }) => `${d.uri} ${code} in line ${range.start.line}`)),
];

/** The texts with the element renamed that is declared as the n-th. */
async function renamed(c: Case, n: number, newName: string): Promise<Texts> {
  const element = declarationsOf(c)[n]!;
  const position: Position = c.services.references.NameProvider.getNameNode(element)!.range.start;
  const document = AstUtils.getDocument(element);
  const edit = await c.services.lsp.RenameProvider!.rename(document, { textDocument: { uri: document.uri.toString() }, position, newName });
  const changed = edited(c, edit!);
  return new Map([...textsOf(c)].map(([name, text]) => [name, changed.get(`file:///${name}`) ?? text]));
}

describe.each(workspaces.map((files) => ({ name: path.basename(files[0]!), files })))('$name', ({ files }) => {
  test('means the same with an element renamed, and is as before when it is renamed back', async () => {
    const before = await openTexts(new Map(files.map((f) => [path.basename(f), readFileSync(f, 'utf8')])));
    const meaning = meaningOf(before);
    const count = declarationsOf(before).length;
    const anElement = fc.integer({ min: 0, max: count - 1 });
    await fc.assert(
      fc.asyncProperty(anElement, async (n) => {
        const name = nameOf(declarationsOf(before)[n]!)!;
        const after = await openTexts(await renamed(before, n, `${name}_fresh`));
        expect(meaningOf(after)).toEqual(meaning);
        expect(await renamed(after, n, name)).toEqual(textsOf(before));
      }),
      { numRuns: 12 },
    );
  });
});
