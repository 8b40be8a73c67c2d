import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

/** Values, their types and ranges. */
export const values = {
  'model/attribute-without-value': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the attribute \`${name}\` has neither a value nor a range nor a value type`,
    help: () => 'give it one, such as `int 4` or `[int 2, int 8]`',
    explanation: 'Only a measurable attribute gets its value while the application runs.',
    example: shop("application A { version '1' attribute a : }"),
  }),
  'model/value-and-range': entry({
    severity: 'error',
    message: () => 'an attribute has a value or a range, not both',
    help: () => 'remove the value, or the range',
    fix: 'removes the value',
    explanation: 'A value is one, a range is what is allowed.',
    example: shop("application A { version '1' attribute a : [int 1, int 3] int 2 }"),
  }),
  'model/value-out-of-type': entry<{ value: string; type: string; range: string }>({
    severity: 'error',
    message: ({ value, type, range }) => `${value} is not in \`${type}\`, whose values are ${range}`,
    explanation: 'The value of an attribute, and the ends of its range that belong to it, lie in its value type.',
    example: shop("type model T { range Small { primitive type int upper limit incl. int 9 } } application A { version '1' attribute a : int 10 [T.Small] }"),
  }),
  'model/whole-number': entry<{ value: number }>({
    severity: 'error',
    message: ({ value }) => `${value} is not a whole number`,
    help: () => 'write `double` instead of `int`',
    fix: 'makes it a `double`',
    explanation: 'An `int` has no fraction.',
    example: shop("application A { version '1' attribute a : int 2.5 }"),
  }),
  'model/range-types-differ': entry<{ low: string; high: string }>({
    severity: 'error',
    message: ({ low, high }) => `the ends of a range are of one type, but these are ${low} and ${high}`,
    fix: 'makes both ends `float` or `double`',
    explanation: 'Both ends of a range are `int`, both `float` or both `double`.',
    example: shop("application A { version '1' attribute a : [int 1, double 3.0] }"),
  }),
  'model/range-empty': entry<{ low: string; high: string }>({
    severity: 'error',
    message: ({ low, high }) => `nothing lies between ${low} and ${high}`,
    help: () => 'the lower end comes first; `[` and `]` include their end, `(` and `)` do not',
    fix: 'exchanges the ends where the first is greater',
    explanation: 'The range admits no value.',
    example: shop("application A { version '1' attribute a : [int 8, int 2] }"),
  }),

  'model/list-type': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the list \`${name}\` has either a primitive type or a type`,
    explanation: 'The values of a list are of one type.',
    example: shop('type model T { list L { values [int 1] } }'),
  }),
  'model/value-type': entry<{ expected: string; found: string }>({
    severity: 'error',
    message: ({ expected, found }) => `this is ${found}, where ${expected} is wanted`,
    explanation: 'The values and limits of a type are of its primitive type.',
    example: shop('type model T { range R { primitive type int lower limit double 1.0 } }'),
  }),
  'model/range-type': entry<{ type: string }>({
    severity: 'error',
    message: ({ type }) => `a range is of int, float or double, not of ${type}`,
    explanation: 'Only numbers have an order.',
    example: shop('type model T { range R { primitive type string } }'),
  }),
  'model/union-overlap': entry({
    severity: 'error',
    message: () => 'the ranges of a union are in order and do not overlap',
    explanation: 'Each range begins where the former has ended.',
    example: shop(
      'type model T { range union U { ranges [range A { primitive type int lower limit incl. int 1 upper limit incl. int 5 }, range B { primitive type int lower limit incl. int 3 } ] } }',
    ),
  }),

  'model/property-range': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the metadata property \`${name}\` is of type \`data\`, but its range is a concept`,
    help: () => 'write `range uri`, or `type object`',
    explanation: 'An object property ranges over a concept; a data property ranges over values, which a URI names.',
    example: shop("metadata model M { concept A { name 'a' uri 'a' property p { name 'p' uri 'p' type data range A } } }"),
  }),
} satisfies Record<string, Entry<never>>;
