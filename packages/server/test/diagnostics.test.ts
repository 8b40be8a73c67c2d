import { URI } from 'langium';
import { DiagnosticTag, type Diagnostic, type Range } from 'vscode-languageserver';
import type { FixData } from '../src/diagnostics/lsp-diagnostics.js';
import { testCases } from './cases.js';

const shownRange = ({ start, end }: Range): string => `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;

/** As an editor lists it, with the edits of its quick fixes. */
function shown({ range, severity, code, message, tags, data }: Diagnostic): string {
  const fixes = (data as { fixes: FixData[] } | undefined)?.fixes ?? [];
  const lines = fixes.map(({ title, edits }) => `  fix: ${title}: ${edits.map((e) => `${URI.parse(e.uri).path} ${shownRange(e.range)} ${JSON.stringify(e.newText)}`).join(', ')}`);
  return [`${shownRange(range)} ${severity} ${code}${tags?.includes(DiagnosticTag.Unnecessary) ? ' (unnecessary)' : ''}: ${message}`, ...lines].join('\n');
}

testCases('diagnostics', ({ document }) => (document.diagnostics ?? []).map(shown).join('\n'));
