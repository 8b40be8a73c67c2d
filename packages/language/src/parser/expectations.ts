import { AbstractParserErrorMessageProvider, AstUtils, GrammarAST, type AstNode, type LangiumCoreServices } from 'langium';
import type { IToken, TokenType } from 'chevrotain';
import { plainName } from './failures.js';

/**
 * The message of a parser error is not a sentence but what could have stood there, one phrase a line;
 * the sentence is made where the whole error is known (syntax-diagnostics.ts).
 */
export class ExpectationProvider extends AbstractParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected }: { expected: TokenType; actual: IToken; previous: IToken; ruleName: string }): string {
    return expected.name;
  }
  override buildNotAllInputParsedMessage(): string {
    return 'EOF';
  }
  override buildNoViableAltMessage({
    expectedPathsPerAlt,
  }: {
    expectedPathsPerAlt: TokenType[][][];
    actual: IToken[];
    previous: IToken;
    customUserDescription: string;
    ruleName: string;
  }): string {
    return phrases(expectedPathsPerAlt.flat());
  }
  override buildEarlyExitMessage({
    expectedIterationPaths,
  }: {
    expectedIterationPaths: TokenType[][];
    actual: IToken[];
    previous: IToken;
    customUserDescription: string;
    ruleName: string;
  }): string {
    return phrases(expectedIterationPaths);
  }
}

const phrases = (paths: readonly TokenType[][]): string => [...new Set(paths.map((path) => path.map((t) => t.name).join(' ')))].join('\n');

/** What the grammar says about a rule, for messages. */
export interface RuleWords {
  /** The keywords with which it begins: `provided communication`. */
  title: string;
  /** The phrases with which the members of its body begin, in the order of the grammar. */
  members: readonly string[];
}

/** The words of every rule, read off the grammar when the first error asks for them. */
export class GrammarWords {
  private readonly rules = new Map<string, RuleWords>();
  private readonly tails = new Map<string, ReadonlyMap<string, string>>();

  constructor(private readonly services: LangiumCoreServices) {}

  of(ruleName: string): RuleWords {
    const name = plainName(ruleName);
    const known = this.rules.get(name);
    if (known) return known;
    const definition = this.ruleOf(name)?.definition;
    const words = { title: definition ? (firstPhrases(definition)[0] ?? '') : '', members: definition ? membersOf(definition) : [] };
    this.rules.set(name, words);
    return words;
  }

  /** The titles of the elements, other than sub-models, that have a member of which this is all, or which begins with both words. */
  holdersOf(word: string, after: string): string[] {
    const rules = this.services.Grammar.rules.filter((r) => GrammarAST.isParserRule(r) && !r.fragment && !r.name.endsWith('Model')).map((r) => this.of(r.name));
    return [...new Set(rules.filter((r) => r.title && hasMember(r, word, after)).map((r) => r.title))];
  }

  /** The titles of the members of the rule's block, by the further keywords that they may have outside of blocks of their own. */
  tailsOf(ruleName: string): ReadonlyMap<string, string> {
    const name = plainName(ruleName);
    let tails = this.tails.get(name);
    if (!tails) {
      const rule = this.ruleOf(name);
      const members = rule ? rulesIn(loopOf(rule.definition)) : [];
      tails = new Map(members.flatMap((member) => keywordsBeforeBlock(member.definition).map((keyword) => [keyword, this.of(member.name).title] as const)));
      this.tails.set(name, tails);
    }
    return tails;
  }

  /** Whether the value behind the keyword or sign is a text, in a rule. */
  takesText(ruleName: string, keyword: string): boolean {
    const rule = this.ruleOf(plainName(ruleName));
    return rule !== undefined && textKeywords(rule.definition).has(keyword);
  }

  private ruleOf(name: string): GrammarAST.ParserRule | undefined {
    return this.services.Grammar.rules.find((r): r is GrammarAST.ParserRule => r.name === name && GrammarAST.isParserRule(r));
  }

  /** Of the kinds of sub-model. */
  subModels(): RuleWords[] {
    return this.services.Grammar.rules.filter((r) => /[a-z]Model$/.test(r.name) && r.name !== 'CamelModel' && r.name !== 'SubModel').map((r) => this.of(r.name));
  }
}

/** Whether members of a block begin with these words, or with the first alone. The second tells more kinds apart: `image requirement`, and the image of a container. */
export const hasMember = ({ members }: RuleWords, word: string, after: string): boolean => members.some((m) => m === word || `${m} `.startsWith(`${word} ${after} `));

/** The loop in braces. */
function loopOf(definition: GrammarAST.AbstractElement): GrammarAST.AbstractElement | undefined {
  const elements = GrammarAST.isGroup(definition) ? definition.elements : [];
  return elements.find((e) => e.cardinality === '*' && elements.some((x) => GrammarAST.isKeyword(x) && x.value === '{'));
}

/** The phrases of the loop in braces. */
function membersOf(definition: GrammarAST.AbstractElement): string[] {
  const loop = loopOf(definition);
  return loop ? [...new Set(firstPhrases(loop))] : [];
}

/** The rules of the elements that may stand there, those behind rules that only choose or share included. */
function rulesIn(element: GrammarAST.AbstractElement | undefined): GrammarAST.ParserRule[] {
  const called = element ? AstUtils.streamAst(element).filter(GrammarAST.isRuleCall).toArray() : [];
  const rules = called.flatMap(({ rule: { ref: rule } }) => (rule && GrammarAST.isParserRule(rule) ? [rule] : []));
  return rules.flatMap((rule) => (rule.fragment || GrammarAST.isAlternatives(rule.definition) ? rulesIn(rule.definition) : [rule]));
}

/** The keywords of an element up to its block, but for those with which it begins. */
function keywordsBeforeBlock(definition: GrammarAST.AbstractElement): string[] {
  const elements = GrammarAST.isGroup(definition) ? definition.elements : [];
  const block = elements.findIndex((e) => GrammarAST.isKeyword(e) && e.value === '{');
  const named = elements.findIndex((e) => GrammarAST.isAssignment(e) && e.feature === 'name');
  const after = named < 0 ? [] : elements.slice(named + 1, block < 0 ? undefined : block);
  return after.flatMap((e) => withFragments(e).filter(GrammarAST.isKeyword)).flatMap(({ value }) => (/^[a-z]/i.test(value) ? [value] : []));
}

/** All parts of an element, those of shared parts included. */
function withFragments(element: GrammarAST.AbstractElement): AstNode[] {
  return AstUtils.streamAst(element)
    .toArray()
    .flatMap((part) => {
      const rule = GrammarAST.isRuleCall(part) ? part.rule.ref : undefined;
      return rule && GrammarAST.isParserRule(rule) && rule.fragment ? withFragments(rule.definition) : [part];
    });
}

/** The keywords and signs behind which a text stands. */
function textKeywords(definition: GrammarAST.AbstractElement): ReadonlySet<string> {
  const groups = withFragments(definition).filter(GrammarAST.isGroup);
  return new Set(
    groups.flatMap(({ elements }) =>
      elements.flatMap((element, i) => {
        const before = elements[i - 1];
        const isText = GrammarAST.isAssignment(element) && GrammarAST.isRuleCall(element.terminal) && element.terminal.rule.$refText === 'Text';
        return isText && GrammarAST.isKeyword(before) ? [before.value] : [];
      }),
    ),
  );
}

/** The keywords that an element can begin with, as far as they follow each other. */
function firstPhrases(element: GrammarAST.AbstractElement, visited: readonly GrammarAST.AbstractRule[] = []): string[] {
  if (GrammarAST.isKeyword(element)) return [element.value];
  if (GrammarAST.isAssignment(element)) return firstPhrases(element.terminal, visited);
  if (GrammarAST.isAlternatives(element)) return element.elements.flatMap((e) => firstPhrases(e, visited));
  if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    return rule && GrammarAST.isParserRule(rule) && !visited.includes(rule) ? firstPhrases(rule.definition, [...visited, rule]) : [];
  }
  if (!GrammarAST.isGroup(element)) return [];
  const [first, ...rest] = element.elements.filter((e) => !GrammarAST.isAction(e));
  if (!first) return [];
  const heads = firstPhrases(first, visited);
  if (first.cardinality === '?' || first.cardinality === '*') return [...heads, ...firstPhrases({ ...element, elements: rest } as GrammarAST.Group, visited)];
  const tail: string[] = [];
  for (const next of rest) {
    if (next.cardinality === '?') continue;
    if (!GrammarAST.isKeyword(next) || !/^[a-z]/i.test(next.value)) break;
    tail.push(next.value);
  }
  return GrammarAST.isKeyword(first) ? [[first.value, ...tail].join(' ')] : heads;
}
