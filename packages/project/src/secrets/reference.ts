import { isAbsolute, join, relative } from 'node:path';

/** What the text of a reference says. */
export type ParsedReference = { kind: 'env'; variable: string } | { kind: 'file'; path: string } | { kind: 'age'; path: string; key?: string } | { kind: 'command'; line: string };

/** Reads a reference; undefined where it is none. */
export function parseReference(text: string): ParsedReference | undefined {
  const [, kind, rest = ''] = /^(env|file|age|command):(.*\S.*)$/s.exec(text) ?? [];
  switch (kind) {
    case 'env':
      return /^[A-Za-z_]\w*$/.test(rest) ? { kind, variable: rest } : undefined;
    case 'file':
      return { kind, path: rest };
    case 'age': {
      const [, path, key] = /^(.+)#([A-Za-z_][\w.-]*)$/s.exec(rest) ?? [];
      return path === undefined || key === undefined ? { kind, path: rest } : { kind, path, key };
    }
    case 'command':
      return { kind, line: rest };
    default:
      return undefined;
  }
}

/** The variables of the environment that have to be set for a reference to lead to its value. */
export function variablesOf(text: string): string[] {
  const reference = parseReference(text);
  return reference?.kind === 'env' ? [reference.variable] : reference?.kind === 'age' ? ['CAMELC_AGE_IDENTITY'] : [];
}

/** A reference of a file in this folder, as the current folder sees it. */
export const namedIn = (folder: string, reference: string): string => withPath(reference, (path) => relative('', join(folder, path)));

/** A reference of the current folder, as a file in this folder has to name it. */
export const namedFrom = (folder: string, reference: string): string => withPath(reference, (path) => relative(folder, path));

/** The reference with the relative path in it changed, where it has one. */
function withPath(text: string, change: (path: string) => string): string {
  const reference = parseReference(text);
  if (!reference || !('path' in reference) || isAbsolute(reference.path)) return text;
  const path = change(reference.path) || '.';
  return reference.kind === 'file' ? `file:${path}` : `age:${path}${reference.key === undefined ? '' : `#${reference.key}`}`;
}

/**
 * Collects the options `--secret NAME=REFERENCE`. One that is none is told when its value is asked for: the message of an option would quote
 * what somebody wrote there, and that may be the value itself.
 */
export function secretOption(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  return at < 0 ? { ...previous, [unnamed]: '' } : { ...previous, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

/** The name of a reference that has none. */
export const unnamed = '';
