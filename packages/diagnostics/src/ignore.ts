/** Comments that keep diagnostics back: `// camelc-ignore CODE: reason`. */
import { catalogue, type Code } from './catalogue/index.js';
import { diagnose, hasErrors, type Diagnostic } from './diagnostic.js';
import { nearest } from './did-you-mean.js';
import type { Place } from './place.js';
import { isFixed } from './severities.js';

interface IgnoreComment {
  place: Place;
  code: string;
  reason: string;
  /** The line that it is about, counted from 0; undefined for the whole file. */
  line: number | undefined;
}

/**
 * Marks the diagnostics that a comment of their file keeps back, and hints at comments that do nothing; beside errors, which may hide what they are for, not at these.
 * @param files the texts that the diagnostics may be about
 * @param wasLookedFor whether the diagnostics of a code have all been found; a comment for another may have its use elsewhere
 */
export function applyIgnores(diagnostics: readonly Diagnostic[], files: readonly { path: string; text: string }[], wasLookedFor: (code: Code) => boolean): Diagnostic[] {
  const comments = files.flatMap(({ path, text }) => commentsIn(path, text));
  if (comments.length === 0) return [...diagnostics];
  const used = new Set<IgnoreComment>();
  const byFile = new Map<string, IgnoreComment[]>();
  for (const comment of comments) byFile.set(comment.place.file, [...(byFile.get(comment.place.file) ?? []), comment]);
  const marked = diagnostics.map((d) => {
    const comment = byFile.get(d.place?.file ?? '')?.find((c) => c.code === d.code && (c.line === undefined || c.line === d.place!.range.start.line));
    if (!comment || isFixed(d.code)) return d;
    used.add(comment);
    return { ...d, suppressed: comment.reason };
  });
  const isLookedFor = hasErrors(marked) ? () => false : wasLookedFor;
  return [...marked, ...comments.flatMap((comment) => fault(comment, used.has(comment), isLookedFor))];
}

function fault({ code, place, reason }: IgnoreComment, isUsed: boolean, wasLookedFor: (code: Code) => boolean): Diagnostic[] {
  if (!(code in catalogue)) {
    const suggestion = nearest(code, Object.keys(catalogue));
    return [diagnose('ignore/unknown', { code, suggestion }, place)];
  }
  if (isFixed(code as Code)) return [diagnose('ignore/fixed', { code }, place)];
  if (reason === '') return [diagnose('ignore/no-reason', { code }, place)];
  return isUsed || !wasLookedFor(code as Code) ? [] : [diagnose('ignore/nothing', { code }, place)];
}

/** Strings and comments of CAMEL: what looks like a comment in a string is none. */
const stringOrComment = /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'|\/\*[^]*?\*\/|\/\/[^\r\n]*/g;

function commentsIn(file: string, text: string): IgnoreComment[] {
  if (!text.includes('camelc-ignore')) return [];
  const found: IgnoreComment[] = [];
  let line = 0;
  let lineStart = 0;
  let at = 0;
  for (const { 0: token, index } of text.matchAll(stringOrComment)) {
    for (let end = text.indexOf('\n', at); end >= 0 && end < index; end = text.indexOf('\n', at)) {
      line++;
      at = lineStart = end + 1;
    }
    const [, isOfFile, code = '', reason = ''] = /^\/\/\s*camelc-ignore(-file)?(?:\s+([^\s:]*))?\s*(?::\s*(.*))?$/.exec(token) ?? [];
    if (!/^\/\/\s*camelc-ignore/.test(token)) continue;
    const character = index - lineStart;
    const stands = text.slice(lineStart, index).trim() === '';
    const place = { file, range: { start: { line, character }, end: { line, character: character + token.trimEnd().length } } };
    found.push({ place, code, reason: reason.trim(), line: isOfFile ? undefined : stands ? nextLineOfCode(text, index + token.length, line) : line });
  }
  return found;
}

/** Comments of several codes stand above each other. */
function nextLineOfCode(text: string, from: number, line: number): number {
  const lines = text.slice(from, from + 2000).split('\n');
  const next = lines.findIndex((content, i) => i > 0 && !/^\s*(\/\/.*)?\r?$/.test(content));
  return line + (next < 0 ? 1 : next);
}
