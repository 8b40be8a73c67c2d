import { entry, type Entry } from '../entry.js';

/** From application and candidates to the constraint problem. */
export const problem = {
  'problem/unknown-name': entry<{ option: string; name: string; suggestion?: string }>({
    severity: 'error',
    exit: 64,
    message: ({ option, name }) => `${option} ${name}: the model has no metric or variable of that name`,
    help: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : undefined),
    explanation: 'A value given with the run names a metric or metric variable of the model, bare (`AvgResponseTime`) or qualified (`AppMetrics.AvgResponseTime`).',
    example: 'camelc solve shop.camel --metric AvgResponsTime=80',
  }),
  'problem/ambiguous-name': entry<{ option: string; name: string; ids: string[] }>({
    severity: 'error',
    exit: 64,
    message: ({ option, name, ids }) => `${option} ${name}: several have that name, ${ids.map((id) => `\`${id}\``).join(' and ')}`,
    help: ({ ids }) => `give the qualified name, such as \`${ids[0]}\``,
    explanation: 'A bare name given with the run must be that of one metric or variable of the model.',
  }),
  'problem/decided': entry<{ option: string; name: string; current: boolean }>({
    severity: 'error',
    exit: 64,
    message: ({ option, name }) => `${option} ${name}: this variable is decided by the solution and cannot be given`,
    help: ({ name, current }) =>
      current ? `its value in the running deployment is given with \`--current ${name}=VALUE\`` : 'bound it with a variable constraint in the model instead',
    explanation:
      'Metrics, and variables that mean neither a property of a candidate nor a number of instances, are given with the run. Decision variables are what the solver looks for.',
  }),
  'problem/not-current': entry<{ name: string }>({
    severity: 'error',
    exit: 64,
    message: ({ name }) => `--current ${name}: this variable is not one of the running deployment`,
    help: () => 'mark it `current-config` in the model; metrics are given with `--metric NAME=VALUE`',
    explanation: '`--current` gives the value that a `current-config` variable has in the deployment that runs now.',
  }),
  'problem/metric-missing': entry<{ name: string; option: '--metric' | '--current' }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` has no value: nobody gives it and it has no formula`,
    help: ({ name, option }) => `give it with \`${option} ${name}=VALUE\``,
    explanation:
      'A formula that the objective or a binding constraint needs uses this metric. Metrics are measured while the application runs, so their values come with the run: `--metric NAME=VALUE`, or a metrics file.',
    example: 'camelc solve shop.camel --metric AvgResponseTime=80',
  }),
  'problem/constraint-open': entry<{ constraint: string; metrics: string[] }>({
    severity: 'hint',
    message: ({ constraint, metrics }) =>
      `the metric constraint \`${constraint}\` does not bind: ${metrics.map((m) => `\`${m}\``).join(', ')} ${metrics.length === 1 ? 'has' : 'have'} no value`,
    help: ({ metrics }) => `with \`--metric ${metrics[0]}=VALUE\` it would`,
    explanation: 'A metric constraint binds the solution when all its metrics are given or decided. Until then it is left out.',
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
  }),
  'problem/hardware-in-shared-placement': entry<{ name: string; component: string }>({
    severity: 'error',
    message: ({ name, component }) => `\`${name}\` has no single value: with \`placement shared\` the instances of ${component} may stand on different candidates`,
    help: () => 'use cardinalities and the total cost (a cost variable without component), or `placement dedicated`',
    explanation: 'In shared placement a component has no candidate of its own, so a formula cannot speak of its cores, memory, storage, coordinates or price.',
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
  }),
  'problem/candidate-unknown': entry<{ component: string; attribute: string; candidates: string[] }>({
    severity: 'warning',
    message: ({ component, attribute, candidates }) =>
      `${candidates.length === 1 ? `candidate ${candidates[0]} is` : `${candidates.length} candidates are`} left out for ${component}: ${attribute} unknown${candidates.length === 1 ? '' : ` (${candidates.slice(0, 3).join(', ')}${candidates.length > 3 ? ', …' : ''})`}`,
    explanation: 'A formula uses a property of the candidates that the list does not know for these. What is unknown cannot be compared, so they are left out.',
  }),
  'problem/no-decision-left': entry<Record<never, never>>({
    severity: 'hint',
    message: () => 'before the first deployment this part of the formula is the same for every solution',
    help: () => 'give the values of the running deployment with `--current NAME=VALUE`',
    explanation:
      "A `current-config` variable is the value in the deployment that runs now. Before there is one, it is the solution's own value, and here it cancels what the solution decides.",
  }),
  'problem/not-supported-yet': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `not yet supported: ${what}`,
    explanation:
      'The solver is exact for objectives and constraints that are sums of parts with one component each, and for monotone functions of one such sum (`1/(A*B + C*D)`). What couples components otherwise is refused rather than answered by guess.',
  }),
} satisfies Record<string, Entry<never>>;
