import { entry, type Entry } from '../entry.js';

const withComment = (comment: string): string => `// ${comment}\ncamel model Shop { }`;
const form = 'write `// camelc-ignore CODE: reason` at the end of the line or above it, or `// camelc-ignore-file CODE: reason`';

/** Comments that keep diagnostics back. */
export const ignore = {
  'ignore/unknown': entry<{ code: string; suggestion?: string }>({
    severity: 'hint',
    message: ({ code }) => (code ? `there is no diagnostic \`${code}\` to ignore` : 'this comment names no diagnostic to ignore'),
    help: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : form),
    explanation:
      'A comment `// camelc-ignore CODE: reason` keeps back the diagnostics of one code in its line, or in the next one if it stands alone; `camelc-ignore-file` those of the whole file.',
    example: withComment('camelc-ignore hint/unusd: this model is a template'),
    run: 'camelc check shop.camel',
  }),
  'ignore/no-reason': entry<{ code: string }>({
    severity: 'hint',
    message: ({ code }) => `this comment does not say why \`${code}\` is ignored`,
    help: () => form,
    explanation: 'Whoever reads the model later must know whether the reason still holds.',
    example: withComment('camelc-ignore hint/unused'),
    run: 'camelc check shop.camel',
  }),
  'ignore/nothing': entry<{ code: string }>({
    severity: 'hint',
    tag: 'unnecessary',
    message: ({ code }) => `there is no \`${code}\` here to ignore`,
    help: () => 'remove the comment',
    explanation: 'The line or file has no such diagnostic, perhaps no more.',
    example: withComment('camelc-ignore hint/unused: this model is a template'),
    run: 'camelc check shop.camel',
  }),
  'ignore/fixed': entry<{ code: string }>({
    severity: 'hint',
    message: ({ code }) => `\`${code}\` cannot be ignored`,
    help: () => 'mend what it says',
    explanation:
      'After some errors it is not known what the model means: wrong syntax, names that do not resolve, what is missing, said twice or defined by itself. They stay errors.',
    example: withComment('camelc-ignore reference/unresolved: it will come'),
    run: 'camelc check shop.camel',
  }),
} satisfies Record<string, Entry<never>>;
