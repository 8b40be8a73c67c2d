/** Parameters of the requests of the server's own. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { complaint, isRecord, isText, optional, record, rule, type Rule } from '../parameters/rules.js';
import type { Requests } from '../protocol.js';

const oneOf = (...values: string[]): Rule => rule((value) => values.includes(value as string), values.map((v) => JSON.stringify(v)).join(' or '));
const ofDocument = { uri: rule(isText, 'the URI of a document'), application: optional(rule(isText, 'the name of a camel model')) };
const isFolder = (value: unknown): boolean => isText(value) && URL.parse(value)?.protocol === 'file:';
const areTexts = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isText);

const rules: { readonly [M in keyof Requests]: Readonly<Record<keyof Requests[M][0], Rule>> } = {
  'camelc/check': ofDocument,
  'camelc/candidates': { ...ofDocument, component: optional(rule(isText, 'the name of a component')) },
  'camelc/problem': { ...ofDocument, as: oneOf('json', 'lp', 'mps', 'minizinc') },
  'camelc/solve': ofDocument,
  'camelc/compile': {
    ...ofDocument,
    target: oneOf('swarm'),
    out: rule(isFolder, 'the URI of a folder, file:///…'),
    variables: optional(rule(areTexts, 'texts by the names of variables')),
  },
  'camelc/topology': ofDocument,
};

export const methods = Object.keys(rules) as (keyof Requests)[];

/** @throws ResponseError naming what is allowed */
export function checkParameters(method: keyof Requests, params: unknown): void {
  const wrong = complaint(method, record(rules[method]), params);
  if (wrong) throw invalid(wrong);
}

export const invalid = (message: string): ResponseError<void> => new ResponseError(ErrorCodes.InvalidParams, message);
