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
  if (c.format === 'json')
    c.print(toJson({ formatVersion: 1, code: id, severity: e.severity, explanation: e.explanation, fix: e.fix, example: e.example, files: e.files, run: e.run }));
  else c.print([`${c.style.bold(id)} (${e.severity})`, e.explanation, ...(e.fix ? [`Quick fix: ${e.fix}.`] : []), ...exampleOf(e)].join('\n\n') + '\n');
  return 0;
}

/** The files of the example with their names, and the command line; of a model by itself the text alone. */
function exampleOf({ example, files, run }: Entry<never>): string[] {
  const indented = (text: string): string => text.replace(/^/gm, '    ');
  if (run === undefined) return example === undefined ? [] : ['For example:', indented(example)];
  const named = Object.entries({ ...(example !== undefined && { 'shop.camel': example }), ...files });
  return ['For example:', ...named.flatMap(([name, text]) => [`  ${name}`, indented(text)]), `  $ ${run}`];
}
