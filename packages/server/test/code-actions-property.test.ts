import { catalogue, type Entry } from '@camelc/diagnostics';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DiagnosticSeverity, type CodeAction, type Diagnostic, type Range } from 'vscode-languageserver';
import { openCase, type Case } from './cases.js';
import { edited } from './edits.js';

const folder = path.join(import.meta.dirname, 'cases/code-actions');
const cases: [name: string, text: string][] = [
  ...readdirSync(folder).flatMap((name): [string, string][] => (name.endsWith('.camel') ? [[name, readFileSync(path.join(folder, name), 'utf8')]] : [])),
  ...Object.entries(catalogue).flatMap(([code, { example }]: [string, Entry<never>]): [string, string][] => (example?.startsWith('camel') ? [[code, example]] : [])),
];

const diagnosticsOf = (c: Case): Diagnostic[] => c.documents.flatMap((d) => d.diagnostics!);
// What is suggested may change with what there is.
const shown = (d: Diagnostic): string => `${d.code} ${String(d.message).split('; did you mean')[0]}`;
const errorsOf = (c: Case): string[] =>
  diagnosticsOf(c)
    .filter((d) => d.severity === DiagnosticSeverity.Error)
    .map((d) => String(d.code));
const countOf = <T>(items: readonly T[], item: T): number => items.filter((i) => i === item).length;

async function actionsAt({ services, document }: Case, range: Range): Promise<CodeAction[]> {
  const context = { diagnostics: [] };
  return ((await services.lsp.CodeActionProvider!.getCodeActions(document, { textDocument: { uri: document.uri.toString() }, range, context })) ?? []) as CodeAction[];
}

/** The case after the action. */
function applied(c: Case, { edit }: CodeAction): Promise<Case> {
  const texts = edited(c, edit!);
  const [first, ...more] = c.documents.map((d) => ({ name: path.basename(d.uri.path), text: texts.get(d.uri.toString()) ?? d.textDocument.getText() }));
  return openCase([first!.text, ...more.map(({ name, text }) => `\n// --- file: ${name}\n${text}`)].join(''), first!.name);
}

describe('each action brings no new error, and a quick fix mends its diagnostic', () => {
  test.for(cases)('%s', async ([name, text]) => {
    const before = await openCase(text, name.endsWith('.camel') ? name : undefined);
    const places = [...before.ranges, ...before.cursors.map((p) => ({ start: p, end: p })), ...before.document.diagnostics!.map((d) => d.range)];
    const known = errorsOf(before);
    for (const range of places) {
      for (const action of (await actionsAt(before, range)).filter(({ edit }) => edit)) {
        const after = await applied(before, action);
        for (const d of new Set(errorsOf(after))) expect(countOf(errorsOf(after), d), `${action.title}: ${d}`).toBeLessThanOrEqual(countOf(known, d));
        const all = diagnosticsOf(after).map(shown);
        for (const d of action.diagnostics ?? [])
          expect(countOf(all, shown(d)), `${action.title} mends ${shown(d)}`).toBeLessThan(countOf(diagnosticsOf(before).map(shown), shown(d)));
      }
    }
  });
});

describe('removing all that is unused leaves nothing that is unused', () => {
  const isRemovable = ({ code, data }: Diagnostic): boolean => code === 'hint/unused' && ((data as { fixes: [] } | undefined)?.fixes.length ?? 0) > 0;
  test.for(cases)('%s', async ([name, text]) => {
    const before = await openCase(text, name.endsWith('.camel') ? name : undefined);
    const params = { textDocument: { uri: before.document.uri.toString() }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
    const actions = await before.services.lsp.CodeActionProvider!.getCodeActions(before.document, { ...params, context: { diagnostics: [], only: ['source.removeUnused'] } });
    expect(actions?.length).toBe(before.document.diagnostics!.some((d) => d.tags && (d.data as { fixes: [] }).fixes.length > 0) ? 1 : 0);
    for (const action of actions ?? []) {
      const after = await applied(before, action as CodeAction);
      expect(after.document.diagnostics!.filter(isRemovable)).toEqual([]);
      for (const d of new Set(errorsOf(after))) expect(countOf(errorsOf(after), d), d).toBeLessThanOrEqual(countOf(errorsOf(before), d));
    }
  });
});
