import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EmptyFileSystem, URI } from 'langium';
import { expect, test } from 'vitest';
import { createServerServices } from '../src/services.js';
import { randomOf } from './random.js';

const root = path.resolve(import.meta.dirname, '../../..');
const files = [path.join(root, 'packages/language/test/every-aspect.camel'), path.resolve(root, '../shared/corpus/camel-2.5/FCRwithDataLocality.camel')].filter((file) =>
  existsSync(file),
);
const { shared, Camel } = createServerServices(EmptyFileSystem);

/** Ways in which a text that is being written is wrong. */
const ruins: Record<string, (text: string, random: () => number) => string> = {
  'cut off': (text, random) => text.slice(0, random() * text.length),
  'without a piece': (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + text.slice(at + 1 + random() * 200);
  },
  'with stray signs': (text, random) => text.replace(/[{}"'[\](),.]/g, (sign) => (random() < 0.03 ? '' : random() < 0.03 ? '{' : random() < 0.02 ? '"' : sign)),
};

const cases = files.flatMap((file) => Object.keys(ruins).map((ruin) => [path.basename(file), ruin, file] as const));

test.for(cases)('no service fails on %s %s', async ([, ruin, file]) => {
  const text = readFileSync(file, 'utf8');
  const random = randomOf(11);
  for (let round = 0; round < 2; round++) {
    const document = shared.workspace.LangiumDocumentFactory.fromString(ruins[ruin]!(text, random), URI.parse(`file:///${ruin}-${round}-${path.basename(file)}`));
    shared.workspace.LangiumDocuments.addDocument(document);
    await shared.workspace.DocumentBuilder.build([document], { validation: false });
    const textDocument = { uri: document.uri.toString() };
    const { lsp } = Camel;
    const { length } = document.textDocument.getText();
    for (let offset = Math.floor(random() * 7); offset <= length; offset += 7 * 13) {
      const position = document.textDocument.positionAt(offset);
      await lsp.CompletionProvider!.getCompletion(document, { textDocument, position });
      await lsp.HoverProvider!.getHoverContent(document, { textDocument, position });
      await lsp.SignatureHelp!.provideSignatureHelp(document, { textDocument, position });
    }
    const range = { start: { line: 0, character: 0 }, end: document.textDocument.positionAt(length) };
    await lsp.InlayHintProvider!.getInlayHints(document, { textDocument, range });
    await lsp.SemanticTokenProvider!.semanticHighlight(document, { textDocument });
    await shared.workspace.DocumentBuilder.update([], [document.uri]);
  }
  expect(shared.workspace.LangiumDocuments.all.filter((d) => d.uri.scheme === 'file').count()).toBe(0);
});
