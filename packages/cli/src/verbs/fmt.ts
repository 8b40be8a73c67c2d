import { readFileSync } from 'node:fs';
import { diagnose, DiagnosticError, exitCodeOf, type Diagnostic } from '@camelc/diagnostics';
import { formatSource } from '@camelc/language';
import { byteOrderMark, byteOrderMarkOf, count, decode, diagnosticToJson, openProject, replaceText, toJson, why, type SourceFile } from '@camelc/project';
import type { Console } from '../console.js';
import { unifiedDiff } from '../report/diff.js';

export interface FmtOptions {
  check?: boolean;
  diff?: boolean;
  stdout?: boolean;
}

/** `camelc fmt PATHS`: formats models in place, or says what that would change. */
export async function fmt(paths: readonly string[], options: FmtOptions, c: Console): Promise<number> {
  const isInput = paths.includes('-');
  const saysOnly = options.check || options.diff;
  const prints = options.stdout || (isInput && !saysOnly);
  if (isInput && paths.length > 1) throw misuse('`-` is standard input, and stands alone');
  if (options.stdout && saysOnly) throw misuse('--stdout prints a model, --check and --diff print what would change: take one');
  if (c.format === 'json' && (prints || options.diff)) throw misuse('--format json lists the files that change; a model or a diff is text');

  const { files, diagnostics } = isInput ? { files: [readInput(c)], diagnostics: [] } : openProject(paths, {}, c).models;
  const problems: Diagnostic[] = [...diagnostics];
  if (options.stdout && files.length > 1) throw misuse(`--stdout prints one model, not ${files.length}`);

  const changed: SourceFile[] = [];
  let already = 0;
  for (const file of files) {
    const result = formatSource(file);
    problems.push(...result.diagnostics);
    if (result.diagnostics.length > 0) continue;
    if (result.text === file.text) already++;
    else if (saysOnly || prints || wrote(file.path, result.text, problems)) changed.push(file);
    if (prints) c.print((isInput ? '' : byteOrderMarkOf(file.path)) + result.text);
    else if (options.diff && result.text !== file.text) c.print(unifiedDiff(file.path, file.text, result.text, c.style));
  }

  if (c.format === 'json') c.print(toJson({ formatVersion: 1, files: files.length, changed: changed.map((f) => f.path), diagnostics: problems.map(diagnosticToJson) }));
  else {
    c.diagnostics(problems);
    if (!prints && !options.diff && files.length > 0) c.print(report(changed, already, files.length, options, c));
  }
  return exitCodeOf(problems) || (options.check && changed.length > 0 ? 1 : 0);
}

const misuse = (message: string): DiagnosticError => new DiagnosticError([diagnose('usage/invalid', { message, verb: 'fmt' })]);

/** What stands at standard input, with its byte order mark. */
function readInput(c: Console): SourceFile {
  const path = '<stdin>';
  try {
    const bytes = readFileSync(0);
    const text = decode(bytes, path);
    c.sources.set(path, text);
    return { path, text: bytes.indexOf(byteOrderMark) === 0 ? byteOrderMark + text : text };
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw new DiagnosticError([diagnose('file/unreadable', { path: 'standard input', why: why(error) })]);
  }
}

/** A file that cannot be written does not keep the others from it. */
function wrote(path: string, text: string, problems: Diagnostic[]): boolean {
  try {
    replaceText(path, text);
    return true;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    problems.push(...error.diagnostics);
    return false;
  }
}

function report(changed: readonly SourceFile[], already: number, files: number, { check }: FmtOptions, { quiet }: Console): string {
  const names = changed.map((f) => `${f.path}\n`).join('');
  if (quiet) return check ? names : '';
  const counts: [number, string][] = [
    [changed.length, check ? 'would be formatted' : 'formatted'],
    [already, 'formatted already'],
    [files - changed.length - already, 'not formatted'],
  ];
  const summary = counts.filter(([n]) => n > 0).map(([n, what]) => `${count(n, 'file')} ${what}`);
  return `${names}${summary.join(', ')}.\n`;
}
