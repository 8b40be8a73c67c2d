import { isCall, isFunctionParameter, isLibraryUri, isVariable, nameOf, qualifiedNameOf } from '@camelc/language';
import { AstUtils, type AstNode, type LangiumDocument, type MaybePromise } from 'langium';
import type { LangiumServices, RenameProvider } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, TextEdit, type Position, type Range, type RenameParams, type WorkspaceEdit } from 'vscode-languageserver';
import { nameAt, placesNaming, type Name, type Place } from './names.js';
import { conflictOf } from './rename-conflicts.js';
import { nodeAtPath } from './uses.js';

/**
 * Renames an element at its declaration, and in every path that leads to it or through it: of `D.Web.Http` only the part that is its name.
 * Refuses, with the reason, what would change the meaning of a model.
 */
export class CamelRenameProvider implements RenameProvider {
  constructor(private readonly services: LangiumServices) {}

  rename(document: LangiumDocument, { position, newName }: RenameParams): MaybePromise<WorkspaceEdit | undefined> {
    const found = nameAt(document, position, this.services);
    const element = found?.element;
    if (!element || isUnresolved(found)) return undefined;
    refuse(faultOfElement(element));
    const name = /^\^?([A-Za-z_]\w*)$/.exec(newName.trim())?.[1];
    if (!name) throw refusal(faultOfName(newName.trim()));
    const elements = sameDeclarations(element);
    if (name !== nameOf(element)) refuse(conflictOf(elements, name, this.services));

    const changes: Record<string, TextEdit[]> = {};
    for (const place of elements.flatMap((e) => placesNaming(e, this.services))) {
      (changes[place.uri.toString()] ??= []).push(TextEdit.replace(place.range, this.isKeyword(name) && !this.isUnescaped(place) ? `^${name}` : name));
    }
    return { changes };
  }

  prepareRename(document: LangiumDocument, { position }: { position: Position }): MaybePromise<Range> {
    const name = nameAt(document, position, this.services);
    if (!name) throw refusal('here stands no name: only elements can be renamed');
    refuse(name.element && !isUnresolved(name) ? faultOfElement(name.element) : `nothing is named \`${name.reference?.$refText}\`, so there is nothing to rename`);
    return name.range;
  }

  /** CAMEL's own editor takes a keyword for a name only with the mark of an escape. */
  private isKeyword(name: string): boolean {
    return Object.hasOwn(this.services.parser.Lexer.definition, name);
  }

  /** Formulas have no keywords, and a `^` in them is an operator; the names of parameters may stand in quotes. */
  private isUnescaped({ uri, holder }: Place): boolean {
    const node = nodeAtPath(uri, holder, this.services);
    return isVariable(node) || isCall(node) || isFunctionParameter(node);
  }
}

/** Of a path that leads nowhere even the beginning may mean something else than it seems. */
const isUnresolved = ({ reference }: Name): boolean => reference !== undefined && !reference.ref;

const refusal = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);
function refuse(reason: string | undefined): void {
  if (reason) throw refusal(reason);
}

const faultOfElement = (element: AstNode): string | undefined =>
  isLibraryUri(AstUtils.getDocument(element).uri) ? `\`${qualifiedNameOf(element)}\` is a part of the standard library, which cannot be changed` : undefined;

const faultOfName = (name: string): string =>
  `${name ? `\`${name}\` is no name` : 'there is no name'}: a name is made of letters, digits and underscores, and begins with no digit`;

/** The element, and those that declare it again in the same block: whoever refers to one of them means all. */
function sameDeclarations(element: AstNode): AstNode[] {
  const { $container, $type } = element;
  return $container
    ? AstUtils.streamContents($container)
        .filter((other) => other.$type === $type && nameOf(other) === nameOf(element))
        .toArray()
    : [element];
}
