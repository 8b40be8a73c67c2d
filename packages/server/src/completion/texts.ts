import { builtInCatalogue } from '@camelc/candidates';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { rank, type ItemMaker } from './items.js';

/** What the candidates of the built-in catalogue have. */
const providers = (): Set<string> => new Set(builtInCatalogue().candidates.map((c) => c.cloud.provider));
const systems = (): Set<string> => new Set(builtInCatalogue().candidates.flatMap(({ images = [] }) => images.flatMap((image) => image.family ?? [])));

/** Texts that a property may have: names of providers and of operating systems. */
export function textItems(rule: string, feature: string, make: ItemMaker, { quoted }: { quoted: boolean }): CompletionItem[] {
  const texts = feature === 'providerNames' || feature === 'providerName' ? providers() : rule === 'OsRequirement' && feature === 'os' ? systems() : [];
  return [...texts].map((text, i) => make.plain(text, `0${rank(i)}`, { kind: CompletionItemKind.Value, newText: quoted || /^[A-Za-z_]\w*$/.test(text) ? text : `'${text}'` }));
}
