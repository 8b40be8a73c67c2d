import { AstUtils, type AstNode, type LangiumDocument, type MaybePromise } from 'langium';
import type { DeclarationProvider, DefinitionProvider, LangiumServices } from 'langium/lsp';
import type { DefinitionParams, LocationLink, Range } from 'vscode-languageserver';
import { nameAt, rangeOfName } from './names.js';

/** From a name to where its element is declared; from a segment of a path to the element of that segment. */
export class CamelDefinitionProvider implements DefinitionProvider, DeclarationProvider {
  constructor(private readonly services: LangiumServices) {}

  getDefinition(document: LangiumDocument, { position }: DefinitionParams): MaybePromise<LocationLink[] | undefined> {
    const name = nameAt(document, position, this.services);
    return name?.element && [linkTo(name.element, name.range, this.services)];
  }

  getDeclaration(document: LangiumDocument, params: DefinitionParams): MaybePromise<LocationLink[] | undefined> {
    return this.getDefinition(document, params);
  }
}

/** @param from the marked text that leads there */
export function linkTo(element: AstNode, from: Range, { references }: LangiumServices): LocationLink {
  const name = references.NameProvider.getNameNode(element);
  const targetRange = element.$cstNode!.range;
  return {
    originSelectionRange: from,
    targetUri: AstUtils.getDocument(element).uri.toString(),
    targetRange,
    targetSelectionRange: name ? rangeOfName(name) : targetRange,
  };
}
