import { isCamelModel, type CamelFile, type CamelIndexManager } from '@camelc/language';
import type { AstNode, LangiumDocument, Mutable } from 'langium';
import { elementOf, type State } from './walker.js';

/** The elements around a place as a tree: those of the document where it has them, else such as there would be. */
export class ContainerFinder {
  constructor(private readonly index: CamelIndexManager) {}

  /** The element that the state belongs to. */
  containerOf(state: State, document: LangiumDocument): AstNode {
    const chain: State[] = [];
    for (let at: State | undefined = elementOf(state); at; at = at.frame.parent && elementOf(at.frame.parent)) chain.unshift(at);
    const root = document.parseResult.value as CamelFile;
    const path: string[] = [];
    let node: AstNode = root;
    for (const { frame, known } of chain.slice(1)) {
      const type = frame.rule.type!;
      if (known.name && type !== 'CamelModel') path.push(known.name);
      node = (known.name ? this.existing(type, known.name, path, node, document) : undefined) ?? standIn(type, known.name, frame.feature, node);
    }
    return node;
  }

  private existing(type: string, name: string, path: readonly string[], container: AstNode, document: LangiumDocument): AstNode | undefined {
    if (type === 'CamelModel') return (document.parseResult.value as CamelFile).models.find((model) => model.name === name);
    const found = this.index.tableOf(document.uri)?.atPath(path.join('.')) ?? [];
    return found.map((symbol) => symbol.node).find((node) => node?.$type === type && (!isCamelModel(container) || node.$container === container));
  }
}

/** An element of which no more is known. */
export function standIn(type: string, name: string | undefined, feature: string | undefined, container: AstNode): AstNode {
  const node: Mutable<AstNode> & { name?: string } = { $type: type, $container: container, $containerProperty: feature };
  if (name) node.name = name;
  return node;
}
