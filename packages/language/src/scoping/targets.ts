import type { LangiumDocument, Reference } from 'langium';
import { isLibraryUri } from '../library/uris.js';
import type { CamelSymbol } from './symbols.js';

/** By the list of a document's references, which is another after each time that it is linked. */
const known = new WeakMap<object, ReadonlySet<CamelSymbol>>();

/** What the document refers to in others of the user's. */
export function targetsElsewhere({ references, uri }: LangiumDocument): ReadonlySet<CamelSymbol> {
  let targets = known.get(references) as Set<CamelSymbol> | undefined;
  if (targets) return targets;
  targets = new Set();
  const own = uri.toString();
  for (const { $nodeDescription: target } of references as readonly Reference[]) {
    if (target && !isLibraryUri(target.documentUri) && target.documentUri !== uri && target.documentUri.toString() !== own) targets.add(target as CamelSymbol);
  }
  known.set(references, targets);
  return targets;
}
