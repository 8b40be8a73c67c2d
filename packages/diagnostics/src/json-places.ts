import type { Range } from './place.js';

/** A JSON value with the place of its text. Only built to say where a fault is; what is read comes from `JSON.parse`. */
export interface JsonNode {
  start: number;
  end: number;
  /** Of an object's member: where its name stands. */
  name?: { start: number; end: number };
  /** Of an object, by name; of an array, by index. */
  children: Map<string | number, JsonNode>;
  /** Members whose name an earlier one of the same object has too. */
  repeated: JsonNode[];
}

export type JsonPath = readonly (string | number)[];

/** Where and why a text is not JSON. */
export class JsonFault extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Deeper texts are refused: no list of candidates needs it, and the parser calls itself. */
const maximalDepth = 500;

/**
 * Parses a JSON text to the places of its values.
 * @throws JsonFault at the first character that is not JSON (RFC 8259)
 */
export function parseJsonPlaces(text: string): JsonNode {
  let at = 0;

  const fail = (message: string, offset = at): never => {
    throw new JsonFault(message, offset);
  };
  const shown = (): string => {
    const word = /^[\w.+-]+/.exec(text.slice(at, at + 30))?.[0];
    return at >= text.length ? 'the file ends here' : `found \`${word ?? String.fromCodePoint(text.codePointAt(at)!)}\``;
  };
  const skipBlanks = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  };
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };

  function value(depth: number): JsonNode {
    if (depth > maximalDepth) fail(`brackets are nested more than ${maximalDepth} deep`);
    skipBlanks();
    const node: JsonNode = { start: at, end: at, children: new Map(), repeated: [] };
    if (text[at] === '{') members(node, '}', depth);
    else if (text[at] === '[') members(node, ']', depth);
    else if (text[at] === '"') string();
    else if (!match(/(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y)) fail(`a value is expected, ${shown()}`);
    node.end = at;
    return node;
  }

  function members(node: JsonNode, close: '}' | ']', depth: number): void {
    const opening = at++;
    skipBlanks();
    if (text[at] === close) return void at++;
    for (;;) {
      skipBlanks();
      let key: string | number = node.children.size;
      let name: JsonNode['name'];
      if (close === '}') {
        if (text[at] !== '"') fail(`a name in double quotes is expected, ${shown()}`);
        const start = at;
        key = string();
        name = { start, end: at };
        skipBlanks();
        if (text[at] !== ':') fail(`a colon is expected, ${shown()}`);
        at++;
      }
      const child = { ...value(depth + 1), ...(name && { name }) };
      if (node.children.has(key)) node.repeated.push(child);
      node.children.set(key, child);
      skipBlanks();
      if (text[at] === close) return void at++;
      if (at >= text.length) fail(`this \`${text[opening]}\` is not closed`, opening);
      if (text[at] !== ',') fail(`a comma or \`${close}\` is expected, ${shown()}`);
      at++;
    }
  }

  function string(): string {
    const start = at++;
    while (text[at] !== '"') {
      if (at >= text.length || text[at]! < ' ') fail('this text has no closing quote', start);
      if (text[at] !== '\\') at++;
      else if (!match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y)) fail('an unknown escape; a backslash itself is written \\\\');
    }
    at++;
    return JSON.parse(text.slice(start, at)) as string;
  }

  const root = value(0);
  skipBlanks();
  if (at < text.length) fail(`the ${{ '[': 'list', '{': 'object' }[text[root.start]!] ?? 'value'} is complete, but ${shown()}`);
  return root;
}

/** The node at the end of a path, or the deepest that there is on the way. */
export function nodeAt(root: JsonNode, path: JsonPath): JsonNode {
  let node = root;
  for (const step of path) node = node.children.get(step) ?? node;
  return node;
}

/** A JSON text read: its value and the places of all in it, or where and why it is no JSON. */
export type ReadJson = { value: unknown; root: JsonNode } | { fault: { message: string; start: number; end: number } };

export function readJson(text: string): ReadJson {
  try {
    return { root: parseJsonPlaces(text), value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { fault: { message: error.message, start: error.offset, end: error.offset + 1 } };
  }
}

/** The range of a part of a text; a value of several lines is marked on its first. */
export function rangeIn(text: string, start: number, end: number): Range {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = /[\r\n]|$/g;
  lineEnd.lastIndex = start;
  const stop = Math.min(Math.max(end, start + 1), Math.max(lineEnd.exec(text)!.index, start + 1));
  let line = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) line++;
  return { start: { line, character: start - lineStart }, end: { line, character: stop - lineStart } };
}
