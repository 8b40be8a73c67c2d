/** Parameters of the requests of the Language Server Protocol that the server answers. */
import { complaint, isRecord, isText, list, optional, record, rule, type Rule } from './rules.js';

const text = rule(isText, 'a text');
const flag = rule((value) => typeof value === 'boolean', 'true or false');
const whole = rule((value) => Number.isInteger(value) && (value as number) >= 0, 'a whole number from 0 on');
const object = rule(isRecord, 'an object');

const uri = rule(isText, 'the URI of a document');
const textDocument = record({ uri });
const position = record({ line: whole, character: whole });
const range = record({ start: position, end: position });
const options = record({ tabSize: whole, insertSpaces: flag });
const atPosition = record({ textDocument, position });
const ofItem = record({ item: record({ uri, data: record({ path: text }) }) });

const rules: Readonly<Record<string, Rule>> = {
  initialize: record({ capabilities: object, rootUri: optional(text), workspaceFolders: optional(list(record({ uri: text }))) }),
  'textDocument/codeAction': record({ textDocument, range, context: record({ diagnostics: rule(Array.isArray, 'a list'), only: optional(list(text)) }) }),
  'textDocument/completion': atPosition,
  'textDocument/declaration': atPosition,
  'textDocument/definition': atPosition,
  'textDocument/documentHighlight': atPosition,
  'textDocument/formatting': record({ textDocument, options }),
  'textDocument/hover': atPosition,
  'textDocument/implementation': atPosition,
  'textDocument/inlayHint': record({ textDocument, range }),
  'textDocument/onTypeFormatting': record({ textDocument, position, ch: text, options }),
  'textDocument/prepareCallHierarchy': atPosition,
  'textDocument/prepareRename': atPosition,
  'textDocument/rangeFormatting': record({ textDocument, range, options }),
  'textDocument/references': record({ textDocument, position, context: record({ includeDeclaration: flag }) }),
  'textDocument/rename': record({ textDocument, position, newName: text }),
  'textDocument/selectionRange': record({ textDocument, positions: list(position) }),
  'textDocument/semanticTokens/full/delta': record({ textDocument, previousResultId: text }),
  'textDocument/semanticTokens/range': record({ textDocument, range }),
  'textDocument/signatureHelp': atPosition,
  'textDocument/typeDefinition': atPosition,
  'callHierarchy/incomingCalls': ofItem,
  'callHierarchy/outgoingCalls': ofItem,
  // What the server gave with its answer comes back as it was.
  'codeAction/resolve': record({ title: text, data: optional(record({ uri, range })) }),
  'completionItem/resolve': record({ label: text, data: optional(record({ uri, path: text })) }),
  'workspace/executeCommand': record({ command: text, arguments: optional(rule(Array.isArray, 'a list')) }),
  'workspace/symbol': record({ query: text }),
  'workspace/textDocumentContent': record({ uri }),
};
const ofDocument = record({ textDocument });

/** What is wrong with the parameters of a request, as a sentence; of one that is not known, nothing. */
export function wrongParameters(method: string, params: unknown): string | undefined {
  const of = rules[method] ?? (method.startsWith('textDocument/') ? ofDocument : undefined);
  return of && complaint(method, of, params);
}
