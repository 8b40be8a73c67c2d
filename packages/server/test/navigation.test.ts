import path from 'node:path';
import { URI } from 'langium';
import type { Location, LocationLink, Position, Range } from 'vscode-languageserver';
import { showPosition, showRange, testCases, type Case } from './cases.js';

const identifier = ({ document }: Case): { uri: string } => ({ uri: document.uri.toString() });

/** `file 3:14-3:17 the line`, the line without its indentation. */
function showPlace({ services }: Case, uri: string, range: Range): string {
  const { textDocument } = services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri))!;
  const line = textDocument.getText({ start: { line: range.start.line, character: 0 }, end: { line: range.start.line + 1, character: 0 } });
  return `${path.basename(uri)} ${showRange(range)}  ${line.trim()}`;
}
const showLinks = (c: Case, position: Position, links: readonly LocationLink[] = []): string => {
  const [origin] = links;
  const from = origin ? `${showRange(origin.originSelectionRange!)} ${c.document.textDocument.getText(origin.originSelectionRange)}` : showPosition(position);
  return [from, ...(links.length ? links.map((l) => showPlace(c, l.targetUri, l.targetSelectionRange)) : ['nowhere'])].join('\n  ');
};
const showLocations = (c: Case, locations: readonly Location[]): string[] => (locations.length ? locations.map((l) => showPlace(c, l.uri, l.range)) : ['none']);

const atEachCursor = async (c: Case, answer: (position: Position) => Promise<string>): Promise<string> => (await Promise.all(c.cursors.map(answer))).join('\n');

testCases('definition', (c) =>
  atEachCursor(c, async (position) => showLinks(c, position, await c.services.lsp.DefinitionProvider!.getDefinition(c.document, { textDocument: identifier(c), position }))),
);
testCases('type-definition', (c) =>
  atEachCursor(c, async (position) => showLinks(c, position, await c.services.lsp.TypeProvider!.getTypeDefinition(c.document, { textDocument: identifier(c), position }))),
);
testCases('implementation', (c) =>
  atEachCursor(c, async (position) =>
    showLinks(c, position, await c.services.lsp.ImplementationProvider!.getImplementation(c.document, { textDocument: identifier(c), position })),
  ),
);
testCases('references', (c) =>
  atEachCursor(c, async (position) => {
    const find = (includeDeclaration: boolean) =>
      c.services.lsp.ReferencesProvider!.findReferences(c.document, { textDocument: identifier(c), position, context: { includeDeclaration } });
    const [all, references] = [await find(true), await find(false)];
    const declarations = all.filter((a) => !references.some((r) => r.uri === a.uri && showRange(r.range) === showRange(a.range)));
    return [showPosition(position), ...showLocations(c, references), ...declarations.map((l) => `declared in ${showPlace(c, l.uri, l.range)}`)].join('\n  ');
  }),
);
testCases('highlights', (c) =>
  atEachCursor(c, async (position) => {
    const found = await c.services.lsp.DocumentHighlightProvider!.getDocumentHighlight(c.document, { textDocument: identifier(c), position });
    const shown = found?.map(({ range, kind }) => `${kind === 3 ? 'write' : 'read'} ${showPlace(c, identifier(c).uri, range)}`);
    return [showPosition(position), ...(shown ?? ['none'])].join('\n  ');
  }),
);
