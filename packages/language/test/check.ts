import type { Diagnostic } from '@camelc/diagnostics';
import { loadModels, type LoadedModels } from '../src/index.js';

/** Loads one model, or several by file name. */
export const load = (texts: string | Record<string, string>): Promise<LoadedModels> =>
  loadModels(typeof texts === 'string' ? [{ path: 'a.camel', text: texts }] : Object.entries(texts).map(([path, text]) => ({ path, text })));

/** What a diagnostic marks, its code and its message: what a user sees. Hints aside. */
export async function problems(text: string): Promise<string[]> {
  return (await faults(text)).map((d) => `${d.code} «${marked(text, d)}» ${d.message}${d.help ? ` | ${d.help}` : ''}`);
}

export const codes = async (text: string): Promise<string[]> => (await faults(text)).map((d) => d.code);

/** Errors and warnings. */
export const faults = async (text: string): Promise<Diagnostic[]> => (await load(text)).diagnostics.filter((d) => d.severity !== 'hint');

export function marked(text: string, { place }: Diagnostic): string {
  const { start, end } = place!.range;
  const lines = text.split('\n').slice(start.line, end.line + 1);
  if (start.line === end.line) return lines[0]!.slice(start.character, end.character);
  return [lines[0]!.slice(start.character), ...lines.slice(1, -1), lines.at(-1)!.slice(0, end.character)].join('\n');
}

/** Syntax errors only. */
export const syntaxErrors = async (text: string): Promise<string[]> => (await problems(text)).filter((p) => p.startsWith('syntax/'));
