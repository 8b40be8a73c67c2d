import { Concept, MmsObject, symbolIndexOf, type CamelScopeProvider, type CamelSymbol } from '@camelc/language';
import { URI, type LangiumDocument } from 'langium';
import type { CompletionProvider, CompletionProviderOptions, LangiumServices } from 'langium/lsp';
import { CompletionList, type CompletionItem, type CompletionParams } from 'vscode-languageserver';
import { nodeAtPath } from '../navigation/uses.js';
import { documentationOf, wordsOf } from '../reading/describe.js';
import { annotationEntries, annotationItems, isOfMetadata } from './annotations.js';
import { Automaton } from './automaton.js';
import { ContainerFinder } from './container.js';
import { fitting } from './fitting.js';
import { awaitsOperand, FormulaItems } from './formula.js';
import { ItemMaker, type ListState } from './items.js';
import { LostNames } from './lost-names.js';
import { optionsAt, type Options, type ReferenceOption } from './options.js';
import { PhraseItems } from './phrases.js';
import { referenceInfo, referenceItems, symbolsFor, type ItemData } from './references.js';
import { SituationReader, type Situation } from './situation.js';
import { textItems } from './texts.js';

/** A longer list is cut to what is like the word that is typed. */
const mostItems = 400;

/** Offers what may stand at the cursor: keywords and whole elements, names as they have to be written there, and in formulas what these are made of. */
export class CamelCompletionProvider implements CompletionProvider {
  readonly completionOptions: CompletionProviderOptions = { triggerCharacters: ['.', '[', '(', '"', "'"] };
  private readonly reader: SituationReader;
  private readonly containers: ContainerFinder;
  private readonly formulas: FormulaItems;
  private readonly phrases: PhraseItems;
  private readonly lostNames: LostNames;
  private snippets = false;

  constructor(private readonly services: LangiumServices) {
    const automaton = new Automaton(services.Grammar);
    this.reader = new SituationReader(automaton, services.parser.Lexer);
    this.containers = new ContainerFinder(symbolIndexOf(services.shared));
    this.formulas = new FormulaItems(this.scopes);
    this.phrases = new PhraseItems();
    this.lostNames = new LostNames(services);
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    });
    services.shared.lsp.Connection?.onCompletionResolve((item) => this.resolve(item));
  }

  async getCompletion(document: LangiumDocument, { position }: CompletionParams): Promise<CompletionList | undefined> {
    const text = document.textDocument.getText();
    const offset = document.textDocument.offsetAt(position);
    const situation = this.reader.at(text, offset);
    if (!situation) return undefined;
    const state = { isPart: false };
    const items = situation.string === undefined ? await this.inCode(situation, text, document, state) : this.inString(situation, situation.string, text, offset, document, state);
    return listOf(items, situation.word.before, state);
  }

  /** Completes an item that the user looks at by what is known of its element. */
  resolve(item: CompletionItem): CompletionItem {
    const data = item.data as ItemData | undefined;
    const node = data && nodeAtPath(URI.parse(data.uri), data.path, this.services);
    return node && !item.documentation ? { ...item, documentation: { kind: 'markdown', value: documentationOf(node) } } : item;
  }

  private get scopes(): CamelScopeProvider {
    return this.services.references.ScopeProvider as CamelScopeProvider;
  }

  private async inCode(situation: Situation, text: string, document: LangiumDocument, state: ListState): Promise<CompletionItem[]> {
    const { before, from, to } = situation.word;
    const typed = before.slice(0, before.lastIndexOf('.') + 1);
    const options = optionsAt(situation);
    const make = new ItemMaker(document, from + typed.length, to, state);
    const references = (await Promise.all(options.references.map((option) => this.referenceItems(option, typed, situation.word, make, document)))).flat();
    if (typed && !before.startsWith('incl.')) return references;
    return [...references, ...this.bareTexts(options, make, document), ...this.phrases.items(options.phrases, make, text, from, this.snippets)];
  }

  private async referenceItems(option: ReferenceOption, typed: string, word: Situation['word'], make: ItemMaker, document: LangiumDocument): Promise<CompletionItem[]> {
    const info = referenceInfo(this.containers.containerOf(option.state, document), option.feature);
    const type = this.services.shared.AstReflection.getReferenceType(info);
    if (type === MmsObject.$type || type === Concept.$type) {
      return annotationItems(annotationEntries(info, typed, word.before.slice(typed.length), this.scopes), (symbol) => this.wordsOf(symbol), make);
    }
    const lost = typed ? [] : await this.lostNames.symbolsFor(info, document, word);
    const named = fitting([...symbolsFor(info, typed, word.before.slice(typed.length), this.scopes, make), ...lost], info, word.from, this.scopes).map(({ written, ...n }) => ({
      ...n,
      // A keyword alone would be the next member of the block.
      written: option.isStrict && !written.includes('.') && written in this.services.parser.Lexer.definition ? `^${written}` : written,
    }));
    return referenceItems(named, info, typed, make);
  }

  /** Texts may stand without quotes where they look like names. */
  private bareTexts({ texts }: Options, make: ItemMaker, document: LangiumDocument): CompletionItem[] {
    return texts.flatMap(({ feature, state }) => {
      if (state.frame.rule.name !== 'Formula') return textItems(state.frame.rule.name, feature, make, { quoted: false });
      return [
        this.snippets ? make.snippet("'…'", '0', "'$1'", { detail: 'formula' }) : make.plain("'…'", '0', { newText: "''", detail: 'formula' }),
        ...this.formulas.items(this.containers.containerOf(state, document), make, { word: '', withCalls: false, isCalled: false, snippets: false }),
      ];
    });
  }

  private inString(situation: Situation, start: number, text: string, offset: number, document: LangiumDocument, list: ListState): CompletionItem[] {
    const { texts } = optionsAt(situation);
    return texts.flatMap(({ feature, state }) => {
      const before = text.slice(start + 1, offset);
      const after = /^\w*/.exec(text.slice(offset, offset + 400))![0];
      if (state.frame.rule.name !== 'Formula') {
        const word = /[\w.-]*$/.exec(before)![0];
        return textItems(state.frame.rule.name, feature, new ItemMaker(document, offset - word.length, situation.word.to, list), { quoted: true });
      }
      if (!awaitsOperand(before)) return [];
      const word = /(?:[A-Za-z_]\w*)?$/.exec(before)![0];
      const make = new ItemMaker(document, offset - word.length, offset + after.length, list);
      const isCalled = /^\s*\(/.test(text.slice(offset + after.length, offset + after.length + 20));
      return this.formulas.items(this.containers.containerOf(state, document), make, { word, withCalls: true, isCalled, snippets: this.snippets });
    });
  }

  private wordsOf(symbol: CamelSymbol): string | undefined {
    const node = nodeAtPath(symbol.documentUri, symbol.path, this.services);
    return node && (wordsOf(node).join(': ') || undefined);
  }
}

/** Each item once, in their order, and no more than anybody reads. */
function listOf(items: readonly CompletionItem[], typed: string, { isPart }: ListState): CompletionList {
  const distinct = [...new Map(items.toReversed().map((item) => [`${item.label}\n${item.detail}`, item])).values()];
  distinct.sort((a, b) => (a.sortText! < b.sortText! ? -1 : a.sortText! > b.sortText! ? 1 : 0));
  // At the top of the metadata schema every letter finds other names.
  const isTop = !typed.includes('.') && distinct.some(isOfMetadata);
  if (distinct.length <= mostItems) return CompletionList.create(distinct, isPart || isTop);
  const word = typed.slice(typed.lastIndexOf('.') + 1).toLowerCase();
  const matching = distinct.filter((item) => (item.filterText ?? item.label).toLowerCase().includes(word));
  return CompletionList.create(matching.slice(0, mostItems), true);
}
