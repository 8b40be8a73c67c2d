import { differences, type Json } from '@camelc/plan';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';

test('members that differ, came or went, by JSON pointer', () =>
  expect(differences({ image: 'web:1', 'a/b': { c: 1 }, gone: null, same: [1] }, { image: 'web:2', 'a/b': { c: 2 }, 'n~w': true, same: [1] })).toEqual([
    { pointer: '/a~1b/c', before: 1, wanted: 2 },
    { pointer: '/gone', before: null },
    { pointer: '/image', before: 'web:1', wanted: 'web:2' },
    { pointer: '/n~0w', wanted: true },
  ]));

test('items of lists are compared by their names', () =>
  expect(differences({ env: ['A=1', 'B=2', 'C=3'], ports: [{ target: 80, published: 80 }] }, { env: ['B=5', 'C=3', 'D=4'], ports: [{ target: 80, published: 8080 }] })).toEqual([
    { pointer: '/env/0', before: 'B=2', wanted: 'B=5' },
    { pointer: '/env/2', wanted: 'D=4' },
    { pointer: '/env/0', before: 'A=1' },
    { pointer: '/ports/0/published', before: 80, wanted: 8080 },
  ]));

test('another order of a list is a difference of the list', () => expect(differences(['a', 'b'], ['b', 'a'])).toEqual([{ pointer: '', before: ['a', 'b'], wanted: ['b', 'a'] }]));

test('there is a difference exactly where two values differ', () =>
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(differences(a as Json, structuredClone(a) as Json)).toEqual([]);
      // JSON has no negative zero.
      const [one, other] = [JSON.parse(JSON.stringify(a)) as Json, JSON.parse(JSON.stringify(b)) as Json];
      expect(differences(one, other).length > 0).toBe(!isDeepStrictEqual(one, other));
    }),
  ));
