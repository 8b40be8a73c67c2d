import { DefaultLexer, DefaultTokenBuilder, type GrammarAST, type LangiumCoreServices, type LexerResult, type TokenBuilderOptions } from 'langium';
import { Lexer as ChevrotainLexer, type ILexingError, type IToken, type TokenType } from 'chevrotain';

/** How deep braces, brackets and parentheses may nest, and powers and signs in formulas: what the stack of a bundled parser bears. */
export const nestingLimit = 50;
const tooDeep = 'nested too deep';
/** Whether this is the lexer error at the place where the limit is passed. */
export const isTooDeep = (e: ILexingError): boolean => e.message === tooDeep;

const stray = 'STRAY';
/** The message of the lexer error at a character that no formula has. */
export const strayInFormula = 'stray in a formula';
/** Terminals that the lexer of CAMEL never gives. */
const unlexed: readonly string[] = ['NAME', 'EMBEDDED', 'FORMULA_NAME'];

const looksLikeName = /^[A-Za-z_]\w*$/;

/** Makes NAME the category of ID and of all keywords that look like names, so that a keyword may be a name. */
export class CamelTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: GrammarAST.Grammar, options?: TokenBuilderOptions): TokenType[] {
    const tokens = super.buildTokens(grammar, options) as TokenType[];
    const named = (name: string) => tokens.find((t) => t.name === name)!;
    for (const token of tokens) if (token.name === 'ID' || isWord(token)) token.CATEGORIES = [named('NAME')];
    for (const name of ['NAME', 'EMBEDDED']) {
      named(name).PATTERN = ChevrotainLexer.NA;
      delete named(name).LINE_BREAKS;
    }
    // What no other token takes. Chevrotain's own way to skip it tries every token at every character.
    // oxlint-disable-next-line no-control-regex -- control characters are stray too
    tokens.push({ name: stray, PATTERN: /[\u0080-\uffff]+|[\u0000-\u007f]/, LINE_BREAKS: false });
    return tokens;
  }

  /** Words have no pattern: the lexer takes them for names, and looks them up, rather than try three hundred patterns. */
  protected override buildKeywordToken(keyword: GrammarAST.Keyword, terminals: TokenType[], caseInsensitive: boolean): TokenType {
    return looksLikeName.test(keyword.value) ? { name: keyword.value, PATTERN: ChevrotainLexer.NA } : super.buildKeywordToken(keyword, terminals, caseInsensitive);
  }

  protected override findLongerAlt(keyword: GrammarAST.Keyword, terminals: TokenType[]): TokenType[] {
    return super.findLongerAlt(
      keyword,
      terminals.filter((t) => !unlexed.includes(t.name)),
    );
  }
}

/** Whether this is a keyword that looks like a name, of all token types as they were first built. */
const isWord = ({ PATTERN }: TokenType): boolean => PATTERN === ChevrotainLexer.NA;

/** A part of a document's text, and where it begins. */
export interface TextPart {
  text: string;
  offset: number;
  /** Counted from 0. */
  line: number;
  character: number;
}

/** Two lexers in one: that of CAMEL, and that of the formulas inside its strings. Both feed the same parser. */
export class CamelLexer extends DefaultLexer {
  /** While this is set, `tokenize` gives the tokens of this formula, with its quotes if it has any. */
  formula: TextPart | undefined;
  /** While this is set, `tokenize` gives the tokens of these parts of the text only. */
  parts: readonly TextPart[] | undefined;
  /** While this is set, `tokenize` gives it. */
  given: LexerResult | undefined;
  private readonly formulaLexer: ChevrotainLexer;
  /** The keywords that look like names. */
  private readonly words: ReadonlyMap<string, TokenType>;

  constructor(services: LangiumCoreServices) {
    super(services);
    const types = Object.values(this.tokenTypes);
    this.words = new Map(types.filter((t) => isWord(t) && !unlexed.includes(t.name)).map((t) => [t.name, t]));
    const terminals = ['DECIMAL', 'INT', 'FORMULA_NAME', 'WHITESPACE', stray];
    this.formulaLexer = new ChevrotainLexer(
      // `^` is an operator here, not the mark of an escaped name, hence without the longer alternative.
      types.filter((t) => terminals.includes(t.name) || (typeof t.PATTERN === 'string' && !/[\w[\]:.{}]/.test(t.PATTERN))).map((t) => ({ ...t, LONGER_ALT: [] })),
      { positionTracking: 'full', skipValidations: true, errorMessageProvider: this.errorMessageProvider },
    );
  }

  override tokenize(text: string): LexerResult {
    if (this.given) return this.given;
    const result = this.formula ? withoutStray(this.tokenizeFormula(this.formula), strayInFormula) : withoutStray(this.tokenizeCamel(text), stray);
    const tooDeepAt = this.formula ? formulaNestedTooDeep(result.tokens) : nestedTooDeep(result.tokens);
    if (tooDeepAt !== undefined) {
      const { startOffset: offset, startLine: line, startColumn: column, image } = result.tokens[tooDeepAt]!;
      const error = { offset, line, column, length: image.length, message: tooDeep };
      // The parser gets nothing to recurse into.
      return { tokens: [], errors: [error], hidden: [] };
    }
    return result;
  }

  private tokenizeCamel(text: string): LexerResult {
    if (!this.parts) return this.tokenizeWords(text);
    const results = this.parts.map((part) => {
      const { tokens, errors, hidden } = this.tokenizeWords(part.text);
      for (const token of [...tokens, ...hidden]) moveToken(token, part.offset, part.line, part.character);
      return { tokens, errors, hidden };
    });
    return { tokens: results.flatMap((r) => r.tokens), errors: results.flatMap((r) => r.errors), hidden: results.flatMap((r) => r.hidden) };
  }

  private tokenizeWords(text: string): LexerResult {
    const result = super.tokenize(text);
    const name = this.tokenTypes['ID'];
    for (const token of result.tokens) {
      const word = token.tokenType === name ? this.words.get(token.image) : undefined;
      if (!word) continue;
      token.tokenType = word;
      token.tokenTypeIdx = word.tokenTypeIdx!;
    }
    return result;
  }

  private tokenizeFormula({ text, offset, line, character }: TextPart): LexerResult {
    const quoted = text.startsWith('"') || text.startsWith("'");
    const { tokens, errors } = this.formulaLexer.tokenize(withoutBackslashes(quoted ? text.slice(1, -1) : text));
    const skipped = quoted ? 1 : 0;
    for (const token of tokens) moveToken(token, offset + skipped, line, character + skipped);
    for (const error of errors) moveError(error, offset + skipped, line, character + skipped);
    if (quoted) {
      tokens.unshift(this.quote(text[0]!, offset, line + 1, character + 1));
      const lines = text.split('\n');
      const lastColumn = lines.length === 1 ? character + text.length : lines.at(-1)!.length;
      tokens.push(this.quote(text[0]!, offset + text.length - 1, line + lines.length, lastColumn));
    }
    return { tokens, errors, hidden: [] };
  }

  private quote(image: string, startOffset: number, startLine: number, startColumn: number): IToken {
    const tokenType = this.tokenTypes['EMBEDDED']!;
    return {
      image,
      startOffset,
      startLine,
      startColumn,
      tokenType,
      tokenTypeIdx: tokenType.tokenTypeIdx!,
      endOffset: startOffset,
      endLine: startLine,
      endColumn: startColumn,
    };
  }
}

/**
 * `and` and `or` as mXparser also writes them, /\ and \/, with the backslash doubled or not, become && and ||.
 * The grammar cannot name them: Langium does not escape backslashes in what it generates.
 */
const withoutBackslashes = (formula: string): string => formula.replace(/\/\\\\?/g, (and) => '&&'.padEnd(and.length)).replace(/\\\\?\//g, (or) => '||'.padEnd(or.length));

/** Stray characters are errors of the lexer: the parser goes on as if they were not there. */
function withoutStray(result: LexerResult, message: string): LexerResult {
  if (!result.tokens.some(isStray)) return result;
  const errors = result.tokens.filter(isStray).map((t) => ({ offset: t.startOffset, line: t.startLine, column: t.startColumn, length: t.image.length, message }));
  return { ...result, tokens: result.tokens.filter((t) => !isStray(t)), errors: [...result.errors, ...errors] };
}
const isStray = (t: IToken): boolean => t.tokenType.name === stray;

/** Moves a token from a text of its own to where that text stands in the document. Columns count from the beginning of a line: only those of its first line change. */
function moveToken(t: IToken, offset: number, lines: number, columns: number): void {
  t.startOffset += offset;
  t.endOffset! += offset;
  if (t.startLine === 1) t.startColumn! += columns;
  if (t.endLine === 1) t.endColumn! += columns;
  t.startLine! += lines;
  t.endLine! += lines;
}
function moveError(e: ILexingError, offset: number, lines: number, columns: number): void {
  e.offset += offset;
  if (e.line === 1) e.column! += columns;
  e.line! += lines;
}

/** The index of the first token that nests deeper than the limit. Brackets of intervals, which stand behind colons, nest nothing and need not be closed. */
function nestedTooDeep(tokens: readonly IToken[]): number | undefined {
  let depth = 0;
  /** How deep the insides of the open blocks are. */
  const blocks: number[] = [];
  for (const [i, { image }] of tokens.entries()) {
    if (image === '{') blocks.push(++depth);
    else if (image === '}') depth = (blocks.pop() ?? 1) - 1;
    else if ((image === '[' || image === '(') && tokens[i - 1]?.image !== ':') depth++;
    else if (image === ']' || image === ')') depth = Math.max(blocks.at(-1) ?? 0, depth - 1);
    if (depth > nestingLimit) return i;
  }
  return undefined;
}

/** The same for a formula, where powers and signs nest too: `a^b^c` is `a^(b^c)`, `--a` is `-(-a)`. */
function formulaNestedTooDeep(tokens: readonly IToken[]): number | undefined {
  let depth = 0;
  const enclosing: number[] = [];
  for (const [i, { image }] of tokens.entries()) {
    const previous = tokens[i - 1]?.image ?? '(';
    const isSign = /^[-+~!]$/.test(image) && /^[^\w.)]/.test(previous);
    if (image === '(') enclosing.push(depth++);
    else if (image === ')') depth = enclosing.pop() ?? 0;
    else if (image === '^' || isSign) depth++;
    else if (!/^[\w.]/.test(image)) depth = enclosing.length ? enclosing.at(-1)! + 1 : 0;
    if (depth > nestingLimit) return i;
  }
  return undefined;
}
