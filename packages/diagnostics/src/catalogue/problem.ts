import { entry, type Entry } from '../entry.js';
import { machine, machines, ofWeb, shop, shopFor, software, template } from './examples.js';

const load = `raw metric Load { ${template('UtilityTemplate')} }`;
const number = ofWeb('N', 'ComponentInstanceTemplate');
/** A file for `--current`. */
const running = (component: string, candidate: string): string => `{ "components": [{ "name": "${component}", "cardinality": 1, "candidate": "${candidate}" }] }`;

/** From application and candidates to the constraint problem. */
export const problem = {
  'problem/unknown-name': entry<{ given: string; suggestion?: string }>({
    severity: 'error',
    exit: 64,
    message: ({ given }) => `${given}: the model has no metric or variable of that name`,
    help: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : undefined),
    explanation:
      'A value given with the run names a metric or metric variable of the model, bare (`AvgResponseTime`) or qualified (`AppMetrics.AvgResponseTime`). A metrics file may also give values for the other applications of the models.',
    example: shopFor('Load', [load]),
    run: 'camelc solve shop.camel --metric Laod=80',
  }),
  'problem/ambiguous-name': entry<{ given: string; ids: string[] }>({
    severity: 'error',
    exit: 64,
    message: ({ given, ids }) => `${given}: several have that name, ${ids.map((id) => `\`${id}\``).join(' and ')}`,
    help: ({ ids }) => `give the qualified name, such as \`${ids[0]}\``,
    explanation: 'A bare name given with the run must be that of one metric or variable of the model.',
    example: shop(`${software} metric model M { ${load} } metric model Other { ${load} }`),
    run: 'camelc solve shop.camel --metric Load=80',
  }),
  'problem/decided': entry<{ given: string; name: string; current: boolean }>({
    severity: 'error',
    exit: 64,
    message: ({ given }) => `${given}: this variable is decided by the solution and cannot be given`,
    help: ({ name, current }) =>
      current ? `its value in the running deployment is given with \`--current ${name}=VALUE\`` : 'bound it with a variable constraint in the model instead',
    explanation:
      'Metrics, and variables that mean neither a property of a candidate nor a number of instances, are given with the run. Decision variables are what the solver looks for.',
    example: shopFor('N', [number]),
    run: 'camelc solve shop.camel --metric N=2',
  }),
  'problem/not-current': entry<{ name: string }>({
    severity: 'error',
    exit: 64,
    message: ({ name }) => `--current ${name}: this variable is not one of the running deployment`,
    help: () => 'mark it `current-config` in the model; metrics are given with `--metric NAME=VALUE`',
    explanation: '`--current` gives the value that a `current-config` variable has in the deployment that runs now.',
    example: shopFor('N', [number]),
    run: 'camelc solve shop.camel --current N=2',
  }),
  'problem/running-component': entry<{ name: string; suggestion?: string }>({
    severity: 'warning',
    message: ({ name, suggestion }) => `${name} runs, and the model has no such component${suggestion ? '' : ': it would be stopped'}`,
    help: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : undefined),
    explanation: 'The running deployment names a component that the model does not have, because it was renamed or taken out. What runs of it is not kept.',
    example: shop(software),
    files: { 'candidates.json': machines(machine('small', 0.1)), 'running.json': running('Wbe', 'small') },
    run: 'camelc solve shop.camel --candidates candidates.json --current running.json',
  }),
  'problem/running-candidate': entry<{ candidate: string }>({
    severity: 'warning',
    message: ({ candidate }) => `the running deployment uses ${candidate}, which no candidate list has any more`,
    help: () => 'what runs there will be moved; `--candidates FILE` names the list that has it',
    explanation:
      'What runs is looked at with the candidates and prices of today. A candidate that is no longer offered cannot be kept. Its recorded price counts as the current one.',
    example: shop(software),
    files: { 'candidates.json': machines(machine('small', 0.1)), 'running.json': running('Web', 'gone') },
    run: 'camelc solve shop.camel --candidates candidates.json --current running.json',
  }),
  'problem/current-unknown': entry<{ name: string; attribute: string; candidate: string }>({
    severity: 'error',
    message: ({ name, attribute, candidate }) => `\`${name}\` has no value: the ${attribute} of ${candidate}, which runs, is not known`,
    help: ({ name }) => `give it with \`--current ${name}=VALUE\``,
    explanation:
      'A `current-config` variable has the value of the deployment that runs. Its candidate is in none of the candidate lists, or the list does not say this of it. A price is also read from the file of the running deployment.',
    example: shopFor('Was', [ofWeb('Was', 'CoresTemplate', ' current-config')]),
    files: { 'candidates.json': machines(machine('small', 0.1)), 'running.json': running('Web', 'gone') },
    run: 'camelc solve shop.camel --candidates candidates.json --current running.json',
  }),
  'problem/current-several': entry<{ name: string; attribute: string; component: string }>({
    severity: 'error',
    message: ({ name, attribute, component }) => `\`${name}\` has no single value: the instances of ${component} run on candidates of different ${attribute}`,
    help: ({ name }) => `give it with \`--current ${name}=VALUE\``,
    explanation: 'A `current-config` variable of hardware, place or price has one value where all instances of its component run on alike candidates.',
    example: shopFor('Was', [ofWeb('Was', 'CostTemplateEuros', ' current-config')]).replace('software Web', 'placement shared software Web'),
    files: {
      'candidates.json': machines(machine('small', 0.1), machine('large', 0.4)),
      'running.json':
        '{ "components": [{ "name": "Web", "cardinality": 2 }], "hosts": [{ "candidate": "small", "number": 1, "components": ["Web"] }, { "candidate": "large", "number": 1, "components": ["Web"] }] }',
    },
    run: 'camelc solve shop.camel --candidates candidates.json --current running.json',
  }),
  'problem/kept-running': entry<{ gain: number }>({
    severity: 'hint',
    message: ({ gain }) => `what runs is kept: the best deployment that was found would gain ${Number(gain.toPrecision(5))}`,
    help: () => 'without `--min-gain` that one is taken',
    explanation:
      'With `--min-gain G` the running deployment is kept while it satisfies the model and no other is better by more than G in the first level of the objective: the utility, or the cost where there is none.',
    example: shopFor('N', [number]),
    files: { 'candidates.json': machines(machine('small', 0.1)), 'running.json': running('Web', 'small') },
    run: 'camelc solve shop.camel --candidates candidates.json --current running.json --min-gain 5',
  }),
  'problem/metric-missing': entry<{ name: string; option: '--metric' | '--current' }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` has no value: nobody gives it and it has no formula`,
    help: ({ name, option }) => `give it with \`${option} ${name}=VALUE\`${option === '--metric' ? ', or in metrics.json of the folder that is solved' : ''}`,
    explanation:
      'A formula that the objective or a binding constraint needs uses this metric. Metrics are measured while the application runs, so their values come with the run: `--metric NAME=VALUE`, or a metrics file.',
    example: shopFor('Load', [load]),
    run: 'camelc solve shop.camel',
  }),
  'problem/constraint-open': entry<{ constraint: string; metrics: string[] }>({
    severity: 'hint',
    message: ({ constraint, metrics }) =>
      `the metric constraint \`${constraint}\` does not bind: ${metrics.map((m) => `\`${m}\``).join(', ')} ${metrics.length === 1 ? 'has' : 'have'} no value`,
    help: ({ metrics }) => `with \`--metric ${metrics[0]}=VALUE\` it would`,
    explanation: 'A metric constraint binds the solution when all its metrics are given or decided. Until then it is left out.',
    example: shop(
      `${software} metric model M { ${load} sensor Probe { config 'load' } raw metric context Now { metric Load sensor Probe } } constraint model C { metric constraint Calm : [M.Now] < 80 }`,
    ),
    run: 'camelc solve shop.camel',
  }),
  'problem/cyclic-formula': entry<{ path: string[] }>({
    severity: 'error',
    message: ({ path }) => `this formula uses itself: ${path.map((p) => `\`${p}\``).join(' → ')}`,
    help: () => 'give one of them a value or a formula without the others',
    explanation: 'The value of a formula must follow from other values; these formulas follow from each other in a circle.',
  }),
  'problem/list-as-number': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is a list over the candidates, and stands where a number is meant`,
    help: ({ name }) => `take one number of it, such as \`min(${name})\`, \`max(${name})\` or \`mean(${name})\``,
    explanation:
      'A variable marked `on candidates` stands for the values of all candidates that fit its component. Only functions of several values take such a list: min, max, sum, mean, std, var, median, count, percentile and the like.',
    example: shopFor('Prices + 1', [ofWeb('Prices', 'CoresTemplate', ' on candidates')]),
    run: 'camelc solve shop.camel',
  }),
  'problem/hardware-in-shared-placement': entry<{ name: string; component: string }>({
    severity: 'error',
    message: ({ name, component }) => `\`${name}\` has no single value: with \`placement shared\` the instances of ${component} may stand on different candidates`,
    help: () => 'use cardinalities and the total cost (a cost variable without component), or `placement dedicated`',
    explanation: 'In shared placement a component has no candidate of its own, so a formula cannot speak of its cores, memory, storage, coordinates or price.',
    example: shopFor('Cores', [ofWeb('Cores', 'CoresTemplate')]).replace('software Web', 'placement shared software Web'),
    run: 'camelc solve shop.camel',
  }),
  'problem/no-component': entry<{ name: string; attribute: string }>({
    severity: 'error',
    message: ({ name, attribute }) => `\`${name}\` stands for ${attribute}, but of which component it does not say`,
    help: () => 'add `component` to the variable',
    explanation: 'Without `component` only cost (of the whole deployment) and cardinality (the number of hosts) have a meaning.',
  }),
  'problem/currency': entry<{ name: string; from: string; to: string }>({
    severity: 'error',
    message: ({ name, from, to }) => `\`${name}\` is in ${from}, the candidates' prices are in ${to}, and there is no rate between them`,
    help: ({ from }) => `give one with \`--rate ${from}=VALUE\``,
    explanation: 'A price variable has the currency of its template. Prices of another currency need a rate: `--rate USD=0.92` says what one US dollar is worth in euros.',
  }),
  'problem/unknown-function': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `there is no function \`${name}\` with these arguments`,
    explanation: 'The functions that formulas have, and how many arguments each takes, are listed in docs/language.md.',
  }),
  'problem/attribute-unknown': entry<{ component: string; attribute: string }>({
    severity: 'error',
    message: ({ component, attribute }) => `no candidate that fits ${component} says its ${attribute}, which this variable stands for`,
    help: () => 'use a candidate list that has it, or take the variable out of the formulas',
    explanation: 'A formula uses a property of the candidates that the candidate list does not know for any of them.',
    example: shopFor('Latitude', [ofWeb('Latitude', 'LatitudeTemplate')]),
    files: { 'candidates.json': machines(machine('small', 0.1)) },
    run: 'camelc solve shop.camel --candidates candidates.json',
  }),
  'problem/candidate-unknown': entry<{ component: string; attribute: string; candidates: string[] }>({
    severity: 'warning',
    message: ({ component, attribute, candidates }) =>
      `${candidates.length === 1 ? `candidate ${candidates[0]} is` : `${candidates.length} candidates are`} left out for ${component}: ${attribute} unknown${candidates.length === 1 ? '' : ` (${candidates.slice(0, 3).join(', ')}${candidates.length > 3 ? ', …' : ''})`}`,
    explanation: 'A formula uses a property of the candidates that the list does not know for these. What is unknown cannot be compared, so they are left out.',
    example: shopFor('Latitude', [ofWeb('Latitude', 'LatitudeTemplate')]),
    files: { 'candidates.json': machines(machine('small', 0.1), machine('large', 0.4, ', "location": { "id": "north", "latitude": 60 }')) },
    run: 'camelc solve shop.camel --candidates candidates.json',
  }),
  'problem/undefined': entry<{ text: string; examples: string[] }>({
    severity: 'warning',
    message: ({ text, examples }) =>
      `\`${text}\` is undefined, so ${examples.length === 0 ? 'all deployments' : `deployments with ${examples.slice(0, 3).join(' or ')}${examples.length > 3 ? ` (and ${examples.length - 3} more)` : ''}`} are left out`,
    help: () => 'give the formula another value there, such as with `if`, or exclude these with a requirement',
    explanation:
      'What is undefined (0/0, ∞ - ∞, the logarithm of a negative number) has no place in an order, so a deployment for which the objective or a constraint is undefined is not admissible. Some hundred deployments near the solution were looked at: there may be others.',
    example: shopFor('(N - 1) / (N - 1)', [number]),
    run: 'camelc solve shop.camel',
  }),
  'problem/no-decision-left': entry<Record<never, never>>({
    severity: 'hint',
    message: () => 'before the first deployment this part of the formula is the same for every solution',
    help: () => 'give the running deployment with `--current FILE`, or single values of it with `--current NAME=VALUE`',
    explanation:
      "A `current-config` variable is the value in the deployment that runs now. Before there is one, it is the solution's own value, and here it cancels what the solution decides.",
    example: shopFor('N - Was', [number, ofWeb('Was', 'ComponentInstanceTemplate', ' current-config')]),
    run: 'camelc solve shop.camel',
  }),
  'export/not-linear': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `no linear program says this: ${what}`,
    help: () => '`--as minizinc` writes formulas as they are',
    explanation:
      'The formats lp and mps take sums: of parts with one component each, or a function that only rises or only falls with one such sum. Conditions of two components may be anything; those of more must be sums too.',
    example: shop(
      `deployment model D { software Web { requirements S } software Db { requirements S } requirements S { horizontal scale R.Few } } requirement model R { horizontal scale requirement Few [1, 3] optimisation requirement Best { variable M.Utility } } metric model M { variable Webs { ${template('ComponentInstanceTemplate')} component D.Web } variable Dbs { ${template('ComponentInstanceTemplate')} component D.Db } variable Utility { ${template('UtilityTemplate')} formula 'Webs * Dbs' } }`,
    ),
    run: 'camelc problem shop.camel --as lp',
  }),
  'export/too-many-kinds': entry<{ cap: number }>({
    severity: 'error',
    message: ({ cap }) => `there are more than ${cap} kinds of host, candidates with what may stand on them, too many to write down`,
    help: () => '`--as json` writes every problem; `camelc solve` makes the kinds that it needs as it goes',
    explanation: 'The exports of shared placement list every useful combination of a candidate and the instances on it, so that solvers only count hosts.',
    example: shop(
      'deployment model D { placement shared global requirements S requirements S { horizontal scale R.Many } software A { coInstanceHosting } software B { coInstanceHosting } software C { coInstanceHosting } } requirement model R { horizontal scale requirement Many [1, 99] }',
    ),
    run: 'camelc problem shop.camel --as lp',
  }),
  'export/not-expressible': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `MiniZinc cannot be told this: ${what}`,
    help: () => '`--as json` writes every problem',
    explanation:
      'MiniZinc models have finite numbers and the usual functions. What may be infinite or undefined there, and functions that it lacks over several components, cannot be written.',
    example: shop(
      `deployment model D { software Web { requirements S } software Db { requirements S } requirements S { horizontal scale R.Few } } requirement model R { horizontal scale requirement Few [1, 3] optimisation requirement Best { variable M.Utility } } metric model M { variable Webs { ${template('ComponentInstanceTemplate')} component D.Web } variable Dbs { ${template('ComponentInstanceTemplate')} component D.Db } variable Utility { ${template('UtilityTemplate')} formula 'std(Webs, Dbs)' } }`,
    ),
    run: 'camelc problem shop.camel --as minizinc',
  }),
} satisfies Record<string, Entry<never>>;
