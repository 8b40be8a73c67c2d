import { isLibraryUri, nameOf } from '@camelc/language';
import { AstUtils, CstUtils, type AstNode, type CstNode, type LangiumDocument, type LangiumDocuments, type Reference } from 'langium';
import { DefaultRenameProvider, type LangiumServices } from 'langium/lsp';
import { TextEdit, type Range, type RenameParams, type WorkspaceEdit } from 'vscode-languageserver';

/**
 * Renames an element at its declaration, and in every path that leads to it or through it: of `D.Web.Http` only the part that is its name.
 * The standard library cannot be renamed.
 */
export class CamelRenameProvider extends DefaultRenameProvider {
  private readonly documents: () => LangiumDocuments;

  constructor(services: LangiumServices) {
    super(services);
    this.documents = () => services.shared.workspace.LangiumDocuments;
  }

  override async rename(document: LangiumDocument, { position, newName }: RenameParams): Promise<WorkspaceEdit | undefined> {
    const element = this.elementAt(document, position);
    const name = element && this.nameProvider.getNameNode(element);
    if (!name) return undefined;
    const changes: Record<string, TextEdit[]> = { [AstUtils.getDocument(element).uri.toString()]: [TextEdit.replace(name.range, newName)] };
    for (const other of this.documents().all) {
      const edits = other.references.flatMap((r) => partsNaming(r as Reference, element, other)).map((range) => TextEdit.replace(range, newName));
      if (edits.length > 0 && !isLibraryUri(other.uri)) (changes[other.uri.toString()] ??= []).push(...edits);
    }
    return { changes };
  }

  override prepareRename(document: LangiumDocument, { position }: { position: Range['start'] }): Range | undefined {
    return this.elementAt(document, position) && this.renameNodeRange(document, position);
  }

  private elementAt({ parseResult, textDocument }: LangiumDocument, position: Range['start']): AstNode | undefined {
    const root = parseResult.value.$cstNode;
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, textDocument.offsetAt(position), this.grammarConfig.nameRegexp);
    const [element] = leaf ? this.references.findDeclarations(leaf) : [];
    return element && !isLibraryUri(AstUtils.getDocument(element).uri) ? element : undefined;
  }
}

/** The part of the reference's path that names the element: the last if it is meant, an earlier one if it encloses what is meant. */
function partsNaming(reference: Reference, element: AstNode, document: LangiumDocument): Range[] {
  const cst: CstNode | undefined = reference.$refNode;
  if (!cst) return [];
  let fromEnd = 0;
  for (let node: AstNode | undefined = reference.$nodeDescription?.node; node; node = node.$container) {
    if (!nameOf(node)) continue;
    if (node === element) {
      const parts = [...cst.text.matchAll(/\^?\w+/g)];
      const part = parts.at(-1 - fromEnd);
      if (!part || fromEnd >= parts.length || part[0].replace('^', '') !== nameOf(element)) return [];
      const start = cst.offset + part.index;
      return [{ start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(start + part[0].length) }];
    }
    fromEnd++;
  }
  return [];
}
