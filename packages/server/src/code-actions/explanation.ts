import { catalogue } from '@camelc/diagnostics';
import { CodeActionKind } from 'vscode-languageserver';
import { explainCommand } from '../diagnostics/explanations.js';
import type { Source } from './action.js';

/** Opens the page of a diagnostic. */
export const explanation: Source = {
  kinds: [CodeActionKind.QuickFix],
  actions: ({ diagnostics }) =>
    [...new Set(diagnostics.map((d) => String(d.code)))]
      .filter((code) => Object.hasOwn(catalogue, code))
      .map((code) => {
        const title = `Explain \`${code}\``;
        return { title, kind: CodeActionKind.QuickFix, command: { title, command: explainCommand, arguments: [code] } };
      }),
};
