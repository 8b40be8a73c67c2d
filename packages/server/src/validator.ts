import type { Diagnostic as CamelDiagnostic } from '@camelc/diagnostics';
import { diagnosticsOf } from '@camelc/language';
import { URI, type DocumentValidator, type LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, hint: DiagnosticSeverity.Information } as const;

/** Publishes the diagnostics of the catalogue, so that an editor says what `camelc check` says. */
export class CamelDocumentValidator implements DocumentValidator {
  constructor(private readonly services: LangiumServices) {}

  async validateDocument(document: LangiumDocument): Promise<Diagnostic[]> {
    return diagnosticsOf(document, this.services).map(toLsp);
  }
}

/** Documents of the library are named by their URI already. */
const uriOf = (file: string): string => (/^[\w-]{2,}:/.test(file) ? file : URI.file(file).toString());

function toLsp(d: CamelDiagnostic): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: d.place?.range ?? { start, end: start },
    severity: severities[d.severity],
    code: d.code,
    source: 'camelc',
    message: d.help ? `${d.message}; ${d.help}` : d.message,
    ...(d.related && { relatedInformation: d.related.map(({ message, place }) => ({ message, location: { uri: uriOf(place.file), range: place.range } })) }),
  };
}
