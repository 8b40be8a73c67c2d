import { endOfLine, indentationAt, insertBefore, isDeploymentModel, isRequirementSet, nameOf, type DeploymentModel, type RequirementSet } from '@camelc/language';
import { AstUtils, type AstNode } from 'langium';
import { CodeActionKind, TextEdit } from 'vscode-languageserver';
import { nodeAtPath, usesOf } from '../navigation/uses.js';
import { editOf, textEdit, type Action, type Request, type Source } from './action.js';
import { elementAt, remove, rewrite } from './rewriting.js';

/** A component or configuration has requirements of its own, or names a set that others may name too: one can become the other. */
export const requirementSet: Source = {
  kinds: [CodeActionKind.RefactorExtract, CodeActionKind.RefactorInline],
  actions(request: Request): Action[] {
    const set = elementAt(request, isRequirementSet);
    const model = set && AstUtils.getContainerOfType(set, isDeploymentModel);
    if (!set || !model) return [];
    return set.$container === model ? inline(set, request) : extract(set, model, request);
  },
};

function extract(set: RequirementSet, model: DeploymentModel, { document }: Request): Action[] {
  const owner = memberOf(set, model);
  const isTaken = model.requirementSets.some(({ name }) => name === set.name);
  if (!owner || isTaken) return [];
  const text = document.textDocument.getText();
  const lines = shifted(set.$cstNode!.text, indentationAt(text, set.$cstNode!.offset), '');
  const edits = [textEdit(insertBefore(owner, lines)), rewrite(set.$cstNode!, `requirements ${set.name}`)];
  return [{ title: `Extract the requirements to the set \`${set.name}\` of \`${model.name}\``, kind: CodeActionKind.RefactorExtract, edit: () => editOf(document, edits) }];
}

/** A set that one component names becomes that component's own. */
function inline(set: RequirementSet, { document, services }: Request): Action[] {
  const [only, another] = usesOf(set, services);
  const user = only?.sourceUri.toString() === document.uri.toString() ? nodeAtPath(document.uri, only.sourcePath, services) : undefined;
  if (!only || another || !user || isDeploymentModel(user)) return [];
  const text = document.textDocument.getText();
  const written = shifted(set.$cstNode!.text, indentationAt(text, set.$cstNode!.offset), indentationAt(text, only.segment.offset)).join(endOfLine(text));
  const keyword = text.lastIndexOf('requirements', only.segment.offset);
  const range = { start: document.textDocument.positionAt(keyword), end: only.segment.range.end };
  const edits = [TextEdit.replace(range, written), ...remove(set)];
  return [{ title: `Put the requirements of \`${set.name}\` into \`${nameOf(user)}\``, kind: CodeActionKind.RefactorInline, edit: () => editOf(document, edits) }];
}

/** The member of the model that the node is a part of. */
function memberOf(node: AstNode, model: DeploymentModel): AstNode | undefined {
  let member: AstNode | undefined = node;
  while (member && member.$container !== model) member = member.$container;
  return member;
}

/** The lines of the text, moved from one indentation to another. */
const shifted = (text: string, from: string, to: string): string[] =>
  text.split(/\r?\n/).map((line, i) => (i === 0 || !line.startsWith(from) ? line : to + line.slice(from.length)));
