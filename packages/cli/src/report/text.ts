import { catalogue, hideCredentials, type Diagnostic, type Entry, type Place, type Severity } from '@camelc/diagnostics';
import { count, displayWidth, table, wrap } from '@camelc/project';
import type { Style } from './style.js';

/** The texts of the files that diagnostics point into, by the path as given. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Renders diagnostics for people: the message, the marked line, and what to do.
 * @param sources texts to quote from; a place in a file that is not there is named without a quote
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources, style: Style): string {
  return diagnostics.map((d) => renderDiagnostic(d, sources, style)).join('\n');
}

/** Writes dots over the credentials that diagnostics mark, in the texts that are quoted. */
export function maskConfidential(diagnostics: readonly Diagnostic[], sources: Map<string, string>): void {
  for (const { code, place } of diagnostics) {
    const text = place && (catalogue[code] as Entry<never>).confidential ? sources.get(place.file) : undefined;
    if (text === undefined) continue;
    const { start, end } = place!.range;
    const lines = text.split('\n');
    for (let i = start.line; i <= end.line && i < lines.length; i++) {
      const [from, to] = [i === start.line ? start.character : 0, i === end.line ? end.character : lines[i]!.length];
      lines[i] = lines[i]!.slice(0, from) + '•'.repeat(to - from) + lines[i]!.slice(to);
    }
    sources.set(place!.file, lines.join('\n'));
  }
}

function renderDiagnostic(d: Diagnostic, sources: Sources, style: Style): string {
  const colour = d.severity === 'error' ? style.red : d.severity === 'warning' ? style.yellow : style.cyan;
  const title = `${d.severity}[${d.code}]`;
  const lines = [`${colour(title)}: ${style.bold(wrap(`${title}: ${d.message}`, style.width).slice(title.length + 2))}`];
  if (d.related && (catalogue[d.code] as Entry<never>).exit === 3) {
    lines.push('', ...contradiction(d.related, sources, style), ...(d.help ? ['', ...contradictionHelp(d.help)] : []));
    return lines.join('\n') + '\n';
  }
  if (d.place) lines.push(...quote(d.place, d.help, (catalogue[d.code] as Entry<never>).confidential ?? false, sources, style, colour));
  else if (d.help) lines.push(`  = ${d.help}`);
  for (const { message, place } of d.related ?? []) lines.push(`  ${style.dim('·')} ${message} ${style.dim(`(${showPlace(place)})`)}`);
  return lines.join('\n') + '\n';
}

/** `file:line:column`, counted from 1 as editors show them. */
export function showPlace(place: Place): string {
  return `${place.file}:${place.range.start.line + 1}:${place.range.start.character + 1}`;
}

/** One line for each element that rules every deployment out: where it stands, its name, and what it says. */
function contradiction(elements: NonNullable<Diagnostic['related']>, sources: Sources, style: Style): string[] {
  const rows = elements.map(({ message, place }) => {
    const colon = message.indexOf(': ');
    return [showPlace(place), ...(colon < 0 ? [message, definition(place, sources)] : [message.slice(0, colon), message.slice(colon + 2)])];
  });
  const lines = table(rows).split('\n');
  const narrow = lines.some((line) => displayWidth(line) + 2 > style.width);
  return narrow ? rows.flatMap((row) => row.map((cell, column) => `${column === 0 ? '  ' : '      '}${cell}`)) : lines.map((line) => `  ${line}`);
}

/** What would help may be a table. */
const contradictionHelp = (help: string): string[] => (help.includes('\n') ? help.split('\n').map((line) => `  ${line}`) : [`  = ${help}`]);

/** What the source says of an element behind its name, as far as that stands on its line: `M.Cost <= 200.0`. */
function definition({ file, range }: Place, sources: Sources): string {
  const line = lineOf({ file, range }, range.end.line, sources) ?? '';
  const rest = line
    .slice(range.end.character)
    .replace(/\/\/.*/s, '')
    .replace(/^[\s:]+/, '')
    .trimEnd();
  // Braces that close what encloses the element are not its own.
  return rest.includes('{') ? rest : rest.replace(/[\s}]*$/, '');
}

/** A line to quote from around a place. What is a credential in it may be said in the lines before. */
function lineOf({ file, range: { start } }: Place, line: number, sources: Sources): string | undefined {
  const lines = sources.get(file)?.split('\n', line + 1);
  if (!lines || lines.length <= line) return undefined;
  const text = lines.slice(-5).join('\n');
  // No more of it is quoted, and it may be as long as a file.
  const from = Math.max(0, text.length - lines[line]!.length + start.character - hiddenAround);
  const hidden = text.slice(0, from) + hideCredentials(text.slice(from, from + 2 * hiddenAround)) + text.slice(from + 2 * hiddenAround);
  return hidden.slice(text.length - lines[line]!.length);
}

const hiddenAround = 1000;

const longestQuote = 160;

function quote(place: Place, help: string | undefined, confidential: boolean, sources: Sources, style: Style, colour: (s: string) => string): string[] {
  const { start, end } = place.range;
  const source = confidential ? undefined : lineOf(place, start.line, sources)?.replace(/\r$/, '');
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const head = `${gutter} ${style.dim('┌─')} ${showPlace(place)}`;
  if (source === undefined) return help ? [head, `${gutter} ${style.dim('=')} ${help}`] : [head];
  // A line that is too long is quoted around the marked text only.
  const room = Math.max(40, Math.min(longestQuote, style.width - gutter.length - 3));
  const cut = source.length > room ? Math.max(0, start.character - Math.floor(room / 4)) : 0;
  const text = source.slice(cut, cut + room).replace(/(?!\t)\p{Cc}/gu, '·');
  const before = text.slice(0, start.character - cut).replace(/[^\t]/g, (c) => ' '.repeat(displayWidth(c)));
  const last = end.line > start.line ? source.length : end.character;
  const marked = text.slice(start.character - cut, Math.max(last, start.character + 1) - cut);
  const marks = '^'.repeat(Math.max(1, displayWidth(marked)));
  const beside = displayWidth(`${gutter}   ${before}${marks} ${help}`) <= style.width;
  return [
    head,
    `${gutter} ${style.dim('│')}`,
    `${style.dim(number + ' │')} ${text}`,
    `${gutter} ${style.dim('│')} ${before}${colour(marks)}${help && beside ? ' ' + help : ''}`,
    ...(help && !beside ? [`${gutter} ${style.dim('=')} ${help}`] : []),
  ];
}

/** `1 error, 2 warnings in 3 files`. */
export function summarise(diagnostics: readonly Diagnostic[], files: number): string {
  const counted = (severity: Severity): string[] => {
    const n = diagnostics.filter((d) => d.severity === severity).length;
    return n === 0 ? [] : [count(n, severity)];
  };
  const parts = [...counted('error'), ...counted('warning'), ...counted('hint')];
  return `${parts.length ? parts.join(', ') : 'no problems'} in ${count(files, 'file')}`;
}
