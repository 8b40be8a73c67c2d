import { catalogue, type Code } from '@camelc/diagnostics';
import {
  constants,
  isAttribute,
  isCall,
  isFloatValue,
  isDoubleValue,
  isIntValue,
  isLibraryUri,
  isSoftware,
  isVariable,
  kindOf,
  nameOf,
  qualifiedNameOf,
  rangeBetween,
} from '@camelc/language';
import { AstUtils, CstUtils, GrammarAST, isLeafCstNode, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { HoverProvider, LangiumServices } from 'langium/lsp';
import type { Hover, HoverParams, Range } from 'vscode-languageserver';
import { factsOf, wordsOf } from './describe.js';
import { signatureOf } from './formula-functions.js';
import { comparisons, operators } from './formula-words.js';
import { describeKeyword } from './keywords.js';
import { nameAt } from '../navigation/names.js';
import { quantity } from './quantities.js';

/** What is known of the candidates of components. It answers at once. */
export interface CandidateSummaries {
  /** How many candidates fit, and which is the cheapest, in Markdown. */
  summaryOf(component: AstNode): string | undefined;
}

/** Says what stands at a place: elements, keywords, functions, operators, amounts. */
export class CamelHoverProvider implements HoverProvider {
  constructor(
    private readonly services: LangiumServices,
    private readonly candidates: CandidateSummaries,
  ) {}

  getHoverContent(document: LangiumDocument, params: HoverParams): Hover | undefined {
    const root = document.parseResult.value.$cstNode;
    if (!root) return undefined;
    const name = nameAt(document, params.position, this.services);
    const named = name && (name.element ? this.describeElement(name.element) : name.reference && describeBuiltIn(name.reference.$refText, name.reference.$refNode?.astNode));
    if (name && named) return hover(named, name.range);
    const offset = document.textDocument.offsetAt(params.position);
    const leaf = CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset - 1);
    if (!leaf || leaf.end < offset) return inComment(document, offset);
    return leaf.hidden ? inComment(document, offset) : inSyntax(leaf);
  }

  private describeElement(node: AstNode): string | undefined {
    if (!nameOf(node)) return undefined;
    const { uri } = AstUtils.getDocument(node);
    const candidates = isSoftware(node) ? this.candidates.summaryOf(node) : undefined;
    // What the library declares is said by its facts; its text is for those who go there.
    const excerpt = isLibraryUri(uri) ? undefined : excerptOf(node);
    return [`${kindOf(node.$type)} \`${qualifiedNameOf(node)}\``, ...wordsOf(node), ...factsOf(node), candidates, excerpt].filter(Boolean).join('\n\n');
  }
}

const hover = (value: string, range: Range): Hover => ({ contents: { kind: 'markdown', value }, range });

/** Functions and constants of formulas. */
function describeBuiltIn(name: string, node: AstNode | undefined): string | undefined {
  if (isCall(node)) {
    const signature = signatureOf(name);
    return signature && `function \`${signature.label}\`\n\n${signature.meaning}`;
  }
  return isVariable(node) && constants.has(name) ? `constant \`${name} = ${constants.get(name)}\`` : undefined;
}

function inSyntax(leaf: CstNode): Hover | undefined {
  const source = leaf.grammarSource;
  const rule = source && AstUtils.getContainerOfType(source, GrammarAST.isParserRule)?.name;
  if (!source || !rule) return undefined;
  if (rule === 'ComparisonOperator') return comparisons[leaf.text] ? hover(comparisons[leaf.text]!, leaf.range) : undefined;
  if (/^(Operator|PowerOperator|Signed|Postfix)$/.test(rule)) return operators[leaf.text] ? hover(`\`${leaf.text}\`: ${operators[leaf.text]}`, leaf.range) : undefined;
  if (GrammarAST.isKeyword(source) && /^\w/.test(source.value)) {
    const { phrase, range } = phraseAround(leaf);
    const said = describeKeyword(phrase, rule);
    return said ? hover(`\`${phrase}\`\n\n${said}`, range) : undefined;
  }
  const amount = amountAround(leaf.astNode);
  return amount ? hover(amount.text, amount.range) : undefined;
}

/** The keyword with those directly beside it: `resource requirement`. */
function phraseAround(leaf: CstNode): { phrase: string; range: Range } {
  const words = (leaf.container?.content ?? []).filter((node) => !node.hidden);
  const group = leaf.grammarSource!.$container;
  const isPart = (node: CstNode | undefined): node is CstNode =>
    node !== undefined && isLeafCstNode(node) && GrammarAST.isKeyword(node.grammarSource) && node.grammarSource.$container === group && /^\w/.test(node.text);
  let start = words.indexOf(leaf);
  let end = start;
  while (isPart(words[start - 1])) start--;
  while (isPart(words[end + 1])) end++;
  return {
    phrase: words
      .slice(start, end + 1)
      .map(({ text }) => text)
      .join(' '),
    range: { start: words[start]!.range.start, end: words[end]!.range.end },
  };
}

/** The number at a place, with what it is in the unit that its kind is compared in. */
function amountAround(node: AstNode): { text: string; range: Range } | undefined {
  const isNumber = isIntValue(node) || isFloatValue(node) || isDoubleValue(node);
  const attribute = isNumber ? node.$container : undefined;
  const text = isAttribute(attribute) ? quantity(attribute) : undefined;
  return text && node.$cstNode ? { text: `${(attribute as { name?: string }).name ?? 'value'}: ${text}`, range: node.$cstNode.range } : undefined;
}

/** A comment that sets a diagnostic aside names its code. */
function inComment({ textDocument }: LangiumDocument, offset: number): Hover | undefined {
  const text = textDocument.getText();
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(lineStart).split('\n', 1);
  for (const { 0: code, index } of line.matchAll(/[\w-]+\/[\w-]+/g)) {
    const start = lineStart + index;
    if (start > offset || offset > start + code.length || !line.includes('camelc-ignore') || !Object.hasOwn(catalogue, code)) continue;
    return hover(`\`${code}\`\n\n${catalogue[code as Code].explanation}`, rangeBetween(textDocument, start, start + code.length));
  }
  return undefined;
}

const mostLines = 8;
/** The beginning of its declaration. */
function excerptOf(node: AstNode): string {
  const lines = (node.$cstNode?.text ?? '').split(/\r?\n/);
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
  const last = lines.at(-1)!;
  const indent = lines.length > 1 ? last.length - last.trimStart().length : 0;
  return ['```camel', ...shown.map((line, i) => (i > 0 && !line.slice(0, indent).trim() ? line.slice(indent) : line)), '```'].join('\n');
}
