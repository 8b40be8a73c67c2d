import { AbstractParserErrorMessageProvider, GrammarAST, type LangiumCoreServices } from 'langium';
import type { IToken, TokenType } from 'chevrotain';

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

  constructor(private readonly services: LangiumCoreServices) {}

  of(ruleName: string): RuleWords {
    const name = ruleName.replace(/\W+$/, '');
    const known = this.rules.get(name);
    if (known) return known;
    const rule = this.services.Grammar.rules.find((r) => r.name === name);
    const definition = rule && GrammarAST.isParserRule(rule) ? rule.definition : undefined;
    const words = { title: definition ? (firstPhrases(definition)[0] ?? '') : '', members: definition ? membersOf(definition) : [] };
    this.rules.set(name, words);
    return words;
  }

  /** The titles of the elements, other than sub-models, that have such a member. */
  holdersOf(word: string): string[] {
    const rules = this.services.Grammar.rules.filter((r) => GrammarAST.isParserRule(r) && !r.fragment && !r.name.endsWith('Model')).map((r) => this.of(r.name));
    return [...new Set(rules.filter((r) => r.title && r.members.some((m) => m.split(' ')[0] === word)).map((r) => r.title))];
  }

  /** Of the kinds of sub-model. */
  subModels(): RuleWords[] {
    return this.services.Grammar.rules.filter((r) => /[a-z]Model$/.test(r.name) && r.name !== 'CamelModel' && r.name !== 'SubModel').map((r) => this.of(r.name));
  }
}

/** The phrases of the loop in braces. */
function membersOf(definition: GrammarAST.AbstractElement): string[] {
  const elements = GrammarAST.isGroup(definition) ? definition.elements : [];
  const loop = elements.find((e) => e.cardinality === '*' && elements.some((x) => GrammarAST.isKeyword(x) && x.value === '{'));
  return loop ? [...new Set(firstPhrases(loop))] : [];
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
