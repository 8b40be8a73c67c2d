// The slot model of the literature in MiniZinc: which component stands on which of some machine slots, and which offer each slot has. Every peer does it so.

/**
 * @param {object} problem of shared placement, with separations by host and linear constraints over cardinalities
 * @param {number} slots how many machines there may be
 * @param {{ component: string, slot: number }[]} fixed components that exclude each other, each on a slot of its own (the breaker FV)
 */
export function slotModel(problem, slots, fixed = []) {
  const { components, candidates, separations, alternatives, constraints, formulas } = problem;
  const at = new Map(components.map((c, i) => [c.name, i + 1]));
  const offers = [...candidates].sort((a, b) => a.price - b.price);
  const list = (values) => `[${values.join(', ')}]`;
  const withNone = (name, values) => `array[0..O] of int: ${name} = array1d(0..O, ${list([0, ...values])});`;
  const apart = separations.flatMap(({ components: some, from }) => some.flatMap((a, i) => (from ?? some.slice(i + 1)).filter((b) => b !== a).map((b) => [at.get(a), at.get(b)])));
  const number = (term) => {
    switch (term.kind) {
      case 'number':
        return `${term.value}`;
      case 'decision':
        return `${term.factor} * N[${at.get(term.component)}]`;
      case 'formula':
        return number(formulas[term.id].term);
      case 'operator':
        return term.operator === 'neg' ? `-(${number(term.operands[0])})` : `(${number(term.operands[0])} ${term.operator} ${number(term.operands[1])})`;
    }
    throw new Error(`the slot model has no ${term.kind}`);
  };
  const deployed = (name) => `bool2int(N[${at.get(name)}] > 0)`;
  return [
    `int: M = ${slots}; int: O = ${offers.length}; set of int: C = 1..${components.length};`,
    withNone(
      'price',
      offers.map((o) => o.price),
    ),
    ...['cores', 'memory', 'storage'].flatMap((resource) => [
      withNone(
        resource,
        offers.map((o) => o.allocatable[resource]),
      ),
      `array[C] of int: demand_${resource} = ${list(components.map((c) => c.demands[resource] ?? 0))};`,
    ]),
    'array[C, 1..M] of var 0..1: on; array[1..M] of var 0..O: offer; array[1..M] of var 0..max(price): cost; array[C] of var 0..M: N;',
    'constraint forall(c in C)(N[c] = sum(k in 1..M)(on[c, k]));',
    'constraint forall(k in 1..M)(cost[k] = price[offer[k]]);',
    ...['cores', 'memory', 'storage'].map((r) => `constraint forall(k in 1..M)(sum(c in C)(on[c, k] * demand_${r}[c]) <= ${r}[offer[k]]);`),
    ...components.map(({ minimum, maximum, name }) => {
      const optional = alternatives.some((a) => a.components.includes(name));
      return `constraint ${optional ? `N[${at.get(name)}] = 0 \\/ ` : ''}N[${at.get(name)}] in ${minimum}..${maximum ?? slots};`;
    }),
    ...apart.map(([a, b]) => `constraint forall(k in 1..M)(on[${a}, k] + on[${b}, k] <= 1);`),
    ...alternatives.map((a) => `constraint ${a.components.map(deployed).join(' + ')} = 1;`),
    ...constraints.map(({ condition: { term, operator, threshold } }) => `constraint ${number(term)} ${operator} ${threshold};`),
    ...components
      .filter((c) => c.everywhere)
      .flatMap(({ name }) => {
        const c = at.get(name);
        const strangers = apart.flatMap(([a, b]) => (a === c ? [b] : b === c ? [a] : []));
        const others = components.flatMap((o, i) => (o.everywhere ? [] : [i + 1]));
        return [
          `constraint forall(k in 1..M)(on[${c}, k] = bool2int(offer[k] > 0${strangers.map((s) => ` /\\ on[${s}, k] = 0`).join('')}));`,
          `constraint forall(k in 1..M)(offer[k] > 0 -> ${others.map((o) => `on[${o}, k]`).join(' + ')} >= 1);`,
        ];
      }),
    ...fixed.map(({ component, slot }) => `constraint on[${at.get(component)}, ${slot}] = 1;`),
    // The breaker PR: slots that are alike go by price.
    `constraint forall(k in ${fixed.length + 1}..M - 1)(cost[k] >= cost[k + 1]);`,
    'solve :: seq_search([int_search(array1d(on), input_order, indomain_max), int_search(offer, input_order, indomain_min)]) minimize sum(cost);',
    'output ["cost = \\(sum(cost))\\n"];',
    '',
  ].join('\n');
}
