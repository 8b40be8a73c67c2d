import { constants, isFormula, isLibraryUri, nameOf, nodeOfProperty, type Formula } from '@camelc/language';
import { AstUtils, CstUtils, GrammarAST, interruptAndCheck, type AstNode, type CstNode, type LangiumDocument, type Reference } from 'langium';
import type { LangiumServices, SemanticTokenProvider } from 'langium/lsp';
import {
  CancellationToken,
  type SemanticTokenModifiers,
  SemanticTokensBuilder,
  type SemanticTokenTypes,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensOptions,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { segmentsOf } from '../navigation/names.js';

/** The legend; docs/editors.md says which element has which type. Keywords, numbers and texts outside of formulas are coloured by the grammar of the editor. */
const types = [
  'namespace',
  'class',
  'interface',
  'struct',
  'type',
  'property',
  'variable',
  'parameter',
  'function',
  'enumMember',
  'event',
  'decorator',
  'number',
  'operator',
] satisfies `${SemanticTokenTypes}`[];
const modifiers = ['declaration', 'readonly', 'defaultLibrary'] satisfies `${SemanticTokenModifiers}`[];
type TokenType = (typeof types)[number];
type Modifier = (typeof modifiers)[number];

interface Token {
  offset: number;
  length: number;
  type: TokenType;
  modifiers: readonly Modifier[];
}

/** How the elements of a metaclass are coloured, where they are declared and where they are named. */
const byMetaclass: readonly (readonly [RegExp, TokenType])[] = [
  [/Model$/, 'namespace'],
  [/^(Software|Vm|Container|Paas|Sensor|Data|DataSource|DataInstance|DataSourceInstance)$/, 'class'],
  [/^(Provided|Required)/, 'interface'],
  [/Unit$|^Dimensionless$/, 'enumMember'],
  [/^FunctionParameter$/, 'parameter'],
  [/(Metric|MetricVariable)$/, 'variable'],
  [/^MetricFunction$/, 'function'],
  [/^(Value\w*|StringType|BooleanType|UnitDimension|MetricTemplate|SecurityDomain)$/, 'type'],
  [/^(Concept|MmsProperty|ConceptInstance|PropertyInstance)$/, 'decorator'],
  [/Event$|EventPattern$|^Timer$/, 'event'],
  [/^(Region|CloudLocation)$/, 'enumMember'],
  [/^(RequirementSet|Feature|\w+Configuration|\w*Context|Window|Schedule)$/, 'struct'],
];
/** The type of the tokens of a metaclass: requirements, constraints and attributes are properties. */
const tokenTypeOf = (metaclass: string): TokenType => byMetaclass.find(([pattern]) => pattern.test(metaclass))?.[1] ?? 'property';

/** Colours names by what they mean, in formulas too. */
export class CamelSemanticTokenProvider implements SemanticTokenProvider {
  readonly tokenTypes: Record<string, number> = Object.fromEntries(types.map((type, i) => [type, i]));
  readonly tokenModifiers: Record<string, number> = Object.fromEntries(modifiers.map((modifier, i) => [modifier, 1 << i]));
  readonly semanticTokensOptions: SemanticTokensOptions = { legend: { tokenTypes: [...types], tokenModifiers: [...modifiers] }, full: { delta: true }, range: true };
  /** What was sent last of each open document, for the next difference. */
  private readonly builders = new Map<string, SemanticTokensBuilder>();

  constructor(services: LangiumServices) {
    services.shared.workspace.TextDocuments?.onDidClose(({ document }) => this.builders.delete(document.uri));
  }

  async semanticHighlight(document: LangiumDocument, _: SemanticTokensParams, token = CancellationToken.None): Promise<SemanticTokens> {
    const tokens = await tokensOf(document, undefined, token);
    const builder = new SemanticTokensBuilder();
    this.builders.set(document.uri.toString(), builder);
    this.push(tokens, document, builder);
    return builder.build();
  }

  async semanticHighlightRange(document: LangiumDocument, { range }: SemanticTokensRangeParams, token = CancellationToken.None): Promise<SemanticTokens> {
    const builder = new SemanticTokensBuilder();
    this.push(await tokensOf(document, range, token), document, builder);
    return builder.build();
  }

  async semanticHighlightDelta(
    document: LangiumDocument,
    { previousResultId }: SemanticTokensDeltaParams,
    token = CancellationToken.None,
  ): Promise<SemanticTokens | SemanticTokensDelta> {
    const builder = this.builders.get(document.uri.toString());
    if (!builder) return this.semanticHighlight(document, { textDocument: { uri: document.uri.toString() } }, token);
    const tokens = await tokensOf(document, undefined, token);
    builder.previousResult(previousResultId);
    this.push(tokens, document, builder);
    return builder.buildEdits();
  }

  private push(tokens: readonly Token[], { textDocument }: LangiumDocument, builder: SemanticTokensBuilder): void {
    for (const { offset, length, type, modifiers: own } of tokens) {
      const { line, character } = textDocument.positionAt(offset);
      builder.push(
        line,
        character,
        length,
        this.tokenTypes[type]!,
        own.reduce((bits, modifier) => bits | this.tokenModifiers[modifier]!, 0),
      );
    }
  }
}

/** In the order of the text, none within another. */
async function tokensOf(document: LangiumDocument, range: SemanticTokensRangeParams['range'] | undefined, cancel: CancellationToken): Promise<Token[]> {
  const tokens: Token[] = [];
  let seen = 0;
  const nodes = AstUtils.streamAst(document.parseResult.value, { range }).iterator();
  for (let next = nodes.next(); !next.done; next = nodes.next()) {
    if (seen++ % 500 === 0) await interruptAndCheck(cancel);
    if (isFormula(next.value)) {
      formulaTokens(next.value, tokens);
      nodes.prune();
    } else elementTokens(next.value, tokens);
  }
  const [from, to] = range ? [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)] : [0, Infinity];
  const ordered = tokens.filter(({ offset, length }) => length > 0 && offset + length > from && offset < to).sort((a, b) => a.offset - b.offset);
  return ordered.filter((token, i) => i === 0 || ordered[i - 1]!.offset + ordered[i - 1]!.length <= token.offset);
}

function elementTokens(node: AstNode, tokens: Token[]): void {
  const name = nameOf(node) === undefined ? undefined : nodeOfProperty(node, 'name');
  if (name) tokens.push({ ...unquoted(name), type: tokenTypeOf(node.$type), modifiers: ['declaration'] });
  for (const { reference, property } of AstUtils.streamReferences(node)) referenceTokens(reference as Reference, property === 'annotations', tokens);
}

const unquoted = ({ offset, length, text }: CstNode): { offset: number; length: number } => (/^["']/.test(text) ? { offset: offset + 1, length: length - 2 } : { offset, length });

/** The last segment of a path by what it names; those before it lead there. */
function referenceTokens({ $refNode: cst, $nodeDescription: target }: Reference, isAnnotation: boolean, tokens: Token[]): void {
  if (!cst || (!target && !isAnnotation)) return;
  const segments = segmentsOf(cst.text);
  const own: Modifier[] = target && isLibraryUri(target.documentUri) ? ['defaultLibrary'] : [];
  for (const [i, { offset, text }] of segments.entries()) {
    const type = isAnnotation ? 'decorator' : i === segments.length - 1 ? tokenTypeOf(target!.type) : 'namespace';
    tokens.push({ offset: cst.offset + offset, length: text.length, type, modifiers: own });
  }
}

function formulaTokens(formula: Formula, tokens: Token[]): void {
  if (!formula.$cstNode || !formula.expression) return;
  for (const leaf of CstUtils.flattenCst(formula.$cstNode)) {
    const node = leaf.astNode;
    const { offset, length } = leaf;
    const push = (type: TokenType, ...own: Modifier[]): void => void tokens.push({ offset, length, type, modifiers: own });
    if (leaf.hidden) continue;
    if (node.$type === 'NumberLiteral') push('number');
    else if (node.$type === 'Variable' && /^\w/.test(leaf.text)) {
      const target = AstUtils.streamReferences(node).head()?.reference as Reference | undefined;
      if (target?.$nodeDescription) push(tokenTypeOf(target.$nodeDescription.type), ...(isLibraryUri(target.$nodeDescription.documentUri) ? (['defaultLibrary'] as const) : []));
      else if (constants.has(leaf.text)) push('variable', 'readonly', 'defaultLibrary');
    } else if (node.$type === 'Call' && /^\w/.test(leaf.text)) {
      const target = AstUtils.streamReferences(node).head()?.reference as Reference | undefined;
      push('function', ...(target?.$nodeDescription ? [] : (['defaultLibrary'] as const)));
    } else if (GrammarAST.isKeyword(leaf.grammarSource) && !/^[(),;\w]$/.test(leaf.text)) push('operator');
  }
}
