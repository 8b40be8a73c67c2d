import {
  canonicalUnits,
  CompositeMetric,
  CompositeSecurityMetric,
  conversion,
  isLibraryUri,
  kindOf,
  lastName,
  meaningOfRequirement,
  MetricVariable,
  parentPath,
  pathOf,
  RawMetric,
  RawSecurityMetric,
  Region,
  Software,
  unitByName,
  writtenAt,
  type Attribute,
  type CamelScopeProvider,
  type CamelSymbol,
} from '@camelc/language';
import { AstUtils, type AstNode, type LangiumDocument, type ReferenceInfo } from 'langium';
import type { CompletionItem } from 'vscode-languageserver';
import { completionKindOf } from './completion-kinds.js';
import { rank, type ItemMaker } from './items.js';

/** What a reference at a place may name, and how. */
export interface NamedSymbol {
  symbol: CamelSymbol;
  /** The text that names it there. */
  written: string;
  /** Whether it is what is likely wanted. */
  fits?: boolean;
}

export const referenceInfo = (container: AstNode, property: string): ReferenceInfo => ({ container, property, reference: { $refText: '', ref: undefined } });

/** Of more than these, those of other files count only as far as they are like the word that is typed. */
const mostSymbols = 500;

/**
 * The symbols that the reference may name, each as it is written there. What the name would lead elsewhere from there is left out.
 * @param typed the path before the last name that stands there already: `D.Web.`
 * @param word what is typed of that name
 */
export function symbolsFor(info: ReferenceInfo, typed: string, word: string, scopes: CamelScopeProvider, make: ItemMaker): NamedSymbol[] {
  const scope = scopes.getScope(info);
  const named = new Map<string, NamedSymbol>();
  const kinds = narrower[`${info.container.$type}.${info.property}`];
  const candidates = scopes.candidates(info).filter((symbol) => symbol.node !== info.container && (kinds?.includes(symbol.type) ?? true));
  const considered = candidates.length > mostSymbols ? nearOrAlike(candidates, info.container, word) : candidates;
  if (considered.length < candidates.length) make.leaveOut();
  for (const symbol of considered) {
    const names = typed ? pathsThrough(symbol, typed) : namesOf(symbol, info.container);
    const written = names.find((name) => isSame(scope.getElement(name), symbol));
    if (written && !named.has(written)) named.set(written, { symbol, written });
  }
  return [...named.values()];
}

function nearOrAlike(candidates: readonly CamelSymbol[], container: AstNode, word: string): CamelSymbol[] {
  const own = AstUtils.getDocument(container).uri.toString();
  const lower = word.toLowerCase();
  const alike = candidates.filter(({ name }) => name.toLowerCase().includes(lower));
  const near = alike.filter(({ documentUri }) => documentUri.toString() === own);
  return [...near, ...alike.filter(({ documentUri }) => documentUri.toString() !== own)].slice(0, mostSymbols);
}

/** The ways to name a symbol, the usual one first: `Locations.FR` for a region of the standard library, other elements of which are named in full. */
function namesOf(symbol: CamelSymbol, container: AstNode): string[] {
  const names = [writtenAt(symbol, container), symbol.name, `${symbol.camelModel}.${symbol.name}`];
  return symbol.type === Region.$type && isLibraryUri(symbol.documentUri) ? [symbol.name, ...names] : names;
}

/** Where the checks allow less than the grammar does. */
const narrower: Readonly<Record<string, readonly string[]>> = {
  'Coupling.components': [Software.$type],
  'Separation.components': [Software.$type],
  'Separation.from': [Software.$type],
  'AlternativeComponents.components': [Software.$type],
  'RawMetricContext.metric': [RawMetric.$type, RawSecurityMetric.$type],
  'CompositeMetricContext.metric': [CompositeMetric.$type, CompositeSecurityMetric.$type, MetricVariable.$type],
};

const isSame = (a: object | undefined, b: CamelSymbol): boolean =>
  a === b || (a !== undefined && (a as CamelSymbol).name === b.name && (a as CamelSymbol).type === b.type && (a as CamelSymbol).camelModel === b.camelModel);

/** The ends of the symbol's whole path that begin with what is typed. */
function pathsThrough({ camelModel, name }: CamelSymbol, typed: string): string[] {
  const whole = `${camelModel}.${name}`;
  const paths: string[] = [];
  for (let start = 0; start >= 0; start = whole.indexOf('.', start) + 1 || -1) if (whole.startsWith(typed, start)) paths.push(whole.slice(start));
  return paths;
}

/** Items for the symbols: the nearest first. */
export function referenceItems(named: readonly NamedSymbol[], { container }: ReferenceInfo, typed: string, make: ItemMaker): CompletionItem[] {
  const nearness = nearnessTo(container, AstUtils.getDocument(container));
  const wanted = unitWantedBy(container);
  return named.map(({ symbol, written, ...n }, i) => {
    const label = written.slice(typed.length);
    const unit = wanted && unitByName(symbol.name);
    const fits = n.fits || (unit && conversion(unit, wanted) !== undefined) ? 0 : 1;
    const last = lastName(label);
    return make.plain(label, `1${fits}${nearness(symbol)}${rank(i)}`, {
      kind: completionKindOf(symbol.type),
      detail: kindOf(symbol.type),
      labelDetails: {
        description: isLibraryUri(symbol.documentUri) ? 'standard library' : parentPath(`${symbol.camelModel}.${symbol.name}`),
      },
      ...(last !== label && { filterText: `${last} ${label}` }),
      data: dataOf(symbol),
    });
  });
}

/** By what an item is found again when its documentation is wanted. */
export interface ItemData {
  uri: string;
  path: string;
}
export const dataOf = ({ documentUri, path }: CamelSymbol): ItemData => ({ uri: documentUri.toString(), path });

/** 0 the same block, 1 the same sub-model, 2 the same file, 3 another file, 4 the standard library. */
function nearnessTo(container: AstNode, { uri }: LangiumDocument): (symbol: CamelSymbol) => number {
  const path = pathOf(container);
  const block = path.slice(0, -1).join('.');
  const own = uri.toString();
  return ({ name, documentUri }) => {
    if (isLibraryUri(documentUri)) return 4;
    if (documentUri.toString() !== own) return 3;
    if (parentPath(name) === block) return 0;
    return name.startsWith(`${path[0]}.`) ? 1 : 2;
  };
}

/** A unit of what the attribute measures, as its annotation or name says. */
function unitWantedBy(container: AstNode): ReturnType<typeof unitByName> {
  if (container.$type !== 'Attribute') return undefined;
  const { annotations = [], name } = container as Partial<Attribute>;
  const { attribute } = meaningOfRequirement({ node: { annotations, name } as Attribute, features: [] });
  return attribute in canonicalUnits ? canonicalUnits[attribute as keyof typeof canonicalUnits] : undefined;
}
