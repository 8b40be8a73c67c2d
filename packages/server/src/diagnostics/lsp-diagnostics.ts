/** Diagnostics of the catalogue as an editor gets them. */
import { catalogue, type Diagnostic as CamelDiagnostic, type Entry, type Fix, type Place } from '@camelc/diagnostics';
import { URI } from 'langium';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Location, type TextEdit } from 'vscode-languageserver';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, hint: DiagnosticSeverity.Information } as const;
const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** A fix of the catalogue as it travels in the `data` of a diagnostic: the client sends it back with the request for code actions. */
export interface FixData {
  title: string;
  edits: (TextEdit & { uri: string })[];
}

/** The URI of a file as diagnostics name it. Documents of the library, and those that are no files, are named by their URI already. */
export const uriOf = (file: string): string => (/^[\w-]{2,}:/.test(file) ? file : URI.file(file).toString());

export const locationOf = ({ file, range }: Place): Location => ({ uri: uriOf(file), range });
export const fixDataOf = ({ title, edits }: Fix): FixData => ({ title, edits: edits.map(({ place, text }) => ({ ...locationOf(place), newText: text })) });

/**
 * A message as somebody reads it who has the file before him: in other files of its folder the name alone is said, in the workspace the
 * path in it, and of a place in the same file the line.
 * @param top the folder of the workspace
 */
function withShortPaths(message: string, file: string, top: string | undefined): string {
  const folder = /^.*[/\\]/s.exec(file)?.[0];
  if (folder === undefined) return message;
  const [before, ...after] = message.replaceAll(`${file}:`, 'line ').split(folder);
  const isDeeper = (rest: string): boolean => /^[^:]*[/\\]/.test(rest);
  const inFolder = before + after.map((rest) => (isDeeper(rest) ? folder + rest : rest)).join('');
  return top === undefined ? inFolder : inFolder.replaceAll(`${top}${folder.at(-1)}`, '');
}

/** A diagnostic of the catalogue in the terms of the protocol. @param top the folder of the workspace */
export function toLsp(d: CamelDiagnostic, top: string | undefined): Diagnostic {
  const start = { line: 0, character: 0 };
  const { tag } = catalogue[d.code] as Entry<never>;
  const message = d.help ? `${d.message}; ${d.help}` : d.message;
  return {
    range: d.place?.range ?? { start, end: start },
    severity: severities[d.severity],
    code: d.code,
    source: 'camelc',
    message: d.place ? withShortPaths(message, d.place.file, top) : message,
    ...(tag && { tags: [tags[tag]] }),
    ...(d.related && { relatedInformation: d.related.map(({ message, place }) => ({ message, location: locationOf(place) })) }),
    ...(d.fixes && { data: { fixes: d.fixes.map(fixDataOf) } }),
  };
}
