import { applyIgnores, byPosition, shownOf, type Diagnostic as CamelDiagnostic } from '@camelc/diagnostics';
import { fileOf, unusedThen } from '@camelc/language';
import { CstUtils, type AstNode, type LangiumDocument } from 'langium';
import { CodeActionKind, DiagnosticTag, type Diagnostic, type Range } from 'vscode-languageserver';
import { fixDataOf, type FixData } from '../diagnostics/lsp-diagnostics.js';
import type { Action, Request, Source } from './action.js';
import { combined, fixesOf } from './diagnostic-fixes.js';

const kind = `${CodeActionKind.Source}.removeUnused`;

/** Removes what nothing uses, with what only such elements use. */
export const removeUnused: Source = {
  kinds: [kind],
  actions: ({ document, services }: Request): Action[] => {
    const diagnostics = (document.diagnostics ?? []).filter((d) => fixesOf(d).length > 0 && d.tags?.includes(DiagnosticTag.Unnecessary));
    if (diagnostics.length === 0) return [];
    const edit: Action['edit'] = () => {
      const elements = diagnostics.filter((d) => d.code === 'hint/unused').flatMap((d) => elementNamedAt(document, d) ?? []);
      const then = unusedThen(elements, document, services.shared, (d) => isShown(d, document));
      const fixes = [...diagnostics.map((d) => fixesOf(d)[0]!), ...then.map((d) => fixDataOf(d.fixes![0]!))];
      return combined(fixes.sort((a, b) => outerFirst(rangeOf(a), rangeOf(b))));
    };
    return [{ title: 'Remove all that is unused', kind, isCostly: true, diagnostics, edit }];
  },
};

function elementNamedAt({ parseResult, textDocument }: LangiumDocument, { range }: Diagnostic): AstNode | undefined {
  const root = parseResult.value.$cstNode;
  return root && CstUtils.findLeafNodeAtOffset(root, textDocument.offsetAt(range.start))?.astNode;
}

/** Whether no comment keeps it back. */
const isShown = (d: CamelDiagnostic, document: LangiumDocument): boolean =>
  shownOf(applyIgnores([d], [{ path: fileOf(document), text: document.textDocument.getText() }], () => false)).some(({ code }) => code === d.code);

const rangeOf = ({ edits: [first] }: FixData): Range => first!.range;
/** What stands in something else goes with that. */
const outerFirst = (a: Range, b: Range): number => byPosition(a.start, b.start) || byPosition(b.end, a.end);
