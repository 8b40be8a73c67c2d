import type { LangiumDocument } from 'langium';
import { CodeActionKind, DiagnosticSeverity, TextEdit, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import type { FixData } from '../diagnostics/lsp-diagnostics.js';
import { overlaps, type Action, type Request, type Source } from './action.js';

const fixAll = `${CodeActionKind.SourceFixAll}.camelc`;

/** The ways to mend what the checks report: one by one, all of a kind, or all errors that have only one way. */
export const diagnosticFixes: Source = {
  kinds: [CodeActionKind.QuickFix, fixAll],
  actions: ({ document, diagnostics }: Request) => [
    ...diagnostics.flatMap((d) => fixesOf(d).map((fix, i) => quickFix(d, fix, i === 0))),
    ...[...new Set(diagnostics.filter((d) => fixesOf(d).length > 0).map((d) => d.code))].flatMap((code) => allOfAKind(document, code)),
    ...allErrors(document),
  ],
};

/** An editor may do it at each save: no guess at a name, nothing that changes what a valid model says. */
const isSafe = (d: Diagnostic): boolean => d.severity === DiagnosticSeverity.Error && fixesOf(d).length === 1 && !String(d.code).startsWith('reference/');

export const fixesOf = ({ data }: Diagnostic): FixData[] => (data as { fixes?: FixData[] } | undefined)?.fixes ?? [];

const quickFix = (diagnostic: Diagnostic, fix: FixData, isFirst: boolean): Action => ({
  title: fix.title,
  kind: CodeActionKind.QuickFix,
  diagnostics: [diagnostic],
  edit: () => combined([fix]),
  ...(isFirst && { isPreferred: true }),
});

/** The first fix of each diagnostic of the code, where there are several. */
function allOfAKind(document: LangiumDocument, code: Diagnostic['code']): Action[] {
  const same = (document.diagnostics ?? []).filter((d) => d.code === code && fixesOf(d).length > 0);
  return same.length < 2
    ? []
    : [
        {
          title: `Fix all ${same.length} of \`${code}\` in this file`,
          kind: CodeActionKind.QuickFix,
          isCostly: true,
          diagnostics: same,
          edit: () => combined(same.map((d) => fixesOf(d)[0]!)),
        },
      ];
}

function allErrors(document: LangiumDocument): Action[] {
  const mended = (document.diagnostics ?? []).filter(isSafe);
  return mended.length === 0
    ? []
    : [{ title: 'Fix all errors that have one fix', kind: fixAll, isCostly: true, diagnostics: mended, edit: () => combined(mended.map((d) => fixesOf(d)[0]!)) }];
}

/** The edits of the fixes, without a fix that changes what another one has changed already, or does the same. */
export function combined(fixes: readonly FixData[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  const made = new Set<string>();
  for (const { edits } of fixes) {
    const same = JSON.stringify(edits);
    if (made.has(same) || edits.some(({ uri, range }) => changes[uri]?.some((other) => overlaps(other.range, range)))) continue;
    made.add(same);
    for (const { uri, range, newText } of edits) (changes[uri] ??= []).push(TextEdit.replace(range, newText));
  }
  return { changes };
}
