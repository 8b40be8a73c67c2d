import { CstUtils, GrammarAST, type AstNode, type LeafCstNode } from 'langium';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCamelServices, standardLibrary } from '../src/index.js';
import { CamelTerminals } from '../src/generated/ast.js';
import { randomOf } from '../../../test/random.js';

const { Camel } = createCamelServices(standardLibrary());
const parse = (text: string): ReturnType<typeof Camel.parser.LangiumParser.parse> => Camel.parser.LangiumParser.parse(text);

/** All keywords of the grammar that look like names. */
const keywords = Object.keys(Camel.parser.Lexer.definition).filter((name) => /^[A-Za-z_]\w*$/.test(name) && !(name in CamelTerminals));

/** The tree without names: what kind of node stands where. */
const shape = (node: AstNode): unknown =>
  Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !key.startsWith('$') || key === '$type')
      .map(([key, value]) => [key, Array.isArray(value) ? value.map(shapeOf) : shapeOf(value)]),
  );
const shapeOf = (value: unknown): unknown =>
  value && typeof value === 'object' ? ('$refText' in value ? 'reference' : shape(value as AstNode)) : typeof value === 'string' ? 'text' : value;

const isName = (leaf: LeafCstNode): boolean => leaf.tokenType.name === 'ID' || (!GrammarAST.isKeyword(leaf.grammarSource) && keywords.includes(leaf.text));

/** Replaces names by keywords, and every mention of a name by the same keyword. */
function withKeywordsAsNames(text: string, share: number, random: () => number): string {
  const replaced = new Map<string, string>();
  let result = '';
  let end = 0;
  for (const leaf of CstUtils.flattenCst(parse(text).value.$cstNode!)) {
    if (leaf.hidden || !isName(leaf)) continue;
    if (!replaced.has(leaf.text)) replaced.set(leaf.text, random() < share ? keywords[Math.floor(random() * keywords.length)]! : leaf.text);
    result += text.slice(end, leaf.offset) + replaced.get(leaf.text)!;
    end = leaf.end;
  }
  return result + text.slice(end);
}

const models: Record<string, string> = {
  'every aspect': readFileSync(new URL('./every-aspect.camel', import.meta.url), 'utf8'),
};
const corpus = new URL('../../../../shared/corpus/camel-2.5/', import.meta.url);
try {
  for (const file of readdirSync(corpus)) {
    if (/^(FCR|metric|type|unit).*\.camel$/.test(file)) models[file] = readFileSync(new URL(file, corpus), 'utf8');
  }
} catch {
  // The corpus is not there; the model of this project is enough.
}

describe('a keyword may be a name', () => {
  for (const [name, text] of Object.entries(models)) {
    for (const [i, share] of [0.05, 0.3, 1].entries()) {
      test(`${name}: ${share * 100} % of the names`, () => {
        const expected = shape(parse(text).value);
        const random = randomOf(1000 + i);
        for (let run = 0; run < 20; run++) {
          const changed = withKeywordsAsNames(text, share, random);
          const { value, lexerErrors, parserErrors } = parse(changed);
          const error = parserErrors[0];
          expect(lexerErrors).toEqual([]);
          expect(error && `${error.message} at ${error.token.startLine}: ${changed.split('\n')[error.token.startLine! - 1]}`).toBeUndefined();
          expect(shape(value)).toEqual(expected);
        }
      });
    }
  }
});
