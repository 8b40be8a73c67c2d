import {
  insertBefore,
  isCompositeMetric,
  isCompositeMetricContext,
  isFormula,
  isMetricVariable,
  isSubModel,
  isVariable,
  nameOf,
  rangeBetween,
  type CamelFile,
  type CompositeMetric,
  type Formula,
  type MetricVariable,
  type NewLines,
} from '@camelc/language';
import { AstUtils, isReference, type AstNode, type LangiumCoreServices } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CodeActionKind, TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { nodeAtPath, usesOf } from '../navigation/uses.js';
import { editOf, textEdit, type Action, type Request, type Source } from './action.js';
import { elementAt, remove } from './rewriting.js';

/** A part of a formula becomes a variable of its own; a variable becomes a part of the formulas that use it. */
export const formulaRefactorings: Source = {
  kinds: [CodeActionKind.RefactorExtract, CodeActionKind.RefactorInline],
  actions: (request: Request) => [...extract(request), ...inline(request)],
};

/** What has a formula, and nothing that says when the formula counts. */
type Calculated = MetricVariable | CompositeMetric;
const isCalculated = (node: AstNode | undefined): node is Calculated =>
  isCompositeMetric(node) || (isMetricVariable(node) && !node.currentConfig && !node.onCandidates && !node.context && !node.component);

function extract(request: Request): Action[] {
  const { document, range, services } = request;
  const formula = elementAt(request, isFormula);
  const owner = formula?.$container;
  const cst = formula?.$cstNode;
  if (!cst || !isCalculated(owner) || !owner.template || !/^["']/.test(cst.text)) return [];
  const text = document.textDocument.getText(range);
  const part = text.trim();
  const start = document.textDocument.offsetAt(range.start) + text.length - text.trimStart().length;
  const [from, to] = [start - cst.offset, start - cst.offset + part.length];
  if (isComposed(owner, services)) return [];
  if (from < 1 || to > cst.text.length - 1 || /^\w*$/.test(part) || part.includes('\n')) return [];
  const marked = `${cst.text.slice(0, from)}(${part})${cst.text.slice(to)}`;
  if (shapeOf(cst.text, services) !== shapeOf(marked, services)) return [];
  const name = freeName(`${owner.name}Part`, owner);
  const [kind, quote] = [isCompositeMetric(owner) ? 'composite metric' : 'variable', cst.text[0]];
  const lines: NewLines = [`${kind} ${name} {`, `>template ${owner.template.$refText}`, `>formula ${quote}${withoutParentheses(part, services)}${quote}`, '}'];
  const place = rangeBetween(document.textDocument, start, start + part.length);
  return [
    {
      title: `Extract \`${part}\` to the ${kind} \`${name}\``,
      kind: CodeActionKind.RefactorExtract,
      edit: () => editOf(document, [textEdit(insertBefore(owner, lines)), TextEdit.replace(place, name)]),
    },
  ];
}

/** Whether a context of the metric composes contexts of the metrics in its formula: these would no more be in it. */
const isComposed = (owner: Calculated, services: LangiumServices): boolean =>
  usesOf(owner, services).some(({ sourceUri, sourcePath }) => {
    const user = nodeAtPath(sourceUri, sourcePath, services);
    return isCompositeMetricContext(user) && user.composingContexts.length > 0;
  });

/** A formula of its own needs none around it. */
function withoutParentheses(part: string, services: LangiumCoreServices): string {
  const inner = part.slice(1, -1).trim();
  return part.startsWith('(') && shapeOf(`'${inner}'`, services) === shapeOf(`'${part}'`, services) ? inner : part;
}

/** The tree of a formula, in which parentheses leave no trace but in its shape. */
function shapeOf(text: string, { parser }: LangiumCoreServices): string | undefined {
  const { value, parserErrors, lexerErrors } = parser.LangiumParser.parse<CamelFile>(`camel model X { metric model M { variable V { formula ${text} } } }`);
  const formula: Formula | undefined = AstUtils.streamAst(value).find(isFormula);
  if (!formula || parserErrors.length + lexerErrors.length > 0) return undefined;
  return JSON.stringify(formula.expression, (key, value: unknown) => (isReference(value) ? value.$refText : key.startsWith('$') && key !== '$type' ? undefined : value));
}

function freeName(name: string, owner: AstNode): string {
  const subModel = AstUtils.getContainerOfType(owner, isSubModel);
  const taken = new Set(subModel && AstUtils.streamContents(subModel).map(nameOf));
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function inline(request: Request): Action[] {
  const { document, services } = request;
  const variable = elementAt(request, isMetricVariable);
  const cst = variable?.formula?.$cstNode;
  const expression = variable?.formula?.expression;
  if (!variable || !cst || !expression || !isCalculated(variable) || !/^["']/.test(cst.text)) return [];
  const references = usesOf(variable, services);
  const users = references.map(({ sourceUri, sourcePath }) => nodeAtPath(sourceUri, sourcePath, services));
  // Its own formula goes away with it. A name without a model means another element where another one has it too.
  if (users.some((user) => user && AstUtils.getContainerOfType(user, isMetricVariable) === variable)) return [];
  if (users.length === 0 || !users.every((user) => isVariable(user) && AstUtils.getContainerOfType(user, isSubModel) === variable.$container)) return [];
  const text = cst.text.slice(1, -1).trim();
  const written = isVariable(expression) || expression.$type === 'NumberLiteral' ? text : `(${text})`;
  const edit = (): WorkspaceEdit => {
    const uses = references.map(({ segment }) => TextEdit.replace(segment.range, written));
    return editOf(document, [...uses, ...remove(variable)]);
  };
  return [{ title: `Put the formula of \`${variable.name}\` into those that use it`, kind: CodeActionKind.RefactorInline, edit }];
}
