import { displayWidth, type Style } from './style.js';
import { catalogue, type Diagnostic, type Entry, type Place } from '@camelc/diagnostics';

/** The texts of the files that diagnostics point into, by the path as given. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Renders diagnostics for people: the message, the marked line, and what to do.
 * @param sources texts to quote from; a place in a file that is not there is named without a quote
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources, style: Style): string {
  return diagnostics.map((d) => renderDiagnostic(d, sources, style)).join('\n');
}

function renderDiagnostic(d: Diagnostic, sources: Sources, style: Style): string {
  const colour = d.severity === 'error' ? style.red : d.severity === 'warning' ? style.yellow : style.cyan;
  const lines = [`${colour(`${d.severity}[${d.code}]`)}: ${style.bold(d.message)}`];
  if (d.place) lines.push(...quote(d.place, d.help, (catalogue[d.code] as Entry<never>).confidential ?? false, sources, style, colour));
  else if (d.help) lines.push(`  = ${d.help}`);
  for (const { message, place } of d.related ?? []) lines.push(`  ${style.dim('·')} ${message} ${style.dim(`(${showPlace(place)})`)}`);
  return lines.join('\n') + '\n';
}

/** `file:line:column`, counted from 1 as editors show them. */
export function showPlace(place: Place): string {
  return `${place.file}:${place.range.start.line + 1}:${place.range.start.character + 1}`;
}

const longestQuote = 160;

function quote(place: Place, help: string | undefined, confidential: boolean, sources: Sources, style: Style, colour: (s: string) => string): string[] {
  const { start, end } = place.range;
  const source = confidential ? undefined : sources.get(place.file)?.split('\n', start.line + 1)[start.line]?.replace(/\r$/, '');
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const head = `${gutter} ${style.dim('┌─')} ${showPlace(place)}`;
  if (source === undefined) return help ? [head, `${gutter} ${style.dim('=')} ${help}`] : [head];
  // A very long line is quoted around the marked text only.
  const cut = source.length > longestQuote ? Math.max(0, start.character - 40) : 0;
  const text = source.slice(cut, cut + longestQuote).replace(/(?!\t)\p{Cc}/gu, '·');
  const before = text.slice(0, start.character - cut).replace(/[^\t]/g, (c) => ' '.repeat(displayWidth(c)));
  const last = end.line > start.line ? source.length : end.character;
  const marked = text.slice(start.character - cut, Math.max(last, start.character + 1) - cut);
  const marks = '^'.repeat(Math.max(1, displayWidth(marked)));
  return [
    head,
    `${gutter} ${style.dim('│')}`,
    `${style.dim(number + ' │')} ${text}`,
    `${gutter} ${style.dim('│')} ${before}${colour(marks)}${help ? ' ' + help : ''}`,
  ];
}

/** `1 error, 2 warnings in 3 files`. */
export function summarise(diagnostics: readonly Diagnostic[], files: number): string {
  const count = (severity: string, word: string): string[] => {
    const n = diagnostics.filter((d) => d.severity === severity).length;
    return n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`];
  };
  const parts = [...count('error', 'error'), ...count('warning', 'warning'), ...count('hint', 'hint')];
  return `${parts.length ? parts.join(', ') : 'no problems'} in ${files} file${files === 1 ? '' : 's'}`;
}
