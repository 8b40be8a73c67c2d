import { isFormula, kindOf, nameOf } from '@camelc/language';
import { AstUtils, type AstNode, type LangiumDocument, type MaybePromise } from 'langium';
import type { DocumentSymbolProvider, LangiumServices } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import { rangeOfName } from '../navigation/names.js';
import { summaryOf } from './summary.js';
import { symbolKindOf } from './symbol-kinds.js';

/** The elements of a document as a tree, each with what it is and the most telling of what it says. */
export class CamelDocumentSymbolProvider implements DocumentSymbolProvider {
  constructor(private readonly services: LangiumServices) {}

  getSymbols({ parseResult }: LangiumDocument): MaybePromise<DocumentSymbol[]> {
    return this.symbolsWithin(parseResult.value);
  }

  private symbolsWithin(node: AstNode): DocumentSymbol[] {
    if (isFormula(node)) return [];
    return AstUtils.streamContents(node)
      .flatMap((child) => this.symbolOf(child) ?? this.symbolsWithin(child))
      .toArray();
  }

  /** A symbol for what has a name; where the parser found none, its parts stand in its place. */
  private symbolOf(node: AstNode): DocumentSymbol[] | undefined {
    const name = nameOf(node);
    const place = name ? this.services.references.NameProvider.getNameNode(node) : undefined;
    if (!name || !place || !node.$cstNode) return undefined;
    const children = this.symbolsWithin(node);
    const detail = [kindOf(node.$type), summaryOf(node)].filter(Boolean).join(', ');
    return [{ name, detail, kind: symbolKindOf(node.$type), range: node.$cstNode.range, selectionRange: rangeOfName(place), ...(children.length > 0 && { children }) }];
  }
}
