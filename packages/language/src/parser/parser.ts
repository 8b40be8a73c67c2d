import {
  AstUtils,
  CompositeCstNodeImpl,
  createParser,
  LeafCstNodeImpl,
  LangiumParser,
  type AstNode,
  type CstNode,
  type LeafCstNode,
  type LangiumCoreServices,
  type Mutable,
  type ParseResult,
  type ParserOptions,
  type TypeMetaData,
} from 'langium';
import type { IRecognitionException } from 'chevrotain';
import { isFormula, type Formula } from '../generated/ast.js';
import { groupByPrecedence } from '../formula/precedence.js';
import { visitTree } from '../tree.js';
import { GrammarWords } from './expectations.js';
import { withBraces } from './braces.js';
import type { CamelLexer, TextPart } from './lexer.js';
import { isBalanced, withoutStatement, type RepairedError } from './repair.js';
import { isEndOfFile } from './failures.js';

/**
 * Parses the formulas inside strings too, and grafts their trees into those of the document: to the linker, to rename and to all
 * that works on trees, a formula is a part of the document like any other, with its places in the document.
 */
export class CamelParser extends LangiumParser {
  /** Of the grammar, for messages and repairs. */
  readonly words: GrammarWords;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.words = new GrammarWords(services);
    // Langium looks for defaults in all properties of each new node.
    const types = new Map<string, TypeMetaData>();
    const { AstReflection } = services.shared;
    const getTypeMetaData = (type: string): TypeMetaData => {
      let known = types.get(type);
      if (!known) {
        const { properties, ...data } = AstReflection.getTypeMetaData(type);
        known = { ...data, properties: Object.fromEntries(Object.entries(properties).filter(([, p]) => p.defaultValue !== undefined)) };
        types.set(type, known);
      }
      return known;
    };
    Object.assign(this, { astReflection: { getTypeMetaData } });
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: CamelParserOptions): ParseResult<T> {
    const first = super.parse<T>(input, options);
    const result = first.parserErrors.length === 0 || options?.once ? first : this.repair(first, input);
    // The next parse makes new arrays, so these may grow.
    const { parserErrors, lexerErrors } = result;
    const formulas: Formula[] = [];
    visitTree(result.value, (node) => void (isFormula(node) && formulas.push(node)));
    for (const node of formulas) {
      if (!node.$cstNode || node.expression) continue;
      const formula = this.parseFormula(node.$cstNode, input);
      // A formula is short: what is reported after its first mistake follows from that.
      lexerErrors.push(...formula.lexerErrors.slice(0, 1));
      if (formula.lexerErrors.length === 0) parserErrors.push(...formula.parserErrors.slice(0, 1));
      graft(formula.value, node);
    }
    // The words of the last text would stay in memory with the parser.
    this.wrapper.input = [];
    return result;
  }

  /** Parses the text again without the statements that cannot be read, one by one, and with its braces in order. */
  private repair<T extends AstNode>(first: ParseResult<T>, input: string): CamelParseResult<T> {
    const lexer = this.lexer as CamelLexer;
    const read = lexer.tokenize(input);
    const mistakes: RepairedError[] = [];
    let result = first;
    let { tokens } = read;
    const most = Math.min(mostRepairs, Math.ceil(mostRepairedText / (input.length + 1)));
    while (result.parserErrors.length > 0 && mistakes.length < most) {
      const mistake = firstOf(result.parserErrors);
      const token = tokens.find((t) => t.startOffset === mistake.token.startOffset && t.image === mistake.token.image);
      const repair = token && (isBalanced(tokens) ? withoutStatement : withBraces)(tokens, Object.assign(mistake, { token }), this.words);
      if (!repair) break;
      lexer.given = { ...read, tokens: repair.tokens, hidden: [...read.hidden] };
      const repaired = super.parse<T>(input);
      lexer.given = undefined;
      if (repaired.parserErrors.length > 0 && positionOf(firstOf(repaired.parserErrors)) <= positionOf(mistake)) break;
      ({ tokens } = repair);
      mistakes.push(Object.assign(mistake, { unfinished: repair.unfinished, superfluous: repair.superfluous }));
      result = repaired;
    }
    return mistakes.length === 0 ? first : { ...result, parserErrors: [...mistakes, ...result.parserErrors], repaired: mistakes };
  }

  /** Parses a document of which only these parts count, as if nothing stood between them. */
  parseParts<T extends AstNode>(input: string, parts: readonly TextPart[]): ParseResult<T> {
    const lexer = this.lexer as CamelLexer;
    lexer.parts = parts;
    try {
      return this.parse<T>(input);
    } finally {
      lexer.parts = undefined;
    }
  }

  private parseFormula(cst: CstNode, input: string): ParseResult<Formula> {
    const lexer = this.lexer as CamelLexer;
    // Asked for its range, the node would remember it, and it gets other words.
    const { line, character } = (cst as CompositeCstNodeImpl).content[0]!.range.start;
    lexer.formula = { text: cst.text, offset: cst.offset, line, character };
    try {
      return super.parse<Formula>(input, { rule: 'Formula' });
    } finally {
      lexer.formula = undefined;
    }
  }
}

/** A text is parsed again at most so often, and no more characters than that. */
const mostRepairs = 20;
const mostRepairedText = 1_000_000;

export interface CamelParserOptions extends ParserOptions {
  /** Whether to leave it at the first attempt to read the text. */
  once?: boolean;
}

/** With those of the errors that cost their own statement only. */
export interface CamelParseResult<T extends AstNode = AstNode> extends ParseResult<T> {
  repaired?: readonly RepairedError[];
}

const positionOf = ({ token }: IRecognitionException): number => (isEndOfFile(token) ? Infinity : token.startOffset);
const firstOf = (errors: readonly IRecognitionException[]): IRecognitionException => errors.reduce((a, b) => (positionOf(b) < positionOf(a) ? b : a));

const lastLeaf = (node: CstNode): LeafCstNode => (node instanceof CompositeCstNodeImpl ? lastLeaf(node.content.at(-1)!) : (node as LeafCstNode));

/** Gives the formula of the document the expression that was parsed from its text. */
function graft(parsed: Formula, formula: Mutable<Formula>): void {
  const target = formula.$cstNode as CompositeCstNodeImpl;
  const content = (parsed.$cstNode as CompositeCstNodeImpl).content;
  const last = content.at(-1);
  if (!last || !parsed.expression) return;
  // What the parser left out behind a mistake is a part of the formula all the same.
  const [whole, read] = [lastLeaf(target), lastLeaf(last)];
  if (read.end < whole.end) {
    const [start, end] = [read.range.end, whole.range.end];
    const rest = new LeafCstNodeImpl(read.end, whole.end - read.end, start.line, start.character, end.line, end.character, whole.tokenType);
    rest.grammarSource = whole.grammarSource!;
    content.push(rest);
  }
  target.content = content;
  for (const child of content) (child as Mutable<CstNode> & { container: unknown }).container = target;
  formula.expression = parsed.expression;
  AstUtils.linkContentToContainer(formula);
  groupByPrecedence(parsed.expression);
}

/**
 * The tables of a parser take a tenth of a second to build and know nothing of documents, so one parser serves all.
 * Only the linker that the references in a tree will ask is that of the services.
 */
let engine: CamelParser | undefined;

export function createCamelParser(services: LangiumCoreServices): CamelParser {
  engine ??= newEngine(services);
  const shared = engine;
  const withLinker = (): CamelParser => Object.assign(shared, { linker: services.references.Linker });
  return Object.assign(Object.create(shared) as CamelParser, {
    parse: <T extends AstNode>(input: string, options?: CamelParserOptions): ParseResult<T> => withLinker().parse<T>(input, options),
    parseParts: <T extends AstNode>(input: string, parts: readonly TextPart[]): ParseResult<T> => withLinker().parseParts<T>(input, parts),
  });
}

function newEngine(services: LangiumCoreServices): CamelParser {
  const parser = createParser(services.Grammar, new CamelParser(services), services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}
