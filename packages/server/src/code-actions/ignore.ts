import { catalogue, groupOf, isFixed, type Code } from '@camelc/diagnostics';
import { endOfLine, indentationAt } from '@camelc/language';
import { CstUtils, type LangiumDocument } from 'langium';
import { CodeActionKind, TextEdit, type Diagnostic } from 'vscode-languageserver';
import { editOf, type Action, type Source } from './action.js';

/** Keeps a diagnostic back by a comment above its line; the reason is left to whoever writes it. One about such a comment is mended there. */
export const ignoreComment: Source = {
  kinds: [CodeActionKind.QuickFix],
  actions({ document, diagnostics }) {
    const byCode = new Map(diagnostics.map((d) => [String(d.code), d]));
    return [...byCode].flatMap(([code, d]) => (Object.hasOwn(catalogue, code) && !isFixed(code as Code) && groupOf(code) !== 'ignore' ? ignore(code, d, document) : []));
  },
};

function ignore(code: string, diagnostic: Diagnostic, document: LangiumDocument): Action[] {
  const { textDocument, parseResult } = document;
  const start = { line: diagnostic.range.start.line, character: 0 };
  const offset = textDocument.offsetAt(start);
  const root = parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset);
  // A text or a comment goes on in that line.
  if (leaf && leaf.offset < offset && offset < leaf.end && leaf.text.trim() !== '') return [];
  const text = textDocument.getText();
  const lineEnd = text.indexOf('\n', offset);
  const indentation = indentationAt(text, lineEnd < 0 ? text.length : lineEnd);
  const edit = TextEdit.insert(start, `${indentation}// camelc-ignore ${code}: ${endOfLine(text)}`);
  return [{ title: `Ignore \`${code}\` in this line`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: () => editOf(document, [edit]) }];
}
