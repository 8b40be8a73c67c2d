import { adjustSeverities, applyIgnores, shownOf } from '@camelc/diagnostics';
import { diagnosticsOf, fileOf, isOfLanguage } from '@camelc/language';
import type { DocumentValidator, LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import { toLsp } from './lsp-diagnostics.js';
import { topOf } from './folder-settings.js';
import type { CamelServerServices } from '../solving/module.js';

/** Publishes the diagnostics of the catalogue, so that an editor says what `camelc check` says. */
export class CamelDocumentValidator implements DocumentValidator {
  constructor(private readonly services: CamelServerServices) {}

  async validateDocument(document: LangiumDocument): Promise<Diagnostic[]> {
    const file = { path: fileOf(document), text: document.textDocument.getText() };
    const { Background, Settings } = this.services.solving;
    const found = shownOf(applyIgnores(diagnosticsOf(document, this.services), [file], isOfLanguage));
    const top = topOf(document.uri, this.services.shared);
    const ordinary = adjustSeverities(found, Settings.severitiesOf(document)).map((d) => toLsp(d, top));
    return [...ordinary, ...Background.diagnosticsOf(document.uri.toString(), ordinary)];
  }
}
