import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { AstNode, LangiumCoreServices, LangiumDocument, Reference } from 'langium';
import { isVariable, type CamelFile } from '../generated/ast.js';
import { placeOfCst, placeOfName } from '../place.js';
import { referencesOf, wordsOf } from '../tree.js';
import { kindOf } from '../words.js';
import type { CamelScopeProvider } from './scope.js';
import { symbolIndexOf } from './symbol-index.js';
import type { CamelSymbol } from './symbols.js';

/** The names of the document that several files equally near have. Where all of those say the same, it does not matter which is meant. */
export function ambiguousNames(document: LangiumDocument, services: LangiumCoreServices): Diagnostic[] {
  const compared = new Map<AstNode, Map<CamelSymbol, boolean>>();
  const isOther = (rival: CamelSymbol, meant: AstNode): boolean => {
    const known = compared.get(meant) ?? new Map<CamelSymbol, boolean>();
    compared.set(meant, known);
    const other = known.get(rival) ?? differs(rival.node, meant);
    known.set(rival, other);
    return other;
  };
  const references = [...(services.references.ScopeProvider as CamelScopeProvider).rivals(document)].flatMap(([reference, rivals]) => {
    const meant = reference.$nodeDescription as CamelSymbol;
    if (!meant.node || !rivals.some((rival) => isOther(rival, meant.node!))) return [];
    const place = placeOfCst((reference as Reference).$refNode, document);
    const path = { kind: kindOf(meant.type), name: reference.$refText, meant: pathOf(meant), others: rivals.map(pathOf), isFormula: isVariable(reference.node) };
    const related = [meant, ...rivals].flatMap((s, i) => (s.node ? [{ message: i === 0 ? 'this one is meant' : 'this one is as near', place: placeOfName(s.node) }] : []));
    return [diagnose('reference/ambiguous', path, place, related)];
  });
  return [...references, ...sharedModelNames(document, services)];
}

/** The camel models of the document whose names other files of its folder have too. */
function sharedModelNames(document: LangiumDocument, { shared }: LangiumCoreServices): Diagnostic[] {
  const { camelModels } = symbolIndexOf(shared);
  return ((document.parseResult.value as CamelFile).models ?? []).flatMap((model) => {
    const other = camelModels.beside(document, model.name).find((one) => one.$cstNode?.text !== model.$cstNode?.text && wordsOf(one) !== wordsOf(model));
    if (!other) return [];
    return [diagnose('model/shared-name', { name: model.name }, placeOfName(model), [{ message: `another camel model \`${model.name}\``, place: placeOfName(other) }])];
  });
}

const pathOf = ({ camelModel, name }: CamelSymbol): string => `${camelModel}.${name}`;

/** Whether the elements say different things: in their words, or in what those refer to. */
function differs(a: AstNode | undefined, b: AstNode | undefined, seen = new Set<AstNode>()): boolean {
  if (!a || !b || a === b || seen.has(a)) return false;
  seen.add(a);
  if (wordsOf(a) !== wordsOf(b)) return true;
  const others = referencesOf(b);
  return referencesOf(a).some(({ $nodeDescription: target }, i) => differs(target?.node, others[i]?.$nodeDescription?.node, seen));
}
