import { type CodeAction, type Range } from 'vscode-languageserver';
import { showRange, testCases, type Case } from './cases.js';
import { showEdit } from './edits.js';

/** At each mark all actions with what they do to the text; a line `// only KIND` asks for that kind alone. */
testCases('code-actions', async (c) => {
  const only = /^\/\/ only (.*)$/m.exec(c.text)?.[1]?.split(' ');
  const places: Range[] = [...c.ranges, ...c.cursors.map((p) => ({ start: p, end: p }))];
  const answers = places.map(async (range) => [showRange(range), ...(await actionsAt(c, range, only)).map((a) => showAction(c, a))].join('\n'));
  return (await Promise.all(answers)).join('\n\n');
});

export const actionsAt = async ({ services, document }: Case, range: Range, only?: string[]): Promise<CodeAction[]> => {
  const context = { diagnostics: [], ...(only && { only }) };
  const actions = await services.lsp.CodeActionProvider!.getCodeActions(document, { textDocument: { uri: document.uri.toString() }, range, context });
  return (actions ?? []) as CodeAction[];
};

const showAction = (c: Case, { title, kind, edit, isPreferred }: CodeAction): string =>
  [`* ${title} (${kind}${isPreferred ? ', preferred' : ''})`, ...(edit ? showEdit(c, edit).split('\n') : [])].join('\n    ');
