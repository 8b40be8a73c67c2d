import { AstUtils, GrammarAST, isCompositeCstNode, type AstNode, type CstNode } from 'langium';

/** Of each place in the grammar; it is asked for every word of a document. */
const assignments = new Map<GrammarAST.AbstractElement, GrammarAST.Assignment | undefined>();

/** The assignment of the grammar by which the node became a value. */
export function assignmentOf({ grammarSource }: CstNode): GrammarAST.Assignment | undefined {
  if (!grammarSource) return undefined;
  if (!assignments.has(grammarSource)) assignments.set(grammarSource, AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment));
  return assignments.get(grammarSource);
}

/**
 * Where the value of a property stands: as Langium's utility finds it, at a fraction of the cost.
 * @param index of a list; beyond its end stands the last
 */
export function nodeOfProperty({ $cstNode: cst }: AstNode, property: string, index = 0): CstNode | undefined {
  const found: CstNode[] = [];
  if (cst) collect(cst, property, cst.astNode, index + 1, found);
  return found.at(-1);
}

function collect(node: CstNode, property: string, owner: AstNode, most: number, found: CstNode[]): void {
  if (!isCompositeCstNode(node) || node.astNode !== owner) return;
  for (const child of node.content) {
    if (found.length === most) return;
    if (assignmentOf(child)?.feature === property) found.push(child);
    else collect(child, property, owner, most, found);
  }
}
