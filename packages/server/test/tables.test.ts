import { functions as arities, functionParameters, parameterOf } from '@camelc/language';
import { functions } from '@camelc/problem';
import { AstUtils, EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { signatureOf } from '../src/reading/formula-functions.js';
import { describeKeyword, keywords } from '../src/reading/keywords.js';
import { createServerServices } from '../src/services.js';

const grammarRules = createServerServices(EmptyFileSystem).Camel.Grammar.rules.filter(GrammarAST.isParserRule);

/** The words with the keywords directly beside them in their rule. */
const phraseOf = (keyword: GrammarAST.Keyword): string => {
  const group = keyword.$container as GrammarAST.AbstractElement;
  if (!GrammarAST.isGroup(group)) return keyword.value;
  const isPart = (e: GrammarAST.AbstractElement | undefined): e is GrammarAST.Keyword => GrammarAST.isKeyword(e) && /^\w/.test(e.value);
  const { elements } = group;
  let [start, end] = [elements.indexOf(keyword), elements.indexOf(keyword) + 1];
  while (isPart(elements[start - 1])) start--;
  while (isPart(elements[end])) end++;
  return elements
    .slice(start, end)
    .map((e) => (e as GrammarAST.Keyword).value)
    .join(' ');
};

test('every keyword of the grammar is described where it stands', () => {
  const phrases = grammarRules.flatMap((rule) =>
    AstUtils.streamAllContents(rule)
      .filter((e): e is GrammarAST.Keyword => GrammarAST.isKeyword(e) && /^\w/.test(e.value))
      .map((keyword) => [rule.name, phraseOf(keyword)] as const)
      .toArray(),
  );
  expect(phrases.filter(([rule, phrase]) => describeKeyword(phrase, rule) === undefined)).toEqual([]);
  const known = new Set(phrases.map(([rule]) => rule));
  expect(Object.keys(keywords).filter((rule) => !known.has(rule))).toEqual([]);
});

describe('functions of formulas', () => {
  test('those that can be called are those that can be computed', () => {
    expect([...functionParameters.keys()].toSorted()).toEqual(Object.keys(functions).toSorted());
    expect([...functionParameters.keys()].filter((name) => signatureOf(name)!.meaning === '')).toEqual([]);
  });
  test('they take as many arguments as is computed with', () => {
    for (const [name, { arity }] of Object.entries(functions)) expect([name, ...arities.get(name)!]).toEqual([name, ...arity]);
  });
  test.for([
    ['mean', 3, 4, 0],
    ['percentile', 0, 1, 0],
    ['percentile', 1, 2, 1],
    ['percentile', 1, 3, 0],
    ['percentile', 2, 3, 1],
    ['iff', 0, 4, 0],
    ['iff', 3, 4, 1],
    ['if', 2, 3, 2],
    ['round', 1, 2, 1],
  ] as const)('argument of %s at %i of %i', ([name, index, count, expected]) => expect(parameterOf(functionParameters.get(name)!, index, count)).toBe(expected));
});
