import type { Coupling } from '@camelc/application/model';
import type { Assignment } from '@camelc/problem';
import { expect, it } from 'vitest';
import { hostsOf } from '../src/dedicated/hosts.js';
import { component, place, problem } from './problems.js';

const coupling = (...components: string[]): Coupling => ({ name: 'Together', place: place(1), level: 'host', relaxed: false, components });
const names = ['A', 'B', 'C', 'D'];
const hosts = (couplings: Coupling[], ...assignment: (Assignment | undefined)[]): string[] => {
  const p = problem(
    [{ price: 1 }, { price: 2 }],
    names.map((name) => component(name, 0, 9, [0, 1])),
    { couplings },
  );
  return hostsOf(
    p,
    names.map((_, i) => assignment[i] ?? { candidate: null, cardinality: 0 }),
  ).map(({ candidate, number, components }) => `${number} of ${candidate === p.candidates[0]!.id ? 'first' : 'second'}: ${components.join()}`);
};

it('each component has hosts of its own, unless a coupling on the same host joins it with others', () => {
  const two = { candidate: 0, cardinality: 2 };
  const one = { candidate: 1, cardinality: 1 };
  expect(hosts([], two, one, undefined, one)).toEqual(['2 of first: A', '1 of second: B', '1 of second: D']);
  expect(hosts([coupling('D', 'A')], two, one, undefined, two)).toEqual(['2 of first: A,D', '1 of second: B']);
  expect(hosts([coupling('D', 'C'), coupling('A', 'C')], two, one, two, two)).toEqual(['2 of first: A,C,D', '1 of second: B']);
  // What is not deployed joins nothing.
  expect(hosts([coupling('D', 'C'), coupling('A', 'C')], two, one, undefined, one)).toEqual(['2 of first: A', '1 of second: B', '1 of second: D']);
  expect(
    hosts(
      [
        { ...coupling('A', 'B'), relaxed: true },
        { ...coupling('A', 'B'), level: 'zone' },
      ],
      two,
      two,
    ),
  ).toEqual(['2 of first: A', '2 of first: B']);
});
