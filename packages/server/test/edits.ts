/** What edits do to the documents of a case. */
import { TextDocument, URI, UriUtils } from 'langium';
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Case } from './cases.js';

/** The texts after the edit, by URI. */
export function edited({ services }: Case, { changes = {} }: WorkspaceEdit): Map<string, string> {
  const documents = services.shared.workspace.LangiumDocuments;
  return new Map(Object.entries(changes).map(([uri, edits]) => [uri, TextDocument.applyEdits(documents.getDocument(URI.parse(uri))!.textDocument, edits)]));
}

/** The lines that the edit takes away and those that it puts there, by file. */
export function showEdit(c: Case, edit: WorkspaceEdit): string {
  const shown = [...edited(c, edit)].map(([uri, text]) => {
    const before = c.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri))!.textDocument.getText();
    const name = c.documents.length > 1 ? [`${UriUtils.basename(URI.parse(uri))}:`] : [];
    return [...name, ...changedLines(before.split('\n'), text.split('\n'))].join('\n');
  });
  return shown.join('\n');
}

/** A shortest script of edits by longest common subsequence. */
function changedLines(a: string[], b: string[]): string[] {
  const common = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) lines.push(`- ${a[i++]}`);
    else lines.push(`+ ${b[j++]}`);
  }
  return lines;
}
