import { isPortWithin, isProvidedCommunication, isRequiredCommunication, parentPath, type CamelScopeProvider, type CamelSymbol } from '@camelc/language';
import { AstUtils, type ReferenceInfo } from 'langium';
import { referenceInfo, type NamedSymbol } from './references.js';

/**
 * Leaves out what a list has already, and the ports of the component that a communication begins at; marks the ports that it can lead to.
 * @param from where the name begins that is being written
 */
export function fitting(named: readonly NamedSymbol[], info: ReferenceInfo, from: number, scopes: CamelScopeProvider): NamedSymbol[] {
  const listed = listedIn(info, from, scopes);
  const required = requiredPort(info, from, scopes);
  return named
    .filter(({ symbol }) => !listed.has(idOf(symbol)) && !(required && parentPath(symbol.name) === parentPath(required.name)))
    .map((n) => ({ ...n, fits: fitsTo(required, n.symbol) }));
}

/** What the list in brackets names besides, as the text has it: the parser may have lost the list. */
function listedIn(info: ReferenceInfo, from: number, scopes: CamelScopeProvider): Set<string> {
  const text = AstUtils.getDocument(info.container).textDocument.getText();
  const before = /\[([\w.,\s]*)$/.exec(text.slice(Math.max(0, from - longestStatement), from))?.[1];
  if (before === undefined) return new Set();
  const after = /^[\w.]*,([\w.,\s]*)\]/.exec(text.slice(from, from + longestStatement))?.[1] ?? '';
  const scope = scopes.getScope(info);
  const symbols = `${before},${after}`.split(',').map((name) => scope.getElement(name.trim()) as CamelSymbol | undefined);
  return new Set(symbols.flatMap((symbol) => (symbol ? [idOf(symbol)] : [])));
}
const idOf = ({ type, camelModel, name }: CamelSymbol): string => `${type} ${camelModel}.${name}`;

/** Where the communication begins whose `to` is being written. The parser may have lost it. */
function requiredPort({ container, property }: ReferenceInfo, from: number, scopes: CamelScopeProvider): CamelSymbol | undefined {
  if (container.$type !== 'Communication' || property !== 'to') return undefined;
  const text = AstUtils.getDocument(container).textDocument.getText();
  const path = /\bfrom\s+([\w.]+)\s+to\s+$/.exec(text.slice(Math.max(0, from - longestStatement), from))?.[1];
  return path === undefined ? undefined : (scopes.getScope(referenceInfo(container, 'from')).getElement(path) as CamelSymbol | undefined);
}
const longestStatement = 2000;

const fitsTo = (required: CamelSymbol | undefined, { node }: CamelSymbol): boolean =>
  isRequiredCommunication(required?.node) && isProvidedCommunication(node) && isPortWithin(required.node, node);
