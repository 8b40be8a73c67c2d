import { entry, type Entry } from '../entry.js';

/** The settings file, `camelc.config.json`. */
export const config = {
  'config/not-json': entry<{ message: string }>({
    severity: 'error',
    exit: 5,
    message: ({ message }) => `these settings are not JSON: ${message}`,
    help: () => 'mend the text at the mark; JSON has no comments, and no comma after the last item',
    explanation: '`camelc.config.json` is one JSON object. The mark is the first place where it ceases to be JSON.',
    example: 'camel model Shop { }',
    files: { 'camelc.config.json': '{ "timeLimit": 10, }' },
    run: 'camelc check shop.camel',
  }),
  'config/value': entry<{ path: string; problem: string }>({
    severity: 'error',
    exit: 5,
    message: ({ path, problem }) => `${path ? `the setting ${path}` : 'the file'} ${problem}`,
    explanation: 'The settings of `camelc.config.json` and their values are described in docs/configuration.md.',
    example: 'camel model Shop { }',
    files: { 'camelc.config.json': '{ "timeLimit": "10 s" }' },
    run: 'camelc check shop.camel',
  }),
  'config/unknown': entry<{ path: string; suggestion?: string; known: readonly string[] }>({
    severity: 'error',
    exit: 5,
    message: ({ path }) => `there is no setting \`${path}\``,
    help: ({ suggestion, known }) => (suggestion ? `did you mean \`${suggestion}\`?` : `there are ${known.join(', ')}`),
    explanation: 'A setting that nobody reads would change nothing without a word, so a name that is not known is an error.',
    example: 'camel model Shop { }',
    files: { 'camelc.config.json': '{ "timelimit": 10 }' },
    run: 'camelc check shop.camel',
  }),
  'config/fixed-severity': entry<{ code: string }>({
    severity: 'error',
    exit: 5,
    message: ({ code }) => `\`${code}\` stays an error`,
    help: () => 'mend what it says; `camelc explain` has its page',
    explanation:
      'Settings and comments cannot weaken errors after which it is not known what a model means: wrong syntax, names that do not resolve, what is missing, said twice or defined by itself. Of a group, `model/*`, these stay errors too.',
    example: 'camel model Shop { }',
    files: { 'camelc.config.json': '{ "severities": { "reference/unresolved": "off" } }' },
    run: 'camelc check shop.camel',
  }),
  'config/several': entry<{ used: string }>({
    severity: 'warning',
    message: ({ used }) => `these settings are not used: the run has those of ${used}`,
    help: () => 'run camelc for each folder alone, or put the settings into a folder above both',
    explanation: 'A run has one set of settings: those found for the first path of the command line that has some. Another path would have others.',
    files: {
      'shop/shop.camel': 'camel model Shop { }',
      'shop/camelc.config.json': '{ "timeLimit": 10 }',
      'office/office.camel': 'camel model Office { }',
      'office/camelc.config.json': '{ "timeLimit": 20 }',
    },
    run: 'camelc check shop office',
  }),
} satisfies Record<string, Entry<never>>;
