import { entry, type Entry } from '../entry.js';
import { shop, software } from './examples.js';

/** The command line, files, and what surrounds the tool. */
export const environment = {
  'usage/invalid': entry<{ message: string; verb?: string }>({
    severity: 'error',
    exit: 64,
    message: ({ message }) => message,
    help: ({ verb }) => `see \`camelc ${verb ? verb + ' ' : ''}--help\``,
    explanation: 'The command line asks for something that the verb does not have.',
    run: 'camelc sovle shop.camel',
  }),
  'file/unreadable': entry<{ path: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, why }) => `cannot read ${path}: ${why}`,
    explanation: 'The file is missing, or may not be read by this user.',
    run: 'camelc check missing.camel',
  }),
  'file/unwritable': entry<{ path: string; why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, why }) => `cannot write ${path}: ${why}`,
    help: () => 'what was there before stays',
    explanation: 'Outputs are written to a temporary name and renamed, so a failed run leaves what was there before.',
    example: shop(software),
    files: { deploy: 'A file, no folder.', 'images.json': '{ "Web": "shop/web:1" }' },
    run: 'camelc compile shop.camel --images images.json --out deploy',
  }),
  'file/report': entry<{ why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ why }) => `cannot print the report: ${why}`,
    help: () => 'send it to a place that takes it; files of `compile` are complete',
    explanation: 'Standard output leads to a device or file that refuses what is written to it, such as a full disk. A reader that ends early, such as `head`, is no error.',
  }),
  'file/none': entry<{ path: string; ignored?: number }>({
    severity: 'error',
    exit: 5,
    message: ({ path, ignored }) => `there is no .camel file in ${path}${ignored ? ' but those that `ignore` in camelc.config.json names' : ''}`,
    help: () => 'name a .camel file, or a folder that holds one',
    explanation: 'A verb takes files, or folders whose .camel files (with those of folders below) are read.',
    files: { 'models/shop.txt': 'camel model Shop { }' },
    run: 'camelc check models',
  }),
  'file/metrics': entry<{ why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ why }) => `this file holds no metrics: ${why}`,
    help: () => 'write { "NAME": NUMBER, … }',
    explanation: 'A metrics file is a JSON object that gives metrics their values, by bare or qualified name.',
    example: shop(software),
    files: { 'load.json': '{ "Load": "80" }' },
    run: 'camelc solve shop.camel --metrics load.json',
  }),
  'file/current': entry<{ why: string }>({
    severity: 'error',
    exit: 5,
    message: ({ why }) => `this file holds no running deployment: ${why}`,
    help: () => 'give what `camelc solve --format json` printed, or { "components": [{ "name": NAME, "cardinality": NUMBER, "candidate": ID }, …] }',
    explanation:
      'The file of `--current FILE` says on which candidates the components run, and how many instances of each: as `camelc solve --format json` prints it, or with the same fields written by hand. `hosts`, a list of { "candidate": ID, "number": NUMBER, "components": [NAME, …] }, says which share a host; without it every instance has a host of its own. A candidate is its id, or { "id": ID, "price": NUMBER } with the price per hour that was paid.',
    example: shop(software),
    files: { 'running.json': '{ "components": [{ "name": "Web" }] }' },
    run: 'camelc solve shop.camel --current running.json',
  }),
  'internal/fault': entry<{ what: string }>({
    severity: 'error',
    exit: 5,
    message: ({ what }) => `a fault in camelc: ${what}`,
    help: () => 'please report it with the model that raises it',
    explanation: 'This should never be seen.',
  }),
} satisfies Record<string, Entry<never>>;
