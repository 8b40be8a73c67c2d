import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

/** Text that is not CAMEL. */
export const syntax = {
  'syntax/unexpected': entry<{ message: string; help?: string }>({
    severity: 'error',
    message: ({ message }) => message,
    help: ({ help }) => help,
    fix: 'writes the word that was probably meant, or the brace, comma or quote that is missing; removes what is too much',
    explanation: 'The text breaks the grammar at the marked place. What is said there names what could stand instead.',
    example: 'camel model Shop { deployment model D { software Web { requird host H } } }',
  }),
  'syntax/more': entry<{ shown: number; more: number }>({
    severity: 'error',
    message: ({ shown, more }) => `after ${shown} mistakes this file has ${more} more`,
    help: () => 'mend those above first; here is the next one',
    explanation: 'Of the mistakes in the grammar of one file only the first hundred are reported.',
    example: shop('? '.repeat(102).trim()),
  }),
  'syntax/not-text': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `this file is not text: ${what}`,
    help: () => 'save the model as UTF-8 text',
    explanation: 'A model is UTF-8 text. The marked place is the first byte that is none, for which editors show �.',
    example: 'camel model Shop { � }',
  }),
  'syntax/too-deep': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) => `blocks, brackets or signs are nested more than ${limit} deep`,
    help: () => 'close those above, or split the model or formula',
    explanation: 'No model needs such nesting; most often closing braces are missing.',
    example: shop(`metric model M { variable V { formula '${'('.repeat(51)}1${')'.repeat(51)}' } }`),
  }),
} satisfies Record<string, Entry<never>>;
