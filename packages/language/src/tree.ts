import { isAstNode, isReference, type AstNode, type Reference } from 'langium';

// Langium's streams do the same for any tree, at several times the cost; these run over whole documents at each key.

/** A reference of the tree with its place there, which Langium keeps private. */
export type PlacedReference = Reference & { readonly node: AstNode; readonly property: string };

/** The nodes right below a node. */
export function childrenOf(node: AstNode): AstNode[] {
  const children: AstNode[] = [];
  for (const value of valuesOf(node)) if (isAstNode(value)) children.push(value);
  return children;
}

/** Calls `visit` with each node of the tree, parents first. */
export function visitTree(node: AstNode, visit: (node: AstNode) => void): void {
  visit(node);
  for (const property in node) {
    if (isOwnOfLangium(property)) continue;
    const value = (node as unknown as Record<string, unknown>)[property];
    if (!Array.isArray(value)) {
      if (isAstNode(value)) visitTree(value, visit);
      continue;
    }
    for (const item of value) if (isAstNode(item)) visitTree(item, visit);
  }
}

/** The references of the tree, parents first. */
export function referencesOf(root: AstNode): PlacedReference[] {
  const references: PlacedReference[] = [];
  visitTree(root, (node) => {
    for (const value of valuesOf(node)) if (isReference(value)) references.push(value as PlacedReference);
  });
  return references;
}

/** The values of the properties of a node, lists item by item. */
function valuesOf(node: AstNode): unknown[] {
  const values: unknown[] = [];
  for (const property in node) {
    if (isOwnOfLangium(property)) continue;
    const value = (node as unknown as Record<string, unknown>)[property];
    if (Array.isArray(value)) for (const item of value) values.push(item);
    else if (typeof value === 'object') values.push(value);
  }
  return values;
}

const dollar = 36;
const isOwnOfLangium = (property: string): boolean => property.charCodeAt(0) === dollar;

/** The text of the node however it is laid out. */
export const wordsOf = (node: AstNode): string => (node.$cstNode?.text ?? '').replaceAll(/\s+/g, ' ');
