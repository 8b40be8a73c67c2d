import { builtInCatalogue } from '@camelc/candidates';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { rank, type ItemMaker } from './items.js';

interface KnownTexts {
  providers: readonly string[];
  systems: readonly string[];
}

let known: KnownTexts | undefined;
/** What the candidates of the built-in catalogue have. */
function knownTexts(): KnownTexts {
  const { candidates } = builtInCatalogue();
  return (known ??= {
    providers: [...new Set(candidates.map((c) => c.cloud.provider))],
    systems: [...new Set(candidates.flatMap((c) => c.images ?? []).flatMap((image) => image.family ?? []))],
  });
}

/** Texts that a property may have: names of providers and of operating systems. */
export function textItems(rule: string, feature: string, make: ItemMaker, { quoted }: { quoted: boolean }): CompletionItem[] {
  const texts = feature === 'providerNames' || feature === 'providerName' ? knownTexts().providers : rule === 'OsRequirement' && feature === 'os' ? knownTexts().systems : [];
  return texts.map((text, i) => make.plain(text, `0${rank(i)}`, { kind: CompletionItemKind.Value, newText: quoted || /^[A-Za-z_]\w*$/.test(text) ? text : `'${text}'` }));
}
