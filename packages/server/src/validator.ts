import { diagnosticsOf } from '@camelc/language';
import type { DocumentValidator, LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { Diagnostic } from 'vscode-languageserver';
import { toLsp } from './lsp-diagnostics.js';

export type { FixData } from './lsp-diagnostics.js';

/** Publishes the diagnostics of the catalogue, so that an editor says what `camelc check` says. */
export class CamelDocumentValidator implements DocumentValidator {
  constructor(private readonly services: LangiumServices) {}

  async validateDocument(document: LangiumDocument): Promise<Diagnostic[]> {
    return diagnosticsOf(document, this.services).map(toLsp);
  }
}
