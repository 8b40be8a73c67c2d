import { catalogue, diagnose, DiagnosticError, type Code, nearest, type Entry } from '@camelc/diagnostics';
import { table, toJson } from '@camelc/project';
import type { Console } from '../console.js';

/** `camelc explain [CODE]`: the page of a diagnostic, or the list of all. */
export async function explain(code: string | undefined, c: Console): Promise<number> {
  const rows = Object.entries(catalogue) as [Code, Entry<never>][];
  if (code === undefined) {
    if (c.format === 'json') c.print(toJson({ formatVersion: 1, codes: rows.map(([id, e]) => ({ code: id, severity: e.severity, explanation: e.explanation })) }));
    else c.print(table(rows.map(([id, e]) => [id, e.severity])) + '\n');
    return 0;
  }
  const found = rows.find(([id]) => id === code);
  if (!found) {
    const near = nearest(
      code,
      rows.map(([id]) => id),
    );
    throw new DiagnosticError([diagnose('usage/invalid', { message: `there is no diagnostic \`${code}\`${near ? `; did you mean \`${near}\`?` : ''}`, verb: 'explain' })]);
  }
  const [id, e] = found;
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, code: id, severity: e.severity, explanation: e.explanation, fix: e.fix, example: e.example }));
  else
    c.print(
      `${c.style.bold(id)} (${e.severity})\n\n${e.explanation}\n${e.fix ? `\nQuick fix: ${e.fix}.\n` : ''}${e.example ? `\nFor example:\n\n${e.example.replace(/^/gm, '    ')}\n` : ''}`,
    );
  return 0;
}
