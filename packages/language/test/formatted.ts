/** What the tests of the formatter share. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AstUtils, URI, type AstNode, type LangiumDocument } from 'langium';
import { applyReplacements, createCamelServices, format, standardLibrary, type CamelFile, type FormatOptions, type Lines } from '../src/index.js';

const { shared, Camel } = createCamelServices(standardLibrary());

export const parse = (text: string): LangiumDocument<CamelFile> => shared.workspace.LangiumDocumentFactory.fromString<CamelFile>(text, URI.parse('test:/a.camel'));

export const twoSpaces: FormatOptions = { tabSize: 2, insertSpaces: true };

/** The text, formatted; undefined where its syntax is broken. */
export function formatted(text: string, options = twoSpaces, lines?: Lines): string | undefined {
  const replacements = format(parse(text), Camel, options, lines);
  return replacements && applyReplacements(text, replacements);
}

export interface Word {
  text: string;
  start: number;
  end: number;
  isComment: boolean;
}

/** The tokens and comments of a text. */
export function words(text: string): Word[] {
  const { tokens, hidden } = Camel.parser.Lexer.tokenize(text);
  const word = (isComment: boolean) => (t: { image: string; startOffset: number }) => ({ text: t.image, start: t.startOffset, end: t.startOffset + t.image.length, isComment });
  return [...tokens.map(word(false)), ...hidden.map(word(true))].sort((a, b) => a.start - b.start);
}

/** The tokens and comments alone; in comments the white space around lines may change. */
export const wordsOnly = (text: string): string[] =>
  words(text).map((w) =>
    w.isComment
      ? w.text
          .split(/\r\n|\r|\n/)
          .map((l) => l.trim())
          .join('\n')
      : w.text,
  );

/** The tree without places. */
export function shapeOf(text: string): unknown[] {
  return AstUtils.streamAst(parse(text).parseResult.value)
    .map((node: AstNode) => Object.entries(node).flatMap(([key, value]) => (key === '$type' || (!key.startsWith('$') && typeof value !== 'object') ? [key, value] : [])))
    .toArray();
}

const repository = resolve(import.meta.dirname, '../../..');
/** The models of the repository, and the corpus where that is there, by path. */
export const files: Record<string, string> = Object.fromEntries(
  [
    ['examples/*/*.camel', repository],
    ['packages/language/{library,test}/*.camel', repository],
    ['corpus/*/*.camel', resolve(repository, '../shared')],
  ].flatMap(([pattern, cwd]) => (existsSync(cwd!) ? globSync(pattern!, { cwd: cwd! }).map((name) => [name, readFileSync(join(cwd!, name), 'utf8')] as const) : [])),
);
