/** CAMEL 2.5 and 3.0 write some things differently that mean the same. */
import { byPosition } from '@camelc/diagnostics';
import {
  AlternativeComponents,
  CommunicationRequirement,
  ConditionalFlow,
  ContainerConfiguration,
  ImageConfiguration,
  insertBefore,
  isAttribute,
  isBinaryEventPattern,
  isCamelModel,
  isConstraint,
  isConstraintModel,
  isDeploymentModel,
  isDoubleValue,
  isFloatValue,
  isFormula,
  isLogicalConstraint,
  isMeasurableAttribute,
  isMetricConstraint,
  isMetricModel,
  isOptimisationRequirement,
  isResourceRequirement,
  isSubModel,
  isUnaryEventPattern,
  isVariableConstraint,
  isVm,
  kindOf,
  nodeOfProperty,
  Paas,
  PaasConfiguration,
  PaasRequirement,
  ParallelFlow,
  PrecedesFlow,
  Separation,
  SequenceFlow,
  ServerlessConfiguration,
  SwitchFlow,
  WindowProcessing,
  type ConstraintOperand,
} from '@camelc/language';
import { AstUtils, TextDocument, type AstNode, type CstNode } from 'langium';
import { CodeActionKind, TextEdit } from 'vscode-languageserver';
import { editOf, textEdit, type Action, type Request, type Source } from './action.js';
import type { Dialect } from '../dialects.js';
import { usesOf } from '../navigation/uses.js';
import { joinPair, partInterval, partnerOf } from './interval.js';
import { elementAt, ownLeaves, remove, rewrite } from './rewriting.js';

const kinds: Record<Dialect, string> = { '2.5': `${CodeActionKind.Source}.camel25`, '3.0': `${CodeActionKind.Source}.camel30` };

/** Writes a whole file as the other version of CAMEL has it. Offered where a model begins, and as actions of the file. */
export const dialect: Source = {
  kinds: [CodeActionKind.RefactorRewrite, ...Object.values(kinds)],
  actions(request: Request): Action[] {
    const isRefactoring = request.wants(CodeActionKind.RefactorRewrite) && isAtHeader(request);
    return (['3.0', '2.5'] as const).flatMap((to) => {
      const kind = isRefactoring ? CodeActionKind.RefactorRewrite : kinds[to];
      const edits = request.wants(kind) ? rewritten(request, to) : [];
      return edits.length > 0 ? [{ title: `Write this file as CAMEL ${to}${to === '2.5' ? exceptFor(request) : ''}`, kind, edit: () => editOf(request.document, edits) }] : [];
    });
  },
};

/** Elements that CAMEL 2.5 has no words for. */
const unknownTo25: ReadonlySet<string> = new Set(
  [
    PaasConfiguration,
    ImageConfiguration,
    ContainerConfiguration,
    ServerlessConfiguration,
    Paas,
    PaasRequirement,
    CommunicationRequirement,
    Separation,
    AlternativeComponents,
    SequenceFlow,
    ParallelFlow,
    SwitchFlow,
    ConditionalFlow,
    PrecedesFlow,
    WindowProcessing,
  ].map(({ $type }) => $type),
);

/** The kinds of elements in the file that stay as they are. */
function exceptFor({ document }: Request): string {
  const types = AstUtils.streamAst(document.parseResult.value)
    .map(({ $type }) => $type)
    .filter((type) => unknownTo25.has(type));
  const kinds = [...new Set(types)].map(kindOf);
  return kinds.length > 0 ? ` but for what it lacks: ${kinds.join(', ')}` : '';
}

/** Whether the selection begins before the block of a camel model or sub-model. */
function isAtHeader(request: Request): boolean {
  const model = elementAt(request, (node) => isSubModel(node) || isCamelModel(node));
  const open = model && ownLeaves(model).find((leaf) => leaf.text === '{');
  return !!open && request.document.textDocument.offsetAt(request.range.start) <= open.offset;
}

function rewritten(request: Request, to: Dialect): TextEdit[] {
  const edits: TextEdit[] = [];
  const visit = (node: AstNode): void => {
    const whole = to === '3.0' ? nested(node, request) : hoisted(node, request);
    if (whole) edits.push(...whole);
    else {
      edits.push(...rewrittenWords(node, to));
      for (const child of AstUtils.streamContents(node)) if (!isFormula(child)) visit(child);
    }
  };
  visit(request.document.parseResult.value);
  return outermost([...edits, ...rewrittenBounds(request, to)]);
}

/** An edit within the text that another one replaces is lost: that other one has it already, or takes the text away. */
function outermost(edits: TextEdit[]): TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => byPosition(a.range.start, b.range.start) || byPosition(b.range.end, a.range.end))) {
    const last = kept.at(-1);
    if (!last || byPosition(last.range.end, edit.range.start) <= 0) kept.push(edit);
  }
  return kept;
}

/** What differs in a word, a sign or a number. */
function rewrittenWords(node: AstNode, to: Dialect): TextEdit[] {
  const leaves = ownLeaves(node);
  const edits = rewrittenFormula(node, leaves, to);
  const [first, second, third] = leaves;
  if (isDeploymentModel(node) || isMetricModel(node)) {
    if (to === '3.0' && second?.text === 'type') edits.push(cutUpTo(second, third!));
    if (to === '2.5' && second?.text === 'model') edits.push(TextEdit.insert(second.range.start, 'type '));
  }
  if (isVm(node) && first && first.text !== (to === '3.0' ? 'vm' : 'VM')) edits.push(rewrite(first, to === '3.0' ? 'vm' : 'VM'));
  const colon = isMeasurableAttribute(node) && to === '3.0' ? leaves.findIndex((leaf) => leaf.text === ':') : -1;
  if (colon > 0) edits.push(TextEdit.replace({ start: leaves[colon - 1]!.range.end, end: leaves[colon]!.range.end }, ''));
  return [...edits, ...rewrittenNumbers(node, to)];
}

/** From the beginning of one word up to that of the next. */
const cutUpTo = (from: CstNode, to: CstNode): TextEdit => TextEdit.replace({ start: from.range.start, end: to.range.start }, '');

/** `formula: ('x')` and `formula 'x'`. */
function rewrittenFormula(node: AstNode, leaves: readonly CstNode[], to: Dialect): TextEdit[] {
  const at = leaves.findIndex((leaf) => leaf.text === 'formula');
  const formula = at < 0 ? undefined : nodeOfProperty(node, 'formula');
  if (!formula) return [];
  const keyword = leaves[at]!;
  const [before, after] = [leaves.filter((l) => l.offset > keyword.offset && l.end <= formula.offset), leaves.find((l) => l.offset >= formula.end)];
  const between = (start: CstNode, end: CstNode): TextEdit['range'] => ({ start: start.range.end, end: end.range.start });
  if (to === '3.0' && before.length > 0) {
    const close = before.some((l) => l.text === '(') && after?.text === ')' ? [TextEdit.replace({ start: formula.range.end, end: after.range.end }, '')] : [];
    return [TextEdit.replace(between(keyword, formula), ' '), ...close];
  }
  if (to === '2.5' && before.length === 0) return [TextEdit.replace(between(keyword, formula), ': ('), TextEdit.insert(formula.range.end, ')')];
  return [];
}

/** CAMEL 3.0 wants a decimal point in thresholds and values that are no integers; 2.5 none in numbers of occurrences. */
function rewrittenNumbers(node: AstNode, to: Dialect): TextEdit[] {
  const decimals: string[] = [];
  const occurrences: string[] = [];
  if (isMetricConstraint(node) || isVariableConstraint(node)) decimals.push('threshold');
  if (isOptimisationRequirement(node)) decimals.push('priority');
  if (isDoubleValue(node) || isFloatValue(node)) decimals.push('value');
  if (isBinaryEventPattern(node)) occurrences.push('lowerOccurrences', 'upperOccurrences');
  if (isUnaryEventPattern(node)) occurrences.push('occurrences');
  const values = [...decimals, ...occurrences].map((property) => nodeOfProperty(node, property)).filter((cst) => cst !== undefined);
  if (to === '3.0') return values.filter((cst) => /^-?\s*\d+$/.test(cst.text)).map((cst) => TextEdit.insert(cst.range.end, '.0'));
  return occurrences.flatMap((property) => {
    const cst = nodeOfProperty(node, property);
    return cst && /^-?\s*\d+\.0+$/.test(cst.text) ? [rewrite(cst, cst.text.replace(/\.0+$/, ''))] : [];
  });
}

/** The bounds of resource requirements: intervals, or attributes for both ends. */
function rewrittenBounds({ document, services }: Request, to: Dialect): TextEdit[] {
  const attributes = AstUtils.streamAst(document.parseResult.value)
    .filter(isAttribute)
    .filter((a) => AstUtils.hasContainerOfType(a, isResourceRequirement));
  if (to === '2.5') return attributes.flatMap((a) => partInterval(a, services) ?? []).toArray();
  return attributes
    .flatMap((a) => {
      const partner = partnerOf(a);
      return (partner && a.$cstNode!.offset < partner.$cstNode!.offset && joinPair(a, partner, services)) || [];
    })
    .toArray();
}

/** A logical constraint with the constraints in it that it refers to, where nothing else refers to them. */
function nested(node: AstNode, request: Request): TextEdit[] | undefined {
  if (!isLogicalConstraint(node)) return undefined;
  const edits = node.operands.flatMap((operand) => {
    const definition = operand.reference?.ref;
    if (!definition || !isConstraintModel(definition.$container) || definition.$container !== node.$container || countOfReferences(definition, request) !== 1) return [];
    if (isLogicalConstraint(definition)) return [];
    const text = textWith(definition, rewrittenWords(definition, '3.0'), request);
    return [rewrite(operand.$cstNode!, text), ...remove(definition)];
  });
  return edits.length > 0 ? edits : undefined;
}

/** A logical constraint with references to the constraints in it, which come before it. */
function hoisted(node: AstNode, request: Request): TextEdit[] | undefined {
  if (!isLogicalConstraint(node) || !isConstraintModel(node.$container)) return undefined;
  const within = node.operands.filter((o: ConstraintOperand) => o.definition && !isLogicalConstraint(o.definition) && countOfReferences(o.definition, request) === 0);
  const taken = new Set(node.$container.constraints.map((c) => c.name));
  const free = within.filter((o) => !taken.has(o.definition!.name));
  if (free.length === 0) return undefined;
  const texts = free.map((o) => textWith(o.definition!, rewrittenWords(o.definition!, '2.5'), request));
  return [textEdit(insertBefore(node, texts)), ...free.map((o) => rewrite(o.$cstNode!, o.definition!.name))];
}

function countOfReferences(node: AstNode, { services }: Request): number {
  return isConstraint(node) ? usesOf(node, services).length : 0;
}

/** The text of the node after edits within it. */
function textWith(node: AstNode, edits: TextEdit[], { document }: Request): string {
  const { offset, end } = node.$cstNode!;
  const before = document.textDocument.getText().length;
  const text = TextDocument.applyEdits(document.textDocument, edits);
  return text.slice(offset, end + text.length - before);
}
