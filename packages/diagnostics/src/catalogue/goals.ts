import { entry, type Entry } from '../entry.js';
import { shop } from './examples.js';

const inRequirements = (text: string): string => shop(`requirement model R { ${text} }`);

/** What a requirement model asks for. */
export const goals = {
  'model/slo': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the SLO \`${name}\` has a constraint or an event, not both`,
    fix: 'removes the event',
    explanation: 'A service level objective is one condition.',
    example: inRequirements('slo S constraint C.c event E.e'),
  }),
  'model/provider-names': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the provider requirement \`${name}\` allows any cloud and names no provider`,
    help: () => 'add `provider names […]`, or `cloud type public` or `private`',
    explanation: 'Without a cloud type, or with `any`, a provider requirement says nothing unless it names providers.',
    example: inRequirements('provider requirement P { cloud type any }'),
  }),
  'model/instances': entry<{ min: number; max: number }>({
    severity: 'error',
    message: ({ min, max }) => `${min} to ${max} instances is no range`,
    help: () => 'the minimum is at least 0; the maximum is at least 1 and not less than the minimum, or -1 for no maximum',
    fix: 'exchanges minimum and maximum',
    explanation: 'A horizontal scale requirement gives the smallest and the largest number of instances.',
    example: inRequirements('horizontal scale requirement H [3, 2]'),
  }),
  'model/vertical-scale': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` has either features or attributes`,
    explanation: 'A vertical scale requirement or action changes features or attributes, not both and not nothing.',
    example: inRequirements('vertical scale requirement V { }'),
  }),
  'model/empty-requirement': entry<{ kind: string; name: string }>({
    severity: 'error',
    message: ({ kind, name }) => `the ${kind} \`${name}\` requires nothing`,
    help: () => 'add a feature or an attribute',
    explanation: 'A requirement of this kind has at least one feature or attribute.',
    example: inRequirements('resource requirement R { }'),
  }),
  'model/optimisation': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `the optimisation requirement \`${name}\` needs either a metric context or a metric variable`,
    explanation: 'One value is optimised.',
    example: inRequirements('optimisation requirement O { minimise }'),
  }),
  'model/priority': entry({
    severity: 'error',
    message: () => 'a priority is not negative',
    fix: 'takes the sign away',
    explanation: 'The highest priority is optimised first.',
    example: inRequirements('optimisation requirement O { variable M.v priority -1.0 }'),
  }),
} satisfies Record<string, Entry<never>>;
