import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeAlikeMachines, mergeLists, toCurrency, type CandidateList, type NodeCandidate } from '../src/index.js';

const own = (id: string, change: Partial<NodeCandidate> = {}): NodeCandidate => ({
  id,
  type: 'BYON',
  hardware: id,
  cloud: { id: 'byon', provider: 'byon', type: 'private' },
  cores: 4,
  memory: 8000,
  storage: 100.5,
  architecture: 'amd64',
  images: [{ family: 'ubuntu' }],
  price: 0.01,
  ...change,
});
const listOf = (candidates: NodeCandidate[], change: Partial<CandidateList> = {}): CandidateList => ({ formatVersion: 1, currency: 'EUR', candidates, ...change });

describe('alike machines', () => {
  test('become one whose limit is their number, with the smallest id and the smaller sizes', () => {
    const { candidates } = mergeAlikeMachines(listOf([own('node-2', { memory: 7900 }), own('node-10', { storage: 100.1 }), own('node-3')]));
    expect(candidates).toEqual([own('node-10', { memory: 7900, storage: 100.1, limit: 3 })]);
  });

  test.each<[string, Partial<NodeCandidate>]>([
    ['architecture', { architecture: 'arm64' }],
    ['operating system', { images: [{ family: 'debian' }] }],
    ['cores', { cores: 8 }],
    ['price', { price: 0.02 }],
    ['location', { location: { id: 'attic' } }],
    ['memory by a gigabyte', { memory: 9000 }],
    ['storage by a gigabyte', { storage: 101 }],
    ['type', { type: 'EDGE' }],
  ])('machines that differ in %s stay apart', (_, change) => {
    expect(mergeAlikeMachines(listOf([own('a'), own('b', change)])).candidates).toMatchObject([
      { id: 'a', limit: 1 },
      { id: 'b', limit: 1 },
    ]);
  });

  test('limits add up, and what leased machines offer is left alone', () => {
    const leased = [own('x', { type: 'IAAS' }), own('y', { type: 'IAAS' })];
    expect(mergeAlikeMachines(listOf([own('a', { limit: 3 }), own('b'), ...leased])).candidates).toEqual([own('a', { limit: 4 }), ...leased]);
  });

  test('facts that not all of them have are dropped', () => {
    const [merged] = mergeAlikeMachines(listOf([own('a', { attributes: { gpu: 1, rack: 7 } }), own('b', { attributes: { rack: 7 } })])).candidates;
    expect(merged!.attributes).toEqual({ rack: 7 });
  });

  test('the lowest frequency counts, and none where one does not say its own', () => {
    const frequency = (...all: (number | undefined)[]) =>
      mergeAlikeMachines(listOf(all.map((f, i) => own(`m${i}`, f === undefined ? {} : { frequency: f })))).candidates[0]!.frequency;
    expect([frequency(3, 2.4), frequency(3, undefined), frequency(undefined, 3)]).toEqual([2.4, undefined, undefined]);
  });

  test('the order of the machines does not matter, and merging again changes nothing', () => {
    const machines = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), memory: fc.integer({ min: 1, max: 4000 }), cores: fc.integer({ min: 1, max: 2 }) }),
      { selector: (m) => m.id, minLength: 1 },
    );
    fc.assert(
      fc.property(
        machines.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const merge = (some: typeof all) => mergeAlikeMachines(listOf(some.map(({ id, ...rest }) => own(id, rest))));
          const byId = (list: CandidateList) => new Map(list.candidates.map((c) => [c.id, c]));
          expect(byId(merge(shuffled))).toEqual(byId(merge(all)));
          expect(mergeAlikeMachines(merge(all))).toEqual(merge(all));
          expect(merge(all).candidates.reduce((sum, c) => sum + c.limit!, 0)).toBe(all.length);
        },
      ),
    );
  });
});

describe('currencies', () => {
  test('prices are converted at the rate given', () => {
    expect(toCurrency(listOf([own('a', { price: 2 })], { currency: 'USD' }), 'EUR', { USD: 0.92 }).list).toMatchObject({ currency: 'EUR', candidates: [{ price: 1.84 }] });
    expect(toCurrency(listOf([own('a', { price: 2 })], { currency: 'GBP' }), 'USD', { USD: 0.5, GBP: 1.5 }).list).toMatchObject({ currency: 'USD', candidates: [{ price: 6 }] });
  });

  test('the same currency needs no rate', () => {
    expect(toCurrency(listOf([own('a')]), 'EUR', {}).diagnostics).toEqual([]);
  });

  test('a missing rate is an error that says which to give', () => {
    const { list, diagnostics } = toCurrency(listOf([own('a')], { currency: 'USD' }), 'EUR', {});
    expect(list).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'candidates/rate-missing', help: expect.stringContaining('--rate USD=R') }]);
  });

  test('lists are merged in the currency of the first; alike machines of both are counted together', () => {
    const { list } = mergeLists(
      [listOf([own('a')], { name: 'one', date: '2026-01-02' }), listOf([own('b', { price: 0.02 })], { currency: 'USD', name: 'two', date: '2025-01-02' })],
      { USD: 0.5 },
    );
    expect(list).toEqual(listOf([own('a', { limit: 2 })], { name: 'one, two', date: '2025-01-02' }));
  });

  test('merging needs rates, and ids that are different', () => {
    expect(mergeLists([listOf([own('a')]), listOf([own('b')], { currency: 'USD' })], {}).diagnostics[0]!.code).toBe('candidates/rate-missing');
    expect(mergeLists([listOf([own('a')]), listOf([own('a')])], {}).diagnostics[0]!.code).toBe('candidates/duplicate');
  });
});
