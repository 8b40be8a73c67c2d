import { isPortWithin, isProvidedCommunication, isRequiredCommunication, parentPath, type CamelScopeProvider, type CamelSymbol } from '@camelc/language';
import { AstUtils, type AstNode, type Reference, type ReferenceInfo } from 'langium';
import { referenceInfo, type NamedSymbol } from './references.js';

/**
 * Leaves out what a list has already, and the ports of the component that a communication begins at; marks the ports that it can lead to.
 * @param from where the name begins that is being written
 */
export function fitting(named: readonly NamedSymbol[], info: ReferenceInfo, from: number, scopes: CamelScopeProvider): NamedSymbol[] {
  const listed = listedIn(info, from);
  const required = requiredPort(info, from, scopes);
  return named
    .filter(({ symbol }) => !listed.has(symbol.node) && !(required && parentPath(symbol.name) === parentPath(required.name)))
    .map((n) => ({ ...n, fits: fitsTo(required, n.symbol) }));
}

function listedIn({ container, property }: ReferenceInfo, from: number): Set<AstNode | undefined> {
  const present = (container as unknown as Record<string, Reference | Reference[] | undefined>)[property];
  return new Set(Array.isArray(present) ? present.filter(({ $refNode }) => $refNode?.offset !== from).map(({ ref }) => ref) : []);
}

/** Where the communication begins whose `to` is being written. The parser may have lost it. */
function requiredPort({ container, property }: ReferenceInfo, from: number, scopes: CamelScopeProvider): CamelSymbol | undefined {
  if (container.$type !== 'Communication' || property !== 'to') return undefined;
  const text = AstUtils.getDocument(container).textDocument.getText();
  const path = /\bfrom\s+([\w.]+)\s+to\s+$/.exec(text.slice(Math.max(0, from - longestStatement), from))?.[1];
  return path === undefined ? undefined : (scopes.getScope(referenceInfo(container, 'from')).getElement(path) as CamelSymbol | undefined);
}
const longestStatement = 400;

const fitsTo = (required: CamelSymbol | undefined, { node }: CamelSymbol): boolean =>
  isRequiredCommunication(required?.node) && isProvidedCommunication(node) && isPortWithin(required.node, node);
