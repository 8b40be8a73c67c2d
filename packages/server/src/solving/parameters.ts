/** Parameters of the requests of the server's own, which any client may send. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Requests } from '../protocol.js';

/** What a parameter has to be. */
interface Rule {
  fits: (value: unknown) => boolean;
  /** For people: `target` must be … */
  what: string;
  optional?: true;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf = (...values: string[]): Rule => ({ fits: (value) => values.includes(value as string), what: values.map((v) => JSON.stringify(v)).join(' or ') });
const optionalText = (what: string): Rule => ({ fits: isText, what, optional: true });

const ofDocument = { uri: { fits: isText, what: 'the URI of a document' }, application: optionalText('the name of a camel model') };

const rules: { readonly [M in keyof Requests]: Readonly<Record<keyof Requests[M][0], Rule>> } = {
  'camelc/check': ofDocument,
  'camelc/candidates': { ...ofDocument, component: optionalText('the name of a component') },
  'camelc/problem': { ...ofDocument, as: oneOf('json', 'lp', 'mps', 'minizinc') },
  'camelc/solve': ofDocument,
  'camelc/compile': {
    ...ofDocument,
    target: oneOf('swarm'),
    out: { fits: (value) => isText(value) && URL.parse(value as string)?.protocol === 'file:', what: 'the URI of a folder, file:///…' },
    variables: { fits: (value) => isRecord(value) && Object.values(value).every(isText), what: 'texts by the names of variables', optional: true },
  },
  'camelc/topology': ofDocument,
};

/** @throws ResponseError naming what is allowed */
export function checkParameters(method: keyof Requests, params: unknown): void {
  if (!isRecord(params))
    throw invalid(
      `${method} takes an object with ${Object.keys(rules[method])
        .map((name) => `\`${name}\``)
        .join(', ')}`,
    );
  for (const [name, { fits, what, optional }] of Object.entries(rules[method])) {
    const value = params[name];
    if (value === undefined && optional) continue;
    if (!fits(value)) throw invalid(`\`${name}\` of ${method} must be ${what}, ${value === undefined ? 'and is missing' : `not ${JSON.stringify(value)}`}`);
  }
}

export const invalid = (message: string): ResponseError<void> => new ResponseError(ErrorCodes.InvalidParams, message);
