import { entry, type Entry } from '../entry.js';
import { machine, machines, ofWeb, shop, shopFor } from './examples.js';

/** From the constraint problem to its solution. */
export const solver = {
  'solver/infeasible': entry<{ what: string; further: boolean; minimal: boolean; help?: string }>({
    severity: 'error',
    exit: 3,
    message: ({ what, further, minimal }) =>
      `${further ? 'moreover, ' : 'no deployment satisfies this model; '}${what}${minimal ? '' : ' (perhaps not all of them are needed: that could not be shown)'}`,
    help: ({ help }) => help,
    explanation:
      'Each line names an element: where it stands, its name, and what it says. Together they contradict each other; without any one of them the rest has a solution. An element is one bound of one attribute, one requirement of another kind, one constraint, one end of a scale requirement, a coupling, separation, alternative or mandatory port, or what the run was given: the limit of a candidate, the value of a metric. Sets that have nothing in common are told one by one, at most five. Below stand the smallest changes that help, each of one element, with what the best deployment costs then; where several sets contradict each other, the changes that help together.',
    example: shop(
      'deployment model D { software Web { requirements S } requirements S { horizontal scale R.Two } } requirement model R { horizontal scale requirement Two [2, 2] }',
    ),
    files: { 'candidates.json': machines(machine('small', 0.1, ', "limit": 1')) },
    run: 'camelc solve shop.camel --candidates candidates.json',
  }),
  'solver/no-candidate': entry<{ component: string; candidates: number; requirements: string[]; help?: string }>({
    severity: 'error',
    exit: 3,
    message: ({ component, candidates, requirements }) =>
      `no deployment satisfies this model: ${candidates === 1 ? 'the only candidate does not fit' : `none of the ${candidates} candidates fits`} ${component}${requirements.length ? `, because of ${requirements.join(' and ')}` : ''}`,
    help: ({ help }) => help ?? '`camelc candidates` says for each requirement what it excludes',
    explanation:
      'Each component that must be deployed needs a candidate that meets all of its requirements. Those named exclude every candidate; without any one of them some candidate would fit. Where none is named, no candidate has the type of machine or function that the component needs. Below stand the smallest changes that help, with what the best deployment costs then.',
    example: shop(
      'deployment model D { software Web { requirements S } requirements S { resource R.Large } } requirement model R { resource requirement Large { attribute minCores : int 1000 } }',
    ),
    run: 'camelc solve shop.camel',
  }),
  'solver/unbounded': entry<{ component: string; scale: boolean }>({
    severity: 'error',
    message: ({ component }) => `nothing bounds the number of instances of ${component}`,
    help: ({ scale }) => (scale ? 'give the horizontal scale requirement a maximum' : 'give it a horizontal scale requirement with a maximum'),
    explanation:
      'With a maximum of -1 the number of instances must be bounded otherwise: by a constraint that more instances break, by the limits of the candidates, or because more instances make nothing better. None of these could be shown here.',
    example: shopFor('N', [ofWeb('N', 'ComponentInstanceTemplate')], '[1, -1]'),
    run: 'camelc solve shop.camel',
  }),
  'solver/too-large': entry<{ component: string; rows: number; cap: number }>({
    severity: 'error',
    message: ({ component, rows, cap }) => `${component} has ${rows} combinations of candidate and number of instances, more than the ${cap} that can be compared`,
    help: () => 'give it a smaller maximum, or requirements that fewer candidates satisfy',
    explanation: 'The solver compares every useful combination of candidate and cardinality of a component, and refuses tables that would not fit into memory.',
    example: shopFor('sin(N + Cores)', [ofWeb('N', 'ComponentInstanceTemplate'), ofWeb('Cores', 'CoresTemplate')], '[1, 1000000]'),
    run: 'camelc solve shop.camel',
  }),
  'solver/infinite': entry<{ name: string; value: string; candidates: string[] }>({
    severity: 'warning',
    message: ({ name, value, candidates }) => `\`${name}\` is ${value}: it divides by zero with ${candidates.join(', ')}`,
    help: () => '`1/(1 + x)` instead of `1/x` stays finite and prefers the same',
    explanation: 'A positive number divided by zero is infinite, the best there is, so nothing else counts any more: every solution with that candidate is as good as every other.',
    example: shopFor('1 / Price', [ofWeb('Price', 'CostTemplateEuros')]),
    files: { 'candidates.json': machines(machine('paid', 0.1), machine('gift', 0)) },
    run: 'camelc solve shop.camel --candidates candidates.json',
  }),
  'solver/not-proven': entry<Record<never, never>>({
    severity: 'warning',
    message: () => 'the search ended before it was proven that no solution is better',
    help: () => 'give more time with `--time-limit`, or make maxima and candidate lists smaller',
    explanation: 'The solution satisfies the model. The bound says how much better another one could be at most.',
  }),
  'solver/no-answer': entry<Record<never, never>>({
    severity: 'error',
    exit: 5,
    message: () => 'the search ended before a solution was found',
    help: () => 'give more time with `--time-limit`, or make maxima and candidate lists smaller',
    explanation: 'Neither a solution was found nor was it shown that there is none.',
    example: shop('deployment model D { software Web { } }'),
    run: 'camelc solve shop.camel --time-limit 0.000001',
  }),
} satisfies Record<string, Entry<never>>;
