import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCandidates } from '../src/index.js';

const nodeCandidate = (change: object = {}) => ({
  nodeCandidateType: 'IAAS',
  price: 0.25,
  cloud: { id: 'cloud1', cloudType: 'PUBLIC', api: { providerName: 'aws-ec2' }, credential: { user: 'me', secret: 'hunter2-secret' }, endpoint: 'https://endpoint.example.com' },
  hardware: { id: 'cloud1/eu/h7', name: 't3.large', providerId: 'h7', cores: 2, ram: 8192, disk: 30 },
  image: { id: 'cloud1/eu/i3', name: 'Ubuntu 18.04', providerId: 'i3', operatingSystem: { family: 'UBUNTU', architecture: 'AMD64', version: 1804 } },
  location: {
    id: 'cloud1/eu/a',
    name: 'zone a',
    locationScope: 'ZONE',
    geoLocation: { city: 'string', country: 'string', latitude: 0, longitude: 0 },
    parent: {
      id: 'cloud1/eu',
      locationScope: 'REGION',
      geoLocation: { city: 'Frankfurt', country: 'de', latitude: 50.1, longitude: 8.7 },
      parent: { id: 'cloud1', locationScope: 'PROVIDER' },
    },
  },
  ...change,
});
const read = (value: unknown, currency?: 'USD') => readCandidates(JSON.stringify(value, null, 2), 'executor.json', currency ? { currency } : {});
const only = (value: object) => read([value]).list!.candidates[0]!;

test('a node candidate of the REST definition', () => {
  expect(only(nodeCandidate())).toEqual({
    id: 'cloud1/eu/a/eu/h7/t3.large/eu/i3',
    type: 'IAAS',
    hardware: 't3.large',
    cloud: { id: 'cloud1', provider: 'aws-ec2', type: 'public' },
    cores: 2,
    memory: 8192,
    storage: 30,
    architecture: 'amd64',
    location: { id: 'cloud1/eu/a', name: 'zone a', city: 'Frankfurt', country: 'DE', latitude: 50.1, longitude: 8.7, within: ['cloud1/eu', 'cloud1'] },
    images: [{ id: 'cloud1/eu/i3', name: 'Ubuntu 18.04', family: 'ubuntu', version: '1804', architecture: 'amd64' }],
    price: 0.25,
  });
});

test('the older spelling of operating systems says the same', () => {
  const os = { operatingSystemFamily: 'UBUNTU', operatingSystemArchitecture: 'AMD64', operatingSystemVersion: '18.04 LTS' };
  expect(only(nodeCandidate({ image: { id: 'i', name: 'n', operatingSystem: os } })).images).toEqual([
    { id: 'i', name: 'n', family: 'ubuntu', version: '18.04 LTS', architecture: 'amd64' },
  ]);
});

test('an unknown operating system or architecture is left out', () => {
  const os = { family: 'UNKOWN_OS_FAMILY', architecture: 'UNKOWN' };
  const candidate = only(nodeCandidate({ image: { name: 'n', operatingSystem: os } }));
  expect(candidate.images).toEqual([{ name: 'n' }]);
  expect(candidate.architecture).toBeUndefined();
});

test('a given id is used', () => {
  expect(only(nodeCandidate({ id: 'mine' })).id).toBe('mine');
});

test('candidates that differ only in image have ids of their own', () => {
  const { list } = read([nodeCandidate(), nodeCandidate({ image: { id: 'cloud1/eu/i4', name: 'Debian' } })]);
  expect(new Set(list!.candidates.map(({ id }) => id)).size).toBe(2);
});

test('the same candidate twice is a fault that says how to tell them apart', () => {
  const { diagnostics } = read([nodeCandidate(), nodeCandidate()]);
  expect(diagnostics[0]).toMatchObject({ code: 'candidates/duplicate', help: expect.stringContaining('give each an "id"') });
});

test('credentials and endpoints are not taken over', () => {
  const { list, diagnostics } = read([nodeCandidate(), nodeCandidate({ price: -1, id: 'x' })]);
  expect(JSON.stringify([list, diagnostics])).not.toMatch(/hunter2|endpoint/);
  expect(JSON.stringify(read([nodeCandidate()]).list)).not.toMatch(/hunter2|endpoint|"me"/);
});

test('prices are in euros unless the run says otherwise', () => {
  expect(read([nodeCandidate()]).list!.currency).toBe('EUR');
  expect(read([nodeCandidate()], 'USD').list!.currency).toBe('USD');
});

test('own machines: a limit of one, private, without a cloud', () => {
  const { cloud: _, ...rest } = nodeCandidate({ nodeCandidateType: 'BYON' });
  expect(only(rest)).toMatchObject({ type: 'BYON', limit: 1, cloud: { id: 'byon', provider: 'byon', type: 'private' } });
});

test('own machines that are alike are counted together', () => {
  const own = (id: string, ram: number) => nodeCandidate({ nodeCandidateType: 'BYON', id, hardware: { name: id, cores: 4, ram, disk: 100 } });
  expect(read([own('b', 8100), own('a', 8000), own('c', 16000)]).list!.candidates).toMatchObject([
    { id: 'a', memory: 8000, limit: 2 },
    { id: 'c', limit: 1 },
  ]);
});

test('a placeholder without a country is no place either', () => {
  const location = { id: 'l', geoLocation: { city: 'string', latitude: 0, longitude: 0 } };
  expect(only(nodeCandidate({ location })).location).toEqual({ id: 'l' });
});

test('a parent without an id does not count', () => {
  const location = { id: 'l', parent: { parent: { id: 'top' } } };
  expect(only(nodeCandidate({ location })).location).toEqual({ id: 'l', within: ['top'] });
});

test('a function: its runtime, and the price of an invocation where it has no other', () => {
  const { price: _, hardware: __, ...rest } = nodeCandidate({ nodeCandidateType: 'FAAS', pricePerInvocation: 2e-7, environment: { runtime: 'nodejs' } });
  expect(only(rest)).toMatchObject({ type: 'FAAS', runtimes: ['nodejs'], price: 2e-7 });
});

test('faults are named and marked where the executor has the value', () => {
  const value = [
    nodeCandidate({
      hardware: { name: 'h', cores: 2, ram: '8192', disk: -1 },
      cloud: { id: 'c', cloudType: 'HYBRID', api: {} },
      location: { id: 'l', geoLocation: { country: 'DE', latitude: 91, longitude: 0 } },
    }),
  ];
  const text = JSON.stringify(value, null, 2);
  const { diagnostics } = readCandidates(text, 'executor.json');
  const marks = diagnostics.map(({ place, message }) => [
    message.split(' ')[0],
    text.split('\n')[place!.range.start.line]!.slice(place!.range.start.character, place!.range.end.character),
  ]);
  expect(Object.fromEntries(marks)).toEqual({
    '[0].cloud.api.providerName': '{}',
    '[0].cloud.cloudType': '"HYBRID"',
    '[0].hardware.ram': '"8192"',
    '[0].hardware.disk': '-1',
    '[0].location.geoLocation.latitude': '91',
  });
});

test('an item that is no object', () => {
  expect(read([nodeCandidate(), 7]).diagnostics[0]!.message).toBe('[1] is 7, not an object');
});

const corpus = join(import.meta.dirname, '../../../../shared/corpus/upperware/nodeCandidates.json');
test.runIf(existsSync(corpus))("the corpus' own file", () => {
  const { list, diagnostics } = readCandidates(readFileSync(corpus, 'utf8'), corpus);
  expect(diagnostics).toEqual([]);
  expect(list!.candidates.map(({ hardware, memory, price }) => [hardware, memory, price])).toContainEqual(['t2.large', 8192, 15]);
  expect(list!.candidates[0]).toMatchObject({
    cloud: { provider: 'openstack-nova', type: 'private' },
    location: { id: '1a79a4d60de6718e8e5b326e338ae533/RegionOne' },
    images: [{ family: 'ubuntu', version: '16.04 LTS' }],
  });
  expect(list!.candidates[0]!.location!.country).toBeUndefined();
  expect(list!.candidates[0]!.location!.latitude).toBeUndefined();
});
