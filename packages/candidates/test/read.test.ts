import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf, type Diagnostic } from '@camelc/diagnostics';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCandidates } from '../src/index.js';

const shared = join(import.meta.dirname, '../../../../shared');
const machine = { id: 'a', type: 'IAAS', hardware: 'small', cloud: { id: 'c', provider: 'p', type: 'public' }, cores: 2, memory: 4096, price: 0.05 };
const listOf = (...candidates: object[]) => ({ formatVersion: 1, currency: 'EUR', candidates });
const read = (value: unknown) => readCandidates(typeof value === 'string' ? value : JSON.stringify(value, null, 2), 'my.json');
/** The text that a diagnostic marks. */
const marked = (text: string, { place }: Diagnostic) => text.split('\n')[place!.range.start.line]!.slice(place!.range.start.character, place!.range.end.character);

describe("the project's own format", () => {
  test('is read as it stands', () => {
    const list = listOf(machine);
    expect(read(list)).toEqual({ list, diagnostics: [] });
  });

  test('a byte order mark at the start is no fault', () => {
    expect(read(`\uFEFF${JSON.stringify(listOf(machine))}`).diagnostics).toEqual([]);
  });
});

describe('every fault has a code, the exact place, and exit code 5', () => {
  const faults: [what: string, value: unknown, code: string, message: RegExp, mark: string][] = [
    ['a negative price', listOf({ ...machine, price: -5 }), 'schema', /^candidates\[0\]\.price is -5, below 0$/, '-5'],
    ['a price that is a text', listOf({ ...machine, price: '0.05' }), 'schema', /price is "0\.05", not a number/, '"0.05"'],
    ['an infinite price', JSON.stringify(listOf(machine)).replace('0.05', '1e999'), 'schema', /price is Infinity/, '1e999'],
    ['a negative limit', listOf({ ...machine, limit: -1 }), 'schema', /limit is -1, below 0/, '-1'],
    ['a fractional limit', listOf({ ...machine, limit: 1.5 }), 'schema', /limit is 1\.5, not a whole number/, '1.5'],
    ['a latitude out of range', listOf({ ...machine, location: { id: 'l', latitude: 98.6 } }), 'schema', /location\.latitude is 98\.6, above 90/, '98.6'],
    ['a country by name', listOf({ ...machine, location: { id: 'l', country: 'Germany' } }), 'schema', /country is "Germany", not a country/, '"Germany"'],
    ['an unknown type', listOf({ ...machine, type: 'VM' }), 'schema', /type is "VM", not one of IAAS, PAAS/, '"VM"'],
    ['an unknown field', listOf({ ...machine, memroy: 7 }), 'schema', /^candidates\[0\]\.memroy is not a field/, '7'],
    ['an unknown currency', { ...listOf(machine), currency: 'DM' }, 'schema', /currency is "DM", not one of EUR/, '"DM"'],
    ['a date in words', { ...listOf(machine), date: 'today' }, 'schema', /date is "today", not a date/, '"today"'],
    ['an unknown version', { ...listOf(machine), formatVersion: 2 }, 'version', /format version 2; this camelc reads version 1/, '2'],
    ['an empty list', listOf(), 'empty', /lists no candidate/, '[]'],
    ['another object', { machines: [] }, 'format', /an object without "candidates"/, '{'],
    ['a number', '42', 'format', /a number/, '42'],
    ['NaN', '{ "formatVersion": 1, "price": NaN }', 'not-json', /a value is expected, found `NaN`/, 'N'],
    ['a comma too many', '{ "candidates": [1, ] }', 'not-json', /a value is expected, found `\]`/, ']'],
    ['an unclosed bracket', '{ "candidates": [ 1', 'not-json', /this `\[` is not closed/, '['],
    ['an unclosed text', '{ "candidates', 'not-json', /no closing quote/, '"'],
    ['a second value', '[] []', 'not-json', /the list is complete, but found `\[`/, '['],
    ['a second object', '{} {}', 'not-json', /the object is complete, but found `\{`/, '{'],
  ];
  test.each(faults)('%s', (_, value, code, message, mark) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    const { list, diagnostics } = read(text);
    expect(list).toBeUndefined();
    expect(diagnostics.map((d) => d.code)).toEqual([`candidates/${code}`]);
    expect(diagnostics[0]!.message).toMatch(message);
    expect(marked(text, diagnostics[0]!)).toBe(mark);
    expect(exitCodeOf(diagnostics)).toBe(5);
  });

  test('a missing field is named, and the object that misses it is marked', () => {
    const { price: _, ...rest } = machine;
    const text = JSON.stringify(listOf(machine, { ...rest, id: 'b' }), null, 2);
    const [fault] = read(text).diagnostics;
    expect(fault!.message).toBe('candidates[1].price is missing');
    expect(fault!.place!.range.start.line).toBe(text.split('\n').findIndex((line) => line.includes('"b"')) - 1);
  });

  test('an empty file says so', () => {
    expect(read('  \n ').diagnostics[0]!.message).toMatch(/it is empty/);
  });

  test('the line and column of what is not JSON', () => {
    expect(read('{\n  "a": 1,\n  "b": }').diagnostics[0]!.place!.range.start).toEqual({ line: 2, character: 7 });
  });

  test('duplicate ids name both places', () => {
    const text = JSON.stringify(listOf(machine, { ...machine, id: 'b' }, machine), null, 2);
    const [fault] = read(text).diagnostics;
    expect(fault!.code).toBe('candidates/duplicate');
    const lines = text.split('\n').flatMap((line, i) => (line.includes('"id": "a"') ? [i] : []));
    expect([fault!.related![0]!.place.range.start.line, fault!.place!.range.start.line]).toEqual(lines);
  });

  test('several faults are reported in one run, in the order of the file, at most twenty', () => {
    const { diagnostics } = read(listOf(...Array.from({ length: 30 }, (_, i) => ({ ...machine, id: `m${i}`, price: -1 - i }))));
    expect(diagnostics).toHaveLength(21);
    expect(diagnostics[0]!.message).toContain('candidates[0].price');
    expect(diagnostics[20]).toMatchObject({ code: 'candidates/more-faults', message: '10 more faults are not shown' });
  });
});

describe('bad input never throws', () => {
  test('100,000 nested brackets', () => {
    expect(read('['.repeat(100_000)).diagnostics[0]!.code).toBe('candidates/not-json');
    expect(read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`).diagnostics[0]!.severity).toBe('error');
    const deep = `${'{"parent":{"x":'.repeat(5000)}1${'}}'.repeat(5000)}`;
    expect(read(`[{"price":-1,"location":${deep}}]`).diagnostics[0]!.severity).toBe('error');
    expect(read(`{"formatVersion":${deep}}`).diagnostics[0]!.severity).toBe('error');
  });

  test('5 MB of spaces, 5 MB of one text', () => {
    expect(read(' '.repeat(5e6)).diagnostics[0]!.code).toBe('candidates/not-json');
    expect(read(`"${'x'.repeat(5e6)}`).diagnostics[0]!.code).toBe('candidates/not-json');
  });

  test('any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const { list, diagnostics } = read(value);
        expect(list === undefined).toBe(diagnostics.some((d) => d.severity === 'error'));
      }),
    );
  });

  const samples = [
    JSON.stringify(listOf({ ...machine, location: { id: 'l', latitude: 1, within: ['r'] }, images: [{ family: 'ubuntu' }], attributes: { gpu: 1 } }), null, 1),
    JSON.stringify(
      [
        {
          price: 5,
          nodeCandidateType: 'BYON',
          hardware: { name: 'h', cores: 1, ram: 1024, disk: 1 },
          location: { id: 'z', parent: { id: 'r', geoLocation: { country: 'DE', latitude: 1, longitude: 2 } } },
          image: { operatingSystem: { family: 'UBUNTU', version: 1604 } },
        },
      ],
      null,
      1,
    ),
    JSON.stringify({ x: { cpu: 1, memory: 2, storage: 3, operatingSystem: 'Linux', price: 4 } }),
    ...['corpus/upperware/nodeCandidates.json']
      .map((p) => join(shared, p))
      .filter(existsSync)
      .map((p) => readFileSync(p, 'utf8')),
  ];
  test('mutated files', () => {
    const pieces = ['', '"', '{', '}', '[', ']', ',', ':', 'null', '-1', '1e999', '"string"', '\\', '\u0000', '\uD800', '[[]]', 'true', '{}'];
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.nat(12), fc.constantFrom(...pieces), (text, at, length, piece) => {
        const start = at % text.length;
        const mutated = text.slice(0, start) + piece + text.slice(start + length);
        const { list, diagnostics } = readCandidates(mutated, 'my.json');
        expect(list === undefined).toBe(diagnostics.some((d) => d.severity === 'error'));
        for (const { place, message } of diagnostics.filter((d) => d.severity === 'error')) {
          expect(message).not.toContain('undefined');
          const line = mutated.split('\n')[place!.range.start.line]!;
          expect(place!.range.start.character).toBeLessThanOrEqual(line.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('offer lists', () => {
  test('cpu, memory and price as they stand', () => {
    const { list } = read({ 'c2.m8': { cpu: 2, memory: 8000, storage: 1000, operatingSystem: 'Linux', price: 99 } });
    expect(list!.candidates).toEqual([
      {
        id: 'c2.m8',
        type: 'IAAS',
        hardware: 'c2.m8',
        cloud: { id: 'offers', provider: 'offers', type: 'public' },
        cores: 2,
        memory: 8000,
        storage: 1000,
        images: [{ family: 'linux' }],
        price: 99,
      },
    ]);
  });

  test('a fault is named as the file has it', () => {
    const text = JSON.stringify({ x: { cpu: -2, memory: 8000, price: 1 } });
    expect(read(text).diagnostics[0]!.message).toBe('x.cpu is -2, below 0');
  });

  const published = join(shared, 'benchmarks/offers_500.json');
  test.runIf(existsSync(published))('the published list of 500', () => {
    expect(readCandidates(readFileSync(published, 'utf8'), published).list!.candidates).toHaveLength(500);
  });
});
