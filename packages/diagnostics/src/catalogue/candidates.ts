import { entry, type Entry } from '../entry.js';
import { machine, machines, shop, software } from './examples.js';

const requiring = (requirement: string, reference: string): string =>
  shop(`deployment model D { software Web { requirements S } requirements S { ${reference} } } requirement model R { ${requirement} }`);

/** Candidate files, and requirements that a list of candidates cannot answer. */
export const candidates = {
  'candidates/not-json': entry<{ message: string }>({
    severity: 'error',
    exit: 5,
    message: ({ message }) => `this candidates file is not JSON: ${message}`,
    help: () => 'mend the text at the mark; JSON has no comments, no NaN and no comma after the last item',
    explanation: 'A candidates file is one JSON text. The mark is the first place where it ceases to be JSON.',
    example: shop(software),
    files: { 'candidates.json': '{ "formatVersion": 1, "currency": "EUR", "candidates": [ }' },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/format': entry<{ found: string }>({
    severity: 'error',
    exit: 5,
    message: ({ found }) => `no list of node candidates: the file holds ${found}`,
    help: () => 'give { "formatVersion": 1, "currency": …, "candidates": […] }, the executor\'s array of node candidates, or an object of offers with cpu, memory and price',
    explanation:
      "Three formats are read: the project's own (its schema is `candidates.schema.json`), the array of NodeCandidates that the executor's REST interface gives, and the plain offer lists of the deployment-optimisation literature.",
    example: shop(software),
    files: { 'candidates.json': '{ "machines": [] }' },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/version': entry<{ found: string }>({
    severity: 'error',
    exit: 5,
    message: ({ found }) => `candidates file of format version ${found}; this camelc reads version 1`,
    help: () => 'write "formatVersion": 1, or use the camelc that wrote the file',
    explanation: 'The version changes when a field changes its meaning, so a file of another version is not guessed at.',
    example: shop(software),
    files: { 'candidates.json': '{ "formatVersion": 2, "currency": "EUR", "candidates": [] }' },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/schema': entry<{ path: string; problem: string; help?: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, problem }) => `${path} ${problem}`,
    help: ({ help }) => help,
    explanation:
      'The file breaks the schema of candidates files. Memory is a number of MegaBytes, storage of GigaBytes, frequency of GigaHertz, a price is for one host and hour; prices and limits are not negative, a limit is a whole number; latitude lies between -90 and 90, longitude between -180 and 180.',
    example: shop(software),
    files: { 'candidates.json': machines(machine('small', -5)) },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/duplicate': entry<{ id: string; built?: boolean }>({
    severity: 'error',
    exit: 5,
    message: ({ id }) => `two candidates have the id \`${id}\``,
    help: ({ built }) => (built ? 'they are the same in cloud, location, hardware and image: give each an "id", or remove one' : 'give each candidate an id of its own'),
    explanation: 'Solutions, plans and node labels name a candidate by its id.',
    example: shop(software),
    files: { 'candidates.json': machines(machine('small', 0.1), machine('small', 0.2)) },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/empty': entry({
    severity: 'error',
    exit: 5,
    message: () => 'this candidates file lists no candidate',
    help: () => 'add the machines that may be leased, or leave out --candidates to use the built-in catalogue',
    explanation: 'Without candidates nothing can be deployed.',
    example: shop(software),
    files: { 'candidates.json': '{ "formatVersion": 1, "currency": "EUR", "candidates": [] }' },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/more-faults': entry<{ more: number }>({
    severity: 'hint',
    message: ({ more }) => `${more} more ${more === 1 ? 'fault is' : 'faults are'} not shown`,
    explanation: 'The first twenty faults of a candidates file are reported.',
    example: shop(software),
    files: { 'candidates.json': '{ "formatVersion": 1, "currency": "EUR", "candidates": [{}, {}, {}, {}, {}, {}] }' },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/rate-missing': entry<{ from: string; to: string }>({
    severity: 'error',
    exit: 5,
    message: ({ from, to }) => `prices in ${from} cannot be compared with prices in ${to}: no exchange rate is given`,
    help: ({ from, to }) =>
      `add ${[from, to]
        .filter((c) => c !== 'EUR')
        .map((c) => `--rate ${c}=R`)
        .join(' and ')}, where R is the worth of one in euros, such as --rate USD=0.92`,
    explanation:
      'A list of candidates has one currency. Lists of several currencies, or a model that names another, need the rates with the run, so that no price is converted silently at an old rate.',
  }),
  'candidates/attribute-unknown': entry<{ what: string; requirement: string; list: string }>({
    severity: 'error',
    message: ({ what, requirement, list }) => `${requirement} asks for ${what}, but no candidate of ${list} states it`,
    help: () => 'add the fact to the candidates with --candidates FILE, or remove the requirement',
    explanation:
      'A candidate that does not state what a requirement asks for is excluded, as unknown. Where no candidate at all states it, every one would be excluded for want of data, so it is said at once. Attributes other than cores, memory, storage and frequency are looked up in the `attributes` of a candidate.',
    example: requiring('resource requirement Fast { attribute minGpus : int 1 }', 'resource R.Fast'),
    files: { 'candidates.json': machines(machine('small', 0.1)) },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
  'candidates/images-unchecked': entry<{ requirement: string; list: string }>({
    severity: 'warning',
    message: ({ requirement, list }) => `machine images of ${requirement} are not checked: no candidate of ${list} names its images`,
    help: () => 'make sure that the providers have the image, or state "images" with names in a candidates file',
    explanation:
      'A price list does not enumerate machine images, so a requirement for an image by name excludes nothing there. As soon as one candidate of the list names an image, the requirement is checked on all.',
    example: requiring("image requirement Own ['shop-image']", 'image R.Own'),
    files: { 'candidates.json': machines(machine('small', 0.1)) },
    run: 'camelc candidates shop.camel --candidates candidates.json',
  }),
} satisfies Record<string, Entry<never>>;
