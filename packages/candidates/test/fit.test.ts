import type { AttributeRequirement, Requirement } from '@camelc/application/model';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkStatedAttributes, fittingCandidates, type CandidateList, type NodeCandidate } from '../src/index.js';

const place = { file: 'm.camel', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
type OfKind<K> = Extract<Requirement, { kind: K }>;
const requirement = <K extends Requirement['kind']>(kind: K, rest: Omit<OfKind<K>, 'kind' | 'id' | 'place' | 'global' | 'text'> & { id?: string }): OfKind<K> =>
  ({ kind, id: kind, place, global: false, text: kind, ...rest }) as unknown as OfKind<K>;
const bound = (attribute: string, b: AttributeRequirement['bound'], value: number | string | boolean, inclusive = true, id = `${b} ${attribute}`): AttributeRequirement =>
  requirement('attribute', { id, attribute, bound: b, value, inclusive, original: { value }, guessed: false });
const location = (regions: string[], locations: string[] = []) => requirement('location', { regions, locations });
const os = (family: string, bits64 = false, version?: string) => requirement('os', { family, bits64, ...(version !== undefined && { version }) });

const candidate = (id: string, rest: Partial<NodeCandidate> = {}): NodeCandidate => ({
  id,
  type: 'IAAS',
  hardware: `type-${id}`,
  cloud: { id: 'c', provider: 'aws', type: 'public' },
  price: 1,
  ...rest,
});
const listOf = (...candidates: NodeCandidate[]): CandidateList => ({ formatVersion: 1, currency: 'EUR', candidates });
const fitting = (requirements: Requirement[], ...candidates: NodeCandidate[]) => fittingCandidates(requirements, listOf(...candidates)).fits.map(({ id }) => id);
/** What the only candidate has instead; undefined where it fits. */
const instead = (r: Requirement, rest: Partial<NodeCandidate>, ...others: NodeCandidate[]) =>
  fittingCandidates([r], listOf(candidate('x', rest), ...others)).excluded.find((e) => e.candidate.id === 'x')?.reasons[0]!.has;

describe('each kind of requirement', () => {
  test.each<[AttributeRequirement, Partial<NodeCandidate>, string | undefined]>([
    [bound('memory', 'minimum', 2048), { memory: 2048 }, undefined],
    [bound('memory', 'minimum', 2048, false), { memory: 2048 }, '2048 MegaBytes'],
    [bound('memory', 'maximum', 2048), { memory: 2048 }, undefined],
    [bound('memory', 'maximum', 2048, false), { memory: 2048 }, '2048 MegaBytes'],
    [bound('memory', 'maximum', 2048, false), { memory: 2047.9 }, undefined],
    [bound('cores', 'minimum', 2), { cores: 1 }, '1 core'],
    [bound('cores', 'equal', 2), { cores: 2 }, undefined],
    [bound('cores', 'equal', 2), { cores: 4 }, '4 cores'],
    [bound('storage', 'minimum', 10), {}, 'unknown'],
    [bound('storage', 'maximum', 10), {}, 'unknown'],
    [bound('frequency', 'minimum', 2), { frequency: 1.5 }, '1.5 GigaHertz'],
    [bound('fpga', 'minimum', 1), { attributes: { fpga: 1 } }, undefined],
    [bound('fpga', 'minimum', 1), { attributes: { fpga: 0 } }, '0'],
    [bound('tier', 'equal', 'gold'), { attributes: { tier: 'gold' } }, undefined],
    [bound('tier', 'equal', 'gold'), { attributes: { tier: 'tin' } }, 'tin'],
    [bound('tier', 'minimum', 3), { attributes: { tier: 'gold' } }, 'gold'],
    [bound('sgx', 'equal', true), { attributes: { sgx: false } }, 'false'],
    [bound('constructor', 'equal', 'x'), { attributes: {} }, 'unknown'],
  ])('$bound $attribute %#', (r, rest, has) => expect(instead(r, rest)).toBe(has));

  test.each<[OfKind<'location'>, NodeCandidate['location'], string | undefined]>([
    [location(['DE', 'FR']), { id: 'z', country: 'DE' }, undefined],
    [location(['DE', 'FR']), { id: 'z', country: 'US' }, 'US, z'],
    [location(['DE']), { id: 'z' }, 'z'],
    [location(['DE']), undefined, 'unknown'],
    [location([], ['eu-1']), { id: 'eu-1' }, undefined],
    [location([], ['eu-1']), { id: 'eu-1a', within: ['eu-1', 'aws'] }, undefined],
    [location([], ['eu-1']), { id: 'eu-1a', country: 'DE' }, 'DE, eu-1a'],
    [location(['US'], ['eu-1']), { id: 'eu-1', country: 'DE' }, undefined],
    [location([]), { id: 'z', country: 'DE' }, 'DE, z'],
  ])('location %#', (r, where, has) => expect(instead(r, { location: where })).toBe(has));

  test('provider names keep their case, cloud types do not', () => {
    expect(instead(requirement('provider', { names: ['gcp', 'aws'] }), {})).toBeUndefined();
    expect(instead(requirement('provider', { names: ['AWS'] }), {})).toBe('aws');
    expect(instead(requirement('cloud-type', { cloudType: 'PUBLIC' as 'public' }), {})).toBeUndefined();
    expect(instead(requirement('cloud-type', { cloudType: 'private' }), {})).toBe('public');
  });

  test.each<[OfKind<'os'>, Partial<NodeCandidate>, string | undefined]>([
    [os('UBUNTU'), { images: [{ family: 'debian' }, { family: 'ubuntu' }] }, undefined],
    [os('ubuntu'), { images: [{ family: 'windows' }] }, 'windows'],
    [os('ubuntu'), {}, 'unknown'],
    [os('ubuntu', true), { images: [{ family: 'ubuntu' }], architecture: 'amd64' }, undefined],
    [os('ubuntu', true), { images: [{ family: 'ubuntu', architecture: 'AArch64' }], architecture: 'i386' }, undefined],
    [os('ubuntu', true), { images: [{ family: 'ubuntu', architecture: 'i386' }], architecture: 'amd64' }, 'ubuntu i386'],
    [os('ubuntu', true), { images: [{ family: 'ubuntu' }], architecture: 'arm' }, 'ubuntu arm'],
    [os('ubuntu', true), { images: [{ family: 'ubuntu' }] }, 'ubuntu of unknown architecture'],
    [os('ubuntu', false, '16.04'), { images: [{ family: 'ubuntu', version: '1604' }] }, undefined],
    [os('ubuntu', false, '1604'), { images: [{ family: 'ubuntu', version: '16.04 LTS' }] }, undefined],
    [os('ubuntu', false, '16.04'), { images: [{ family: 'ubuntu', version: '18.04' }] }, 'ubuntu 18.04'],
    [os('ubuntu', false, '16.04'), { images: [{ family: 'ubuntu' }] }, 'ubuntu of unknown version'],
    [os('centos', false, '7'), { images: [{ family: 'centos', version: '7.9' }] }, undefined],
    [os('centos', false, '7.9'), { images: [{ family: 'centos', version: '7' }] }, 'centos 7'],
    [os('ubuntu', false, 'LTS'), { images: [{ family: 'ubuntu', version: '16.04' }] }, 'ubuntu 16.04'],
    [
      os('ubuntu', false, '18.04'),
      {
        images: [
          { family: 'ubuntu', version: '16.04' },
          { family: 'debian', version: '18.04' },
        ],
      },
      'ubuntu 16.04, debian 18.04',
    ],
  ])('operating system %#', (r, rest, has) => expect(instead(r, rest)).toBe(has));

  test('images by name, exactly; where no candidate names any, they exclude nothing', () => {
    const image = requirement('image', { names: ['Ubuntu 18.04'] });
    expect(instead(image, { images: [{ name: 'Ubuntu 18.04' }] })).toBeUndefined();
    expect(instead(image, { images: [{ name: 'ubuntu 18.04' }] })).toBe('ubuntu 18.04');
    expect(instead(image, { images: [{ family: 'ubuntu' }] })).toBeUndefined();
    expect(instead(image, { images: [{ family: 'ubuntu' }] }, candidate('y', { images: [{ name: 'CentOS' }] }))).toBe('unknown');
  });

  test('names of own machines', () => {
    expect(instead(requirement('placement-name', { name: 'type-x' }), {})).toBeUndefined();
    expect(instead(requirement('placement-name', { name: 'x' }), {})).toBeUndefined();
    expect(instead(requirement('placement-name', { name: 'y' }), {})).toBe('type-x');
  });
});

describe('types of candidates', () => {
  const all = (['IAAS', 'PAAS', 'FAAS', 'BYON', 'EDGE', 'SIMULATION'] as const).map((type) => candidate(type, { type, runtimes: ['python'] }));
  test('machines, unless a type or a runtime is asked for', () => {
    expect(fitting([], ...all)).toEqual(['IAAS', 'BYON', 'EDGE']);
    expect(fitting([requirement('runtime', { runtime: 'Python' })], ...all)).toEqual(['PAAS', 'FAAS']);
    expect(fitting([requirement('placement-type', { types: ['faas', 'SIMULATION'] })], ...all)).toEqual(['FAAS', 'SIMULATION']);
  });

  test('another type is a reason that no requirement says', () => {
    expect(fittingCandidates([], listOf(candidate('f', { type: 'FAAS' }))).excluded[0]!.reasons).toEqual([{ has: 'FAAS' }]);
  });

  test('a runtime that a function does not have', () => {
    expect(instead(requirement('runtime', { runtime: 'go' }), { type: 'FAAS', runtimes: ['python', 'java'] })).toBe('python, java');
  });
});

describe('what requirements do', () => {
  const cores = bound('cores', 'minimum', 4);
  const memory = bound('memory', 'minimum', 8192);
  const fit = fittingCandidates(
    [cores, memory],
    listOf(candidate('a', { cores: 4, memory: 8192 }), candidate('b', { cores: 2, memory: 8192 }), candidate('c', { cores: 2, memory: 1024 })),
  );

  test('for each candidate that does not fit, every requirement that excludes it', () => {
    expect(fit.excluded).toMatchObject([
      { candidate: { id: 'b' }, reasons: [{ requirement: cores, has: '2 cores' }] },
      {
        candidate: { id: 'c' },
        reasons: [
          { requirement: cores, has: '2 cores' },
          { requirement: memory, has: '1024 MegaBytes' },
        ],
      },
    ]);
  });

  test('how many each excludes, and how many alone', () => {
    expect(fit.effects).toEqual([
      { requirement: cores, excludes: 2, alone: 1 },
      { requirement: memory, excludes: 1, alone: 0 },
    ]);
    expect(fit.conflicts).toEqual([]);
  });
});

describe('why none fits', () => {
  const small = candidate('small', { cores: 1, memory: 1024, location: { id: 'z', country: 'DE' } });
  const large = candidate('large', { cores: 8, memory: 65536, location: { id: 'y', country: 'US' } });

  test('each requirement that excludes all by itself', () => {
    const [france, huge] = [location(['FR']), bound('memory', 'minimum', 1e9)];
    expect(fittingCandidates([bound('cores', 'minimum', 2), france, huge], listOf(small, large)).conflicts).toEqual([[france], [huge]]);
  });

  test('else a minimal combination', () => {
    const [germany, strong] = [location(['DE']), bound('cores', 'minimum', 4)];
    const idle = bound('cores', 'minimum', 1, true, 'idle');
    expect(fittingCandidates([idle, germany, strong], listOf(small, large)).conflicts).toEqual([[germany, strong]]);
  });

  test('nothing explains a list without any candidate of the right type', () => {
    expect(fittingCandidates([bound('cores', 'minimum', 1)], listOf(candidate('f', { type: 'FAAS' }))).conflicts).toEqual([]);
  });
});

describe('laws', () => {
  const numbers = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
  const candidates = fc
    .uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 2 }),
        cores: numbers,
        memory: numbers,
        country: fc.constantFrom('DE', 'FR', undefined),
        type: fc.constantFrom<NodeCandidate['type'][]>('IAAS', 'FAAS', 'EDGE'),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
    )
    .map((all) => listOf(...all.map(({ id, country, ...rest }) => candidate(id, { ...rest, ...(country && { location: { id: 'z', country } }) }))));
  const requirements = fc.array(
    fc.oneof(
      fc
        .record({
          attribute: fc.constantFrom('cores', 'memory'),
          b: fc.constantFrom('minimum' as const, 'maximum' as const),
          value: fc.integer({ min: 0, max: 4 }),
          inclusive: fc.boolean(),
        })
        .map(({ attribute, b, value, inclusive }) => bound(attribute, b, value, inclusive, `${attribute} ${b} ${value} ${inclusive}`)),
      fc.subarray(['DE', 'FR', 'US']).map((regions) => location(regions)),
    ),
    { maxLength: 6 },
  );

  test('a further requirement never adds a candidate', () => {
    fc.assert(
      fc.property(candidates, requirements, requirements, (list, some, more) => {
        const before = new Set(fittingCandidates(some, list).fits);
        expect(fittingCandidates([...some, ...more], list).fits.every((c) => before.has(c))).toBe(true);
      }),
    );
  });

  test('a tighter bound never adds a candidate', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 0, max: 4 }), fc.boolean(), (list, value, inclusive) => {
        const before = new Set(fittingCandidates([bound('cores', 'minimum', value, inclusive)], list).fits);
        expect(fittingCandidates([bound('cores', 'minimum', value + 1, inclusive)], list).fits.every((c) => before.has(c))).toBe(true);
        expect(fittingCandidates([bound('cores', 'minimum', value, false)], list).fits.every((c) => before.has(c))).toBe(true);
      }),
    );
  });

  test('each candidate either fits or is excluded for a reason, whatever the order of requirements', () => {
    fc.assert(
      fc.property(
        candidates,
        requirements.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        (list, [all, shuffled]) => {
          const [a, b] = [fittingCandidates(all, list), fittingCandidates(shuffled, list)];
          expect(a.fits.length + a.excluded.length).toBe(list.candidates.length);
          expect(a.excluded.every(({ reasons }) => reasons.length > 0)).toBe(true);
          expect(b.fits).toEqual(a.fits);
          expect(b.excluded.map(({ reasons }) => new Set(reasons))).toEqual(a.excluded.map(({ reasons }) => new Set(reasons)));
        },
      ),
    );
  });

  test('a conflict excludes everything, and without any one of it something fits', () => {
    fc.assert(
      fc.property(candidates, requirements, (list, all) => {
        const machines = listOf(...list.candidates.filter(({ type }) => type !== 'FAAS'));
        const { fits, conflicts } = fittingCandidates(all, machines);
        if (machines.candidates.length === 0) return;
        expect(conflicts.length > 0).toBe(fits.length === 0);
        for (const conflict of conflicts) {
          expect(fittingCandidates(conflict, machines).fits).toEqual([]);
          for (const left of conflict)
            expect(
              fittingCandidates(
                conflict.filter((r) => r !== left),
                machines,
              ).fits,
            ).not.toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('facts that no candidate states', () => {
  const codes = (requirements: Requirement[], ...all: NodeCandidate[]) =>
    checkStatedAttributes(requirements, { ...listOf(...all), name: 'my list' }).map(({ code, message }) => [code, message]);

  test('are an error that names them, once', () => {
    expect(codes([bound('fpga', 'minimum', 1), bound('fpga', 'maximum', 2)], candidate('a'))).toEqual([
      ['candidates/attribute-unknown', 'minimum fpga asks for `fpga`, but no candidate of `my list` states it'],
    ]);
  });

  test('are none where one candidate states them', () => {
    expect(
      codes([bound('fpga', 'minimum', 1), os('ubuntu', true)], candidate('a'), candidate('b', { attributes: { fpga: 0 }, images: [{ family: 'debian', architecture: 'amd64' }] })),
    ).toEqual([]);
  });

  test('countries, locations, operating systems, versions, architectures and runtimes', () => {
    const what = (r: Requirement, rest: Partial<NodeCandidate> = {}) => codes([r], candidate('a', rest)).map(([, message]) => /asks for (.*), but/.exec(message!)![1]);
    expect(what(location(['DE']))).toEqual(['a country']);
    expect(what(location([], ['l']))).toEqual(['a cloud location']);
    expect(what(os('ubuntu', true, '18.04'), { images: [{ family: 'ubuntu' }] })).toEqual(['the version of an operating system', 'an architecture']);
    expect(what(os('ubuntu'))).toEqual(['an operating system']);
    expect(what(requirement('runtime', { runtime: 'go' }))).toEqual(['function runtimes']);
    expect(what(requirement('provider', { names: ['x'] }))).toEqual([]);
  });

  test('images by name are a warning', () => {
    expect(codes([requirement('image', { names: ['x'] })], candidate('a', { images: [{ family: 'ubuntu' }] }))[0]![0]).toBe('candidates/images-unchecked');
  });

  test('an empty list has no say', () => {
    expect(codes([bound('fpga', 'minimum', 1)])).toEqual([]);
  });
});
