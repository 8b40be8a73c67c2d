import { isAstNode, isReference, type AstNode, type Reference } from 'langium';

// Langium's streams do the same for any tree, at several times the cost; these run over whole documents at each key.

/** A reference of the tree with its place there, which Langium keeps private. */
export type PlacedReference = Reference & { readonly node: AstNode; readonly property: string };

/** Calls `visit` with each node right below a node. */
export function forEachChild(node: AstNode, visit: (child: AstNode) => void): void {
  for (const property in node) {
    if (isOwnOfLangium(property)) continue;
    const value = (node as unknown as Record<string, unknown>)[property];
    if (typeof value !== 'object') continue;
    if (!Array.isArray(value)) {
      if (isAstNode(value)) visit(value);
      continue;
    }
    for (const item of value) if (isAstNode(item)) visit(item);
  }
}

/** The nodes right below a node. */
export function childrenOf(node: AstNode): AstNode[] {
  const children: AstNode[] = [];
  forEachChild(node, (child) => void children.push(child));
  return children;
}

/** Calls `visit` with each node of the tree, parents first. */
export function visitTree(node: AstNode, visit: (node: AstNode) => void): void {
  visit(node);
  forEachChild(node, (child) => visitTree(child, visit));
}

/** The nodes of the tree, parents first. */
export function nodesOf(root: AstNode): AstNode[] {
  const nodes: AstNode[] = [];
  visitTree(root, (node) => void nodes.push(node));
  return nodes;
}

/** The references of the tree, parents first. */
export function referencesOf(root: AstNode): PlacedReference[] {
  const references: PlacedReference[] = [];
  visitTree(root, (node) => {
    for (const property in node) {
      if (isOwnOfLangium(property)) continue;
      const value = (node as unknown as Record<string, unknown>)[property];
      if (typeof value !== 'object') continue;
      if (!Array.isArray(value)) {
        if (isReference(value)) references.push(value as PlacedReference);
        continue;
      }
      for (const item of value) if (isReference(item)) references.push(item as PlacedReference);
    }
  });
  return references;
}

const dollar = 36;
const isOwnOfLangium = (property: string): boolean => property.charCodeAt(0) === dollar;

/** The text of the node however it is laid out. */
export const wordsOf = (node: AstNode): string => (node.$cstNode?.text ?? '').replaceAll(/\s+/g, ' ');
