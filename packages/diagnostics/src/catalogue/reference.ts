import { entry, type Entry } from '../entry.js';

/** Names that refer to other elements. */
export const reference = {
  'reference/unresolved': entry<{ kind: string; name: string; suggestion?: string; other?: string }>({
    severity: 'error',
    message: ({ kind, name }) => `there is no ${kind} \`${name}\``,
    help: ({ name, suggestion, other }) => (suggestion ? `did you mean ${suggestion}?` : other && `\`${name}\` is of another kind: ${other}`),
    fix: 'writes the name that is most like it',
    explanation:
      'A name must be that of an element of the right kind: bare inside the sub-model that declares it, else `SubModel.name` or `CamelModel.SubModel.name`. Models in all files given see each other.',
    example: 'camel model Shop { deployment model D { software Web { requirements WebReq } requirements WebReqs { } } }',
  }),
  'reference/annotation': entry<{ name: string; suggestion?: string }>({
    severity: 'warning',
    message: ({ name }) => `there is no metadata \`${name}\``,
    help: ({ suggestion }) => (suggestion ? `did you mean ${suggestion}?` : undefined),
    example: 'camel model Shop { deployment model D { software Web { [MetaDataModel.TotalMemroy] } } }',
    fix: 'writes the name that is most like it',
    explanation: 'The metadata schema has no such concept or property. An annotation counts by the last name of its path, so it may still be understood.',
  }),
  'reference/function': entry<{ name: string; suggestion?: string }>({
    severity: 'error',
    message: ({ name }) => `there is no function \`${name}\``,
    help: ({ suggestion }) => (suggestion ? `did you mean ${suggestion}?` : 'declare it as a `function` of the metric model'),
    fix: 'writes the name that is most like it',
    explanation: 'A formula may call the built-in functions and the `function` elements of the models.',
    example: "camel model Shop { metric model M { variable V { formula 'maen(3)' } } }",
  }),
  'reference/random': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` draws a number at random, so the answer would not be the same twice`,
    help: () => 'give the number with the run, as a metric',
    explanation: 'The same models and inputs have the same answer, and that answer is proven to be the best. Neither holds of a formula whose value changes from call to call.',
    example: "camel model Shop { metric model M { variable V { formula 'rUni(0, 1)' } } }",
  }),
  'reference/arguments': entry<{ name: string; expected: string; found: number }>({
    severity: 'error',
    message: ({ name, expected, found }) => `\`${name}\` takes ${expected}, not ${found}`,
    explanation: 'The function is called with more or fewer arguments than it has.',
    example: "camel model Shop { metric model M { variable V { formula 'sqrt(3, 4)' } } }",
  }),
  'reference/ambiguous': entry<{ kind: string; name: string; meant: string; others: readonly string[]; isFormula: boolean }>({
    severity: 'warning',
    message: ({ kind, name, meant }) => `the ${kind} \`${name}\` is in several files that are as near: \`${meant}\` is meant, as its file comes first by name`,
    help: ({ meant, others, isFormula }) =>
      isFormula || others.includes(meant) ? 'give them different names' : `write ${[meant, ...others].map((path) => `\`${path}\``).join(' or ')}`,
    explanation:
      'Models in all files given see each other. Where several have an element of the name, that of the same file is meant, then that of the nearest folder. Here several are as near, and what they declare is not the same.',
    example:
      'camel model Shop { deployment model D { requirements Set { os R.O } } }\n// --- file: one.camel\ncamel model One { requirement model R { os requirement O { os ubuntu } } }\n// --- file: two.camel\ncamel model Two { requirement model R { os requirement O { os debian } } }',
  }),
} satisfies Record<string, Entry<never>>;
