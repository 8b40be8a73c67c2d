import type { JsonPath } from '@camelc/diagnostics';

/** Any JSON object. */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' && value !== 'string' ? value : undefined);

/**
 * Node candidates of the executor's REST interface (Cloudiator 0.2: memory in MegaBytes, disk in GigaBytes), as candidates of ours.
 * Both spellings of operating systems are read. Values are taken over as they are, so that the schema judges them; credentials and
 * endpoints are not taken over at all.
 * @returns the candidates, and where in the file each of their values stands
 */
export function fromExecutor(array: readonly unknown[]): { candidates: unknown[]; pathOf: (path: JsonPath) => JsonPath } {
  const converted = array.map(fromNodeCandidate);
  const pathOf = (path: JsonPath): JsonPath => {
    const [, index, ...rest] = path;
    if (typeof index !== 'number') return [];
    return [index, ...(converted[index]?.paths[rest.join('.')] ?? rest)];
  };
  return { candidates: converted.map((c) => c.candidate), pathOf };
}

/** Where the executor keeps what we call by these names. */
const fieldPaths: Record<string, JsonPath> = {
  type: ['nodeCandidateType'],
  hardware: ['hardware', 'name'],
  'cloud.id': ['cloud', 'id'],
  'cloud.provider': ['cloud', 'api', 'providerName'],
  'cloud.type': ['cloud', 'cloudType'],
  cores: ['hardware', 'cores'],
  memory: ['hardware', 'ram'],
  storage: ['hardware', 'disk'],
  'location.id': ['location', 'id'],
  runtimes: ['environment', 'runtime'],
  'runtimes.0': ['environment', 'runtime'],
};

function fromNodeCandidate(value: unknown): { candidate: unknown; paths: Record<string, JsonPath> } {
  if (!isObject(value)) return { candidate: value, paths: {} };
  const { hardware, image, environment } = { hardware: object(value['hardware']), image: object(value['image']), environment: object(value['environment']) };
  const place = locationOf(value);
  const own = value['nodeCandidateType'] === 'BYON';
  const cloud = cloudOf(value, own);
  const price = value['price'] ?? value['pricePerInvocation'];
  const candidate: Json = {
    id: value['id'] ?? buildId(value, place?.location),
    type: value['nodeCandidateType'] ?? 'IAAS',
    hardware: hardware['name'] ?? (value['nodeCandidateType'] === 'FAAS' ? 'function' : undefined),
    cloud,
    cores: hardware['cores'],
    memory: hardware['ram'],
    storage: hardware['disk'],
    architecture: architectureOf(image),
    location: place?.location,
    images: isObject(value['image']) ? [imageOf(image)] : undefined,
    runtimes: environment['runtime'] === undefined ? undefined : [environment['runtime']],
    price,
    attributes: hardware['fpga'] === undefined ? undefined : { fpga: hardware['fpga'] },
  };
  const paths: Record<string, JsonPath> = { ...fieldPaths, ...place?.paths };
  if (value['price'] === undefined && value['pricePerInvocation'] !== undefined) paths['price'] = ['pricePerInvocation'];
  return { candidate: withoutAbsent(candidate), paths };
}

/** The cloud, without its credential. Own machines need none. */
function cloudOf(value: Json, own: boolean): unknown {
  if (!isObject(value['cloud'])) return own ? { id: 'byon', provider: 'byon', type: 'private' } : value['cloud'];
  const cloud = value['cloud'];
  const kind = cloud['cloudType'];
  return withoutAbsent({
    id: cloud['id'],
    provider: object(cloud['api'])['providerName'],
    type: typeof kind === 'string' ? kind.toLowerCase() : (kind ?? (own ? 'private' : undefined)),
  });
}

/** An operating system in the corpus' spelling (`operatingSystemFamily`) or the REST definition's (`family`). */
function operatingSystem(image: Json): { family?: string; version?: string; architecture?: string } {
  const os = object(image['operatingSystem']);
  const known = (name: string, short: string): string | undefined => {
    const value = os[name] ?? os[short];
    const word = typeof value === 'number' ? String(value) : text(value);
    return word === undefined || /^unkn?own/i.test(word) ? undefined : word;
  };
  return {
    family: known('operatingSystemFamily', 'family')?.toLowerCase(),
    version: known('operatingSystemVersion', 'version'),
    architecture: known('operatingSystemArchitecture', 'architecture')?.toLowerCase(),
  };
}

const architectureOf = (image: Json): string | undefined => operatingSystem(image).architecture;

const imageOf = (image: Json): Json => withoutAbsent({ id: text(image['id']), name: text(image['name']), ...operatingSystem(image) });

/** Hosts, zones, regions, providers; a longer chain is cut. */
const maximalParents = 16;

/** The location with the nearest geography on its chain of parents; placeholders ("string") count as unknown. */
function locationOf(value: Json): { location: Json; paths: Record<string, JsonPath> } | undefined {
  const start = (['location', 'hardware', 'image'] as const).find((key) => isObject(key === 'location' ? value[key] : object(value[key])['location']));
  if (!start) return undefined;
  const path: (string | number)[] = start === 'location' ? ['location'] : [start, 'location'];
  const chain: { location: Json; path: JsonPath }[] = [];
  let current: unknown = start === 'location' ? value['location'] : object(value[start])['location'];
  for (; isObject(current) && chain.length < maximalParents; current = current['parent'], path.push('parent')) chain.push({ location: current, path: [...path] });

  const geographic = chain.find(({ location }) => {
    const geo = object(location['geoLocation']);
    return geo['country'] !== 'string' && geo['city'] !== 'string' && (text(geo['country']) ?? geo['latitude']) !== undefined;
  });
  const geo = object(geographic?.location['geoLocation']);
  const country = text(geo['country'])?.toUpperCase();
  const first = chain[0]!;
  const parents = chain.slice(1).filter((parent) => (parent.location['id'] ?? undefined) !== undefined);
  const geoPath = [...(geographic?.path ?? []), 'geoLocation'];
  return {
    location: withoutAbsent({
      id: first.location['id'],
      name: text(first.location['name']),
      city: text(geo['city']),
      country: country && /^[A-Z]{2}$/.test(country) ? country : undefined,
      latitude: geo['latitude'] ?? undefined,
      longitude: geo['longitude'] ?? undefined,
      within: parents.length ? parents.map(({ location }) => location['id']) : undefined,
    }),
    paths: {
      location: first.path,
      'location.id': [...first.path, 'id'],
      'location.latitude': [...geoPath, 'latitude'],
      'location.longitude': [...geoPath, 'longitude'],
      ...Object.fromEntries(parents.map((parent, i) => [`location.within.${i}`, [...parent.path, 'id']])),
    },
  };
}

/** An id that is the same in every run: cloud, location, hardware and image, each without what its id repeats of the one before. */
function buildId(value: Json, location: Json | undefined): string {
  const cloud = text(object(value['cloud'])['id']) ?? 'byon';
  const hardware = object(value['hardware']);
  const place = text(location?.['id']);
  const tail = (id: string | undefined): string | undefined => {
    const prefix = [place, cloud].find((p) => p !== undefined && id?.startsWith(`${p}/`));
    return prefix === undefined ? id : id!.slice(prefix.length + 1);
  };
  const withinCloud = place?.startsWith(`${cloud}/`) ? place.slice(cloud.length + 1) : place;
  const runtime = text(object(value['environment'])['runtime']);
  return [cloud, withinCloud, tail(text(hardware['id'])), text(hardware['name']), tail(text(object(value['image'])['id'])), runtime].filter((part) => part !== undefined).join('/');
}

const withoutAbsent = (json: Json): Json => Object.fromEntries(Object.entries(json).filter(([, v]) => v !== undefined && v !== null));
