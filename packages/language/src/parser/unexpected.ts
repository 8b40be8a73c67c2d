import { diagnose, mostLike, type Diagnostic, type Range } from '@camelc/diagnostics';
import type { IRecognitionException, IToken } from 'chevrotain';
import type { LangiumCoreServices, LangiumDocument } from 'langium';
import { fix, rewritten } from '../edits.js';
import { fileOf, placeBetween, rangeBetween } from '../place.js';
import { hasMember, type GrammarWords, type RuleWords } from './expectations.js';
import { isEndOfFile } from './failures.js';
import { nearMiss, type NearMiss } from './near-misses.js';
import { unclosedIn } from './unclosed.js';

/** The place where the text stops to make sense, and what could stand there. */
interface Mistake {
  /** Of the wrong word; where the file ends, of the last token. */
  range: Range;
  /** The offset of the wrong word. */
  offset: number;
  /** The wrong word; empty where the file ends. */
  word: string;
  /** The words before and after it. */
  before: string;
  after: string;
  /** The word before it, where that is a keyword. */
  keyword?: string;
  /** Phrases of token names. */
  expected: readonly string[];
  /** Whether the block could have ended or gone on with another member. */
  memberExpected: boolean;
  /** Whether a value could stand there, behind a colon or in an interval. */
  isValue?: boolean;
  /** Whether it is the first word of its line. */
  beginsLine?: boolean;
}

const camelModel = 'camel model';

/** A parser error in the words of its user. */
export function unexpected(e: IRecognitionException, document: LangiumDocument, words: GrammarWords, services: LangiumCoreServices): Diagnostic {
  const text = document.textDocument.getText();
  const stack = e.context.ruleStack;
  const mistake = isEndOfFile(e.token) ? atEnd(e) : mistakeAt(e, document, services);
  const place = { file: fileOf(document), range: mistake.range };
  if (mistake.word && text.startsWith('/*', mistake.offset)) return diagnose('syntax/unexpected', { message: 'this comment is not closed', help: 'close it with */' }, place);
  if (e.token.tokenType?.name === 'EMBEDDED') return diagnose('syntax/unexpected', endOfFormula(mistake, e), place);
  const [innermost, ...around] = stack.toReversed().map((rule) => words.of(rule));
  // A body that several rules have in common has no words of its own.
  const named = [innermost, ...around].find((rule) => /^\w/.test(rule?.title ?? ''));
  const block = { members: innermost?.members ?? [], title: named?.title ?? '', tails: words.tailsOf(stack.at(-1) ?? '') };
  const near = mistake.word ? nearMissAt(mistake, text, [block, ...around], (keyword) => words.takesText(stack.at(-1) ?? '', keyword)) : undefined;
  if (near) return ofNearMiss(near, mistake, document);
  const unclosed = unclosedIn(document);
  const { replacement, insertion, ...said } = sentence(mistake, block, around, words, unclosed !== undefined);
  const plain = diagnose('syntax/unexpected', said, place);
  // A place to look for the brace that is missing.
  const isBraceMissing = unclosed !== undefined && (!mistake.word || insertion === '}');
  const d = isBraceMissing ? { ...plain, related: [{ message: 'this block is not closed', place: placeBetween(document, unclosed, unclosed + 1) }] } : plain;
  if (!mistake.word) return d;
  if (replacement !== undefined) return { ...d, fixes: rewritten(place, replacement, mistake.word) };
  if (insertion === undefined) return d;
  const before = placeBetween(document, mistake.offset, mistake.offset);
  return { ...d, fixes: fix(`Write \`${insertion}\` before it`, [{ place: before, text: `${insertion} ` }]) };
}

function nearMissAt(
  { offset, word, keyword, expected, memberExpected }: Mistake,
  text: string,
  blocks: readonly RuleWords[],
  isText: (keyword: string) => boolean,
): NearMiss | undefined {
  return nearMiss({
    text,
    start: offset,
    end: offset + word.length,
    expected,
    keyword,
    memberExpected: memberExpected && blocks[0]!.members.length > 0,
    members: blocks.flatMap((block) => block.members),
    takesText: (keyword) => keyword === 'string' || isText(keyword),
  });
}

function ofNearMiss({ message, help, start, end, replacement }: NearMiss, { offset, word }: Mistake, document: LangiumDocument): Diagnostic {
  const place = placeBetween(document, start ?? offset, end ?? offset + word.length);
  const d = diagnose('syntax/unexpected', { message, help }, place);
  return replacement === undefined ? d : { ...d, fixes: rewritten(place, replacement, word) };
}

function endOfFormula({ expected }: Mistake, e: IRecognitionException): { message: string; help?: string } {
  const { previousToken } = e as { previousToken?: IToken };
  if (previousToken?.tokenType.name === 'EMBEDDED') return { message: 'the formula is empty', help: 'write an expression, or remove `formula`' };
  const closing = expected[0] === ')' ? 'a `)`' : 'a number, a name or `(`';
  return { message: 'the formula ends too early', help: `${closing} is missing` };
}

function atEnd(e: IRecognitionException): Mistake {
  const { previousToken: last } = e as { previousToken?: IToken };
  const start = { line: 0, character: 0 };
  const range =
    last && !isEndOfFile(last)
      ? { start: { line: last.startLine! - 1, character: last.startColumn! - 1 }, end: { line: last.endLine! - 1, character: last.endColumn! } }
      : { start, end: start };
  return { range, offset: Infinity, word: '', before: '', after: '', ...expectationsOf(e.message.split('\n')) };
}

function mistakeAt(e: IRecognitionException, { textDocument }: LangiumDocument, services: LangiumCoreServices): Mistake {
  const text = textDocument.getText();
  let offset = e.token.startOffset;
  let image = e.token.image;
  let previous = (e as { previousToken?: IToken }).previousToken;
  let expectations = expectationsOf(e.message.split('\n'));
  if (e.name === 'NoViableAltException') {
    // The parser stands before the alternatives, of which one may go well for some tokens; the mistake is where the last of them fails.
    const { tokens } = services.parser.Lexer.tokenize(text.slice(offset, offset + 2000));
    const { passed, rest } = longestMatch(
      expectations.expected.map((p) => p.split(' ')),
      tokens,
    );
    const culprit = passed > 0 ? tokens[passed] : undefined;
    if (culprit) {
      offset += culprit.startOffset;
      image = culprit.image;
      previous = tokens[passed - 1];
      expectations = { expected: rest.filter((p) => p.length > 0).map((p) => p.join(' ')), memberExpected: rest.some((p) => p.length === 0) };
    }
  }
  // `same-rack` is three tokens to the lexer, but one word to its writer.
  const words = /^\w+(-\w+)*/.exec(text.slice(offset, offset + 80))?.[0] ?? '';
  const word = words.length > image.length ? words : image;
  const before = /(\w+)\s*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[1] ?? '';
  const end = offset + Math.max(word.length, image.length);
  const keyword = /^\w/.test(previous?.image ?? '') && previous!.tokenType.name === previous!.image ? previous!.image : undefined;
  const after = /^\s*(\w+)/.exec(text.slice(end, end + 200))?.[1] ?? '';
  const range = rangeBetween(textDocument, offset, end);
  const isValue = /[:[(,]\s*$/.test(text.slice(Math.max(0, offset - 200), offset));
  const beginsLine = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
  return { range, offset, word, before, keyword, after, isValue, beginsLine, ...expectations };
}

const expectationsOf = (expected: readonly string[]): Pick<Mistake, 'expected' | 'memberExpected'> => ({ expected, memberExpected: expected.length === 1 && expected[0] === '}' });

/** How many tokens the best of the phrases takes, and what is left of those that take as many. */
function longestMatch(phrases: readonly (readonly string[])[], tokens: readonly IToken[]): { passed: number; rest: (readonly string[])[] } {
  let passed = 0;
  let rest = [...phrases];
  for (; passed < tokens.length; passed++) {
    const { tokenType } = tokens[passed]!;
    const isA = (name: string | undefined): boolean => tokenType.name === name || (tokenType.CATEGORIES ?? []).some((c) => c.name === name);
    const next = rest.filter((p) => isA(p[0]));
    if (next.length === 0) break;
    rest = next.map((p) => p.slice(1));
  }
  return { passed, rest };
}

/** What to say of a mistake, and how it can be mended at its place. */
interface Finding {
  message: string;
  help?: string;
  /** What to write instead of the wrong word. */
  replacement?: string;
  /** What to write before it. */
  insertion?: string;
}

/** A block with the further keywords of its members, by which these are called. */
type Block = RuleWords & { tails: ReadonlyMap<string, string> };

function sentence(mistake: Mistake, block: Block, around: readonly RuleWords[], words: GrammarWords, isUnclosed: boolean): Finding {
  const { word, before, expected, memberExpected } = mistake;
  const ended = word === '';
  // What a text says may be a credential.
  const found = /^["']/.test(word) ? 'this text' : `\`${word.split('\n')[0]!.slice(0, 40)}\``;
  if (expected[0] === 'EOF') {
    return word === '}'
      ? { message: 'this `}` closes nothing', help: 'remove it, or open its block above', replacement: '' }
      : { message: `${found} cannot stand outside of a camel model`, ...(likeliest(word, [camelModel]) ?? { help: 'is there a `}` too many above?' }) };
  }
  if (expected.join() === 'camel') return atTop(mistake, found, words);
  if (memberExpected && block.members.length > 0) {
    if (ended) return { message: `the file ends before this ${block.title} is closed`, help: 'a `}` is missing' };
    const missing = mistake.isValue ? valueWords[word] : undefined;
    if (missing) return { message: `${missing} is missing after ${found}` };
    return { message: `${found} cannot stand in ${withArticle(block.title)}`, ...helpForMember(mistake, block, around, words, isUnclosed) };
  }
  // In a formula, the end of which is the closing quote.
  if (expected[0] === 'EMBEDDED' && word === ')') return { message: 'this `)` closes nothing', help: 'remove it, or open it before', replacement: '' };
  // Where a formula should begin, the grammar also lists what its text is made of.
  if (expected.includes('EMBEDDED') && expected.includes('STRING')) return { message: 'a formula is a text', help: "write it in quotes: `'1 / x'`" };
  const possible = expected.includes('FORMULA_NAME') ? 'a number, a name or `(`' : listed(expected.map(inWords), true);
  if (ended) return { message: `the file ends where ${possible} is missing` };
  if (expected[0] === 'NAME' && /^\d/.test(word)) return { message: `${found} is no name`, help: 'a name begins with a letter or `_`' };
  // Its first word may stand in the innermost block, too.
  const outer = around.find((rule) => rule.members.some((m) => `${m} `.startsWith(`${before} ${word} `)));
  if (outer)
    return { message: `\`${before} ${word}\` cannot stand in ${withArticle(block.title)}`, help: `it belongs in ${withArticle(outer.title)}: is a \`}\` missing before it?` };
  const like = likeliest(word, expected) ?? begunAs(word, expected);
  const [only = ''] = expected;
  const isNextMember = mistake.beginsLine && around.concat(block).some((rule) => mayBegin(rule, word));
  const isItem = (only === ']' || only === ')') && /^[\w"']/.test(word) && !isNextMember;
  if (isItem) return { message: `\`,\` or \`${only}\` is missing before ${found}`, insertion: ',' };
  // What stands there goes on after the one thing that was forgotten.
  const goesOn = only === '[' ? !isNextMember : only !== ',' || /^[\w"'-]/.test(word);
  const insertion = !like && expected.length === 1 && /^[,:[\](){}]$/.test(only) && goesOn ? only : undefined;
  return { message: `${possible} is missing before ${found}`, ...like, ...(insertion && { insertion }) };
}

/** Where a camel model should begin. */
function atTop({ word }: Mistake, found: string, words: GrammarWords): Finding {
  if (word === '') return { message: 'there is no camel model in this file', help: `write \`${camelModel} NAME { … }\`` };
  const like = likeliest(word, ['camel']);
  if (like) return { message: `\`camel\` is missing before ${found}`, ...like };
  const message = `${found} cannot stand outside of a camel model`;
  if (/^(import|include|using|package)$/.test(word)) return { message, help: 'nothing has to be imported: the models of all files that are given see each other' };
  return { message, help: mayBegin(words.of('CamelModel'), word) ? `put it in \`${camelModel} NAME { … }\`` : `a file begins with \`${camelModel} NAME {\`` };
}

function helpForMember(
  { word, before, after, expected }: Mistake,
  block: Block,
  around: readonly RuleWords[],
  words: GrammarWords,
  isUnclosed: boolean,
): Pick<Finding, 'help' | 'replacement' | 'insertion'> {
  const member = block.members.find((m) => m.startsWith(`${before} ${word}`));
  if (member) return { help: `is a name missing before \`${member}\`?` };
  if (word.startsWith('maximi')) return { help: 'a value is maximised unless the requirement says `minimise`', replacement: '' };
  const belongsIn = ({ title }: RuleWords): Pick<Finding, 'help' | 'insertion'> =>
    isUnclosed ? { help: `it belongs in ${withArticle(title)}: is a \`}\` missing before it?`, insertion: '}' } : { help: `it belongs in ${withArticle(title)}` };
  // Two words of a block around it say more than one that is like a word of its own.
  const outer = after ? around.find((rule) => rule.members.some((m) => m.startsWith(`${word} ${after}`))) : undefined;
  if (outer) return belongsIn(outer);
  if (`${word} ${after}` === camelModel) return { help: 'no camel model stands in another: is a `}` missing before it?', insertion: '}' };
  // Of phrases with the same first word, that which goes on as the text does.
  const goingOn = block.members.filter((m) => m.split(' ')[1] === after);
  const like = likeliest(word, [...goingOn, ...block.members, ...expected, ...block.tails.keys()]);
  if (like) return like;
  const owner = around.find((rule) => mayBegin(rule, word));
  if (owner) return belongsIn(owner);
  const tail = block.tails.get(word);
  if (tail) return { help: `it belongs to ${withArticle(tail)}` };
  if (word === 'model') return { help: 'its kind is missing before it, such as `deployment model`' };
  const meant = synonyms[word];
  if (meant && block.members.includes(meant)) return didYouMean(meant);
  const home = words.subModels().find((model) => model.title !== block.title && hasMember(model, word, after));
  if (home) return { help: `it belongs in ${withArticle(home.title)}` };
  const holders = words.holdersOf(word, after).filter((title) => title !== block.title);
  if (holders.length > 0) return { help: `it belongs in ${listed(holders.map(withArticle), true)}` };
  const begun = begunAs(word, [...block.members, ...block.tails.keys()]);
  if (begun) return begun;
  if (word === '{') return { help: 'what stands before it has no block of its own' };
  return { help: `there may be ${listed([...block.members, '}'])}` };
}

const valueWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  float: 'a number',
  double: 'a number',
  string: 'a text',
  boolean: '`true` or `false`',
};

/** The phrase that was probably meant, of which only the first word is compared. */
function likeliest(word: string, phrases: readonly string[]): Pick<Finding, 'help' | 'replacement'> | undefined {
  const like = mostLike(word, phrases, firstWord);
  return like && firstWord(like) !== word ? didYouMean(like) : undefined;
}

/** What other languages call the elements of CAMEL. */
const synonyms: Readonly<Record<string, string>> = { component: 'software', service: 'software' };

/** The phrase that begins like the word, in at least four letters. */
function begunAs(word: string, phrases: readonly string[]): Pick<Finding, 'help' | 'replacement'> | undefined {
  const like = phrases.find((p) => word.length >= 4 && p.startsWith(word.slice(0, 4)) && /^\w/.test(p));
  return like === undefined ? undefined : didYouMean(like);
}

const didYouMean = (phrase: string): Pick<Finding, 'help' | 'replacement'> => ({ help: `did you mean \`${phrase}\`?`, replacement: firstWord(phrase) });

const firstWord = (phrase: string): string => phrase.split(' ', 1)[0]!;

/** Whether a member of the block begins with the word. */
const mayBegin = ({ members }: RuleWords, word: string): boolean => members.some((m) => firstWord(m) === word);

const withArticle = (title: string): string => `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;

const tokenWords: Readonly<Record<string, string>> = {
  NAME: 'a name',
  ID: 'a name',
  FORMULA_NAME: 'a name',
  STRING: 'a text in quotes',
  INT: 'a whole number',
  DECIMAL: 'a number',
  DATE: 'a date',
  EMBEDDED: 'an operator or the end of the formula',
};
/** The tokens of a phrase as a user reads them. */
function inWords(phrase: string): string {
  const tokens = phrase.split(' ');
  const keywords = tokens.filter((t) => !(t in tokenWords));
  const [first = ''] = tokens;
  return first in tokenWords ? tokenWords[first]! : `\`${keywords.join(' ')}\``;
}

/** `a`, `b` or `c`; at most a dozen. */
function listed(items: readonly string[], quoted = false): string {
  const distinct = [...new Set(items)].map((item) => (quoted ? item : `\`${item}\``));
  const shown = distinct.slice(0, 12);
  if (distinct.length > shown.length) return `${shown.join(', ')} …`;
  return shown.length < 2 ? (shown[0] ?? 'something') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
