import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dnsLabel, longestName, uniqueNames } from '../src/names.js';
import { application, build, communication, component, port } from './fixtures.js';

it('names are labels of DNS names, short enough, and differ by more than case', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80 })), fc.integer({ min: 8, max: 63 }), (texts, longest) => {
      const names = uniqueNames(texts.map(dnsLabel), longest);
      expect(new Set(names).size).toBe(texts.length);
      for (const name of names) expect(name).toMatch(new RegExp(`^(?=.{1,${longest}}$)[a-z0-9]+(-[a-z0-9]+)*$`));
    }),
  );
});

it('components whose names collide by case or underscore get names of their own', () => {
  const { deployment } = build(
    application(['Data_Base', 'DataBase', 'dataBase', 'data_base', 'X'.repeat(80)].map((name) => component(name, { configuration: component('A').configuration }))),
  );
  expect(deployment!.services.map(({ name }) => name)).toEqual(['data-base', 'database', 'database-2', 'data-base-2', 'x'.repeat(longestName)]);
  expect(deployment!.hostGroups.map(({ name }) => name)).toEqual(['Data-Base', 'DataBase', 'dataBase-2', 'data-base-2', 'X'.repeat(63)]);
  expect(new Set(deployment!.services.map(({ placement }) => placement[0]!.hostGroup)).size).toBe(5);
});

it('a service keeps its name when another component comes or goes', () => {
  const app = application([component('web'), component('Web')]);
  expect(build(app, {}, { web: 0 }).deployment!.services.map(({ name }) => name)).toEqual(['web-2']);
});

it('no application takes the label that marks candidates', () => {
  expect(build(application([component('A')], [], { name: 'Candidate' })).deployment!.id).toBe('candidate-2');
  expect(build(application([component('A')], [], { name: 'City' })).deployment!.id).toBe('city-2');
});

it('no communication takes the network of services that have none', () => {
  const app = application(
    [component('A', { requiredPorts: [port('R', 1)] }), component('B', { providedPorts: [port('P', 1)] }), component('C')],
    [communication('Default', 'A.R', 'B.P')],
  );
  expect(build(app).deployment!.services.map(({ networks }) => networks)).toEqual([['default-2'], ['default-2'], []]);
});
