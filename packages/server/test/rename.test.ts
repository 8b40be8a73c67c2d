import { ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { showPosition, showRange, testCases, type Case } from './cases.js';
import { showEdit } from './edits.js';

/** The line `// rename to A, B` says to what the elements at the cursors are renamed, in order. */
testCases('rename', async (c) => {
  const names = /^\s*\/\/ rename to (.*)$/m.exec(c.text)![1]!.split(',');
  const answers = c.cursors.map(async (position, i) => {
    const newName = names[i]!.trim();
    const prepared = await sayRefusal(() => c.services.lsp.RenameProvider!.prepareRename(c.document, { ...params(c), position }));
    const renamed = await sayRefusal(() => c.services.lsp.RenameProvider!.rename(c.document, { ...params(c), position, newName }));
    return [`${showPosition(position)} to ${newName}`, showPrepared(prepared), showRenamed(c, renamed)].join('\n');
  });
  return (await Promise.all(answers)).join('\n\n');
});

const params = ({ document }: Case) => ({ textDocument: { uri: document.uri.toString() } });
type Prepared = Parameters<typeof showRange>[0] | undefined | string;
const showPrepared = (prepared: Prepared): string => (typeof prepared === 'object' ? `renames ${showRange(prepared)}` : (prepared ?? 'cannot be renamed'));
const showRenamed = (c: Case, renamed: WorkspaceEdit | undefined | string): string => (typeof renamed === 'object' ? showEdit(c, renamed) : (renamed ?? 'no edit'));

async function sayRefusal<T>(ask: () => T | Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (e) {
    if (e instanceof ResponseError) return `refused: ${e.message}`;
    throw e;
  }
}
