import { isDeploymentModel, nameOf, RequirementSet, writtenAt, symbolIndexOf, type CamelSymbol } from '@camelc/language';
import { AstUtils, type LangiumDocument, type ReferenceInfo } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { NamedSymbol } from './references.js';

/**
 * A statement that is just being typed may take the beginning of the next one for its end, so that the parser loses what that declares.
 * With a name at the cursor the text is right again: what is declared then, and is not known now, is found here.
 */
export class LostNames {
  /** Of the last place that was asked for. */
  private last: { parsed: object; from: number; symbols: Promise<readonly CamelSymbol[]> } | undefined;

  constructor(private readonly services: LangiumServices) {}

  /** @param word the stretch of the text that an item replaces */
  async symbolsFor(info: ReferenceInfo, document: LangiumDocument, word: { from: number; to: number }): Promise<NamedSymbol[]> {
    const { parseResult } = document;
    if (parseResult.parserErrors.length === 0) return [];
    if (this.last?.parsed !== parseResult || this.last.from !== word.from) this.last = { parsed: parseResult, from: word.from, symbols: this.lostIn(document, word) };
    const { AstReflection } = this.services.shared;
    const type = AstReflection.getReferenceType(info);
    const deployment = nameOfDeployment(info.container);
    const fits = (symbol: CamelSymbol): boolean =>
      AstReflection.isSubtype(symbol.type, type) && (type !== RequirementSet.$type || !deployment || nameOfDeployment(symbol.node) === deployment);
    return (await this.last.symbols).filter(fits).map((symbol) => ({ symbol, written: writtenAt(symbol, info.container) }));
  }

  private async lostIn({ textDocument, uri }: LangiumDocument, { from, to }: { from: number; to: number }): Promise<CamelSymbol[]> {
    const text = textDocument.getText();
    const { LangiumDocumentFactory } = this.services.shared.workspace;
    const completed = LangiumDocumentFactory.fromString(`${text.slice(0, from)} x ${text.slice(to)}`, uri);
    const symbols = (await this.services.references.ScopeComputation.collectExportedSymbols(completed)) as CamelSymbol[];
    const known = symbolIndexOf(this.services.shared).tableOf(uri);
    return symbols.filter(({ name, type }) => name && !known?.atPath(name).some((other) => other.type === type));
  }
}

const nameOfDeployment = (node: ReferenceInfo['container'] | undefined): string | undefined => {
  const deployment = AstUtils.getContainerOfType(node, isDeploymentModel);
  return deployment && nameOf(deployment);
};
