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
const fixDataOf = ({ title, edits }: Fix): FixData => ({ title, edits: edits.map(({ place, text }) => ({ ...locationOf(place), newText: text })) });

/** A diagnostic of the catalogue in the terms of the protocol. */
export function toLsp(d: CamelDiagnostic): Diagnostic {
  const start = { line: 0, character: 0 };
  const { tag } = catalogue[d.code] as Entry<never>;
  return {
    range: d.place?.range ?? { start, end: start },
    severity: severities[d.severity],
    code: d.code,
    source: 'camelc',
    message: d.help ? `${d.message}; ${d.help}` : d.message,
    ...(tag && { tags: [tags[tag]] }),
    ...(d.related && { relatedInformation: d.related.map(({ message, place }) => ({ message, location: locationOf(place) })) }),
    ...(d.fixes && { data: { fixes: d.fixes.map(fixDataOf) } }),
  };
}
