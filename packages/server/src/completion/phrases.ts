import { kindOf } from '@camelc/language';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { describeKeyword } from '../reading/keywords.js';
import type { Rule } from './automaton.js';
import { rank, type ItemMaker } from './items.js';
import type { PhraseOption } from './options.js';
import { dialectOf, type Dialect } from '../dialects.js';
import { snippets } from './snippets.js';
import { step, type Word } from './walker.js';

/** What may stand in almost every block, and is seldom looked for, comes last; what one of the dialects alone writes, after that. */
const rare: readonly string[] = ['description', 'attribute', 'feature'];
const otherDialect: Readonly<Record<Dialect, readonly string[]>> = {
  '2.5': ['deployment model', 'metric model', 'vm'],
  '3.0': ['deployment type model', 'metric type model', 'VM', 'primitiveType', 'end date'],
};

/** `int 4` is a value, though it begins with a keyword. */
const isValueRule = (rule: string): boolean => /^(Int|Float|Double|String|Boolean)Value$/.test(rule);

/** Items for keywords, and for whole elements that begin with them. */
export class PhraseItems {
  private readonly generic = new Map<Rule, string | undefined>();

  /** @param from where the word begins in the text that is being written */
  items(options: readonly PhraseOption[], make: ItemMaker, text: string, from: number, withSnippets: boolean): CompletionItem[] {
    if (options.length === 0) return [];
    const dialect = dialectOf(text);
    const isFirstInLine = text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() === '';
    return options.flatMap((option, i) => {
      const { phrase, rule } = option;
      const isValue = option.isValue || isValueRule(rule);
      const group = isValue ? '0' : otherDialect[dialect].includes(phrase) ? '4' : rare.includes(phrase) ? '3' : '2';
      // Whoever begins a line begins a member, too.
      const sortText = `${group}${rank(option.continues && isFirstInLine ? options.length + i : i)}`;
      const keyword = make.plain(phrase, sortText, {
        kind: isValue ? CompletionItemKind.EnumMember : /^\W/.test(phrase) ? CompletionItemKind.Operator : CompletionItemKind.Keyword,
        documentation: describeKeyword(phrase, rule),
      });
      return withSnippets && group !== '4' ? [keyword, ...this.snippetsOf(option, dialect, sortText, make)] : [keyword];
    });
  }

  private snippetsOf({ phrase, begins }: PhraseOption, dialect: Dialect, sortText: string, make: ItemMaker): CompletionItem[] {
    if (!begins?.type) return [];
    const known = snippets[begins.type]?.filter((s) => s.dialect === undefined || s.dialect === dialect);
    const body = known ? undefined : this.bodyOf(begins, phrase);
    const all = known ?? (body ? [{ label: `${phrase} …`, detail: kindOf(begins.type), body }] : []);
    return all.map(({ label, detail, body: text }) => make.snippet(label, `${sortText}s`, text, { kind: CompletionItemKind.Snippet, detail, filterText: label.replace(' …', '') }));
  }

  /** An empty block, where the element is a name and a block. */
  private bodyOf(rule: Rule, phrase: string): string | undefined {
    if (!this.generic.has(rule)) {
      const head: Word[] = [...phrase.split(' ').map((image) => ({ image, terminals: [] })), { image: 'Name', terminals: ['ID', 'NAME'] }, { image: '{', terminals: [] }];
      const start = [{ node: rule.start, frame: { rule, continues: false }, known: {} }];
      const isBlock = head.reduce<ReturnType<typeof step>>((states, word) => step(states, word), start).length > 0;
      this.generic.set(rule, isBlock ? `${phrase} \${1:Name} {\n  $0\n}` : undefined);
    }
    return this.generic.get(rule);
  }
}
