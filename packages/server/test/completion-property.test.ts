import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isLibraryUri } from '@camelc/language';
import { AstUtils, CstUtils, EmptyFileSystem, GrammarAST, URI, type AstNode, type LangiumDocument, type Reference } from 'langium';
import { describe, expect, test } from 'vitest';
import type { CompletionItem, TextEdit } from 'vscode-languageserver';
import { createServerServices } from '../src/services.js';
import { randomOf } from '../../../test/random.js';

const root = path.resolve(import.meta.dirname, '../../..');
const corpus = path.resolve(root, '../shared/corpus');
/** Application models; the schemas and templates beside them are long lists of the same. */
const files = [
  path.join(root, 'packages/language/test/every-aspect.camel'),
  ...['flex4apps', 'smartwe', 'two-component'].flatMap((name) => camelFilesOf(path.join(root, 'examples', name))),
  ...(existsSync(corpus) ? ['camel-2.5', 'camel-3.0', 'camel-3.0-serverless'].flatMap((name) => camelFilesOf(path.join(corpus, name))) : []),
].filter((file) => !/(MMS|location|metric|type|unit|security)\.camel$/.test(file));

function camelFilesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.camel'))
    .map((name) => path.join(folder, name));
}

const { shared, Camel } = createServerServices(EmptyFileSystem);
async function open(text: string): Promise<LangiumDocument> {
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  for (const document of LangiumDocuments.all.toArray()) if (!isLibraryUri(document.uri)) await DocumentBuilder.update([], [document.uri]);
  const document = LangiumDocumentFactory.fromString(text, URI.parse(`file:///${Math.random()}.camel`));
  LangiumDocuments.addDocument(document);
  await DocumentBuilder.build([document], { validation: false });
  return document;
}
async function complete(document: LangiumDocument, offset: number): Promise<CompletionItem[]> {
  const position = document.textDocument.positionAt(offset);
  const list = await Camel.lsp.CompletionProvider!.getCompletion(document, { textDocument: { uri: document.uri.toString() }, position });
  return list?.items ?? [];
}
const editOf = (item: CompletionItem): TextEdit => item.textEdit as TextEdit;
const idOf = (node: AstNode): string => `${AstUtils.getDocument(node).uri.toString()} ${Camel.workspace.AstNodeLocator.getAstNodePath(node)}`;
const isOfMetadata = (node: AstNode): boolean => /^(Concept|MmsProperty|PropertyInstance)/.test(node.$type);

/** The references that lead somewhere, in the order of the text. */
const linked = (document: LangiumDocument): Reference[] => document.references.map((r) => r as Reference).filter((r) => r.ref && r.$refNode && !isInFormula(r));
const isInFormula = (r: Reference): boolean => /^(Variable|Call)$/.test(r.$refNode!.astNode.$type);

describe.for(files)('%s', (file) => {
  const random = randomOf(7);

  test('what stands there is among what is offered', async () => {
    const document = await open(readFileSync(file, 'utf8'));
    const text = document.textDocument.getText();
    const missing: string[] = [];
    const miss = (offset: number, what: string): void => void missing.push(`${document.textDocument.positionAt(offset).line + 1}: ${what}`);
    for (const leaf of CstUtils.flattenCst(document.parseResult.value.$cstNode!)) {
      if (leaf.hidden || !GrammarAST.isKeyword(leaf.grammarSource) || !/^\w/.test(leaf.text) || random() > 0.1) continue;
      const rest = text
        .slice(leaf.offset, leaf.offset + 100)
        .split(/\s+/)
        .join(' ');
      const items = await complete(document, leaf.offset + Math.floor(random() * leaf.length));
      if (!items.some((item) => rest.startsWith(editOf(item).newText))) miss(leaf.offset, leaf.text);
    }
    for (const { ref, $refNode, $refText } of linked(document)) {
      if (random() > 0.15 || $refNode!.text !== $refText) continue;
      const starts = [0, ...[...$refText.matchAll(/\./g)].map((m) => m.index + 1)];
      // Metadata is offered level by level.
      const start = isOfMetadata(ref!) ? starts.at(-1)! : starts[Math.floor(random() * starts.length)]!;
      const items = await complete(document, $refNode!.offset + start);
      if (!items.some(({ data }) => data && `${data.uri} ${data.path}` === idOf(ref!))) miss($refNode!.offset, $refText);
    }
    expect(missing).toEqual([]);
  });

  test('each name that is offered leads to what it is offered for', async () => {
    let document = await open(readFileSync(file, 'utf8'));
    const text = document.textDocument.getText();
    const places = linked(document).map(({ $refNode }) => $refNode!.offset);
    for (let i = 0; i < 6 && places.length > 0; i++) {
      const offset = places[Math.floor(random() * places.length)]!;
      document = await open(text);
      const offered = (await complete(document, offset)).filter((item) => item.data);
      const item = offered[Math.floor(random() * offered.length)];
      if (!item) continue;
      const { range, newText } = editOf(item);
      const [start, end] = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
      const changed = await open(text.slice(0, start) + newText + text.slice(end));
      const reference = changed.references.map((r) => r as Reference).find((r) => r.$refNode?.offset === offset);
      expect([newText, changed.parseResult.parserErrors.length, reference?.error?.message, Camel.workspace.AstNodeLocator.getAstNodePath(reference!.ref!)]).toEqual([
        newText,
        0,
        undefined,
        item.data.path,
      ]);
    }
  });
});
