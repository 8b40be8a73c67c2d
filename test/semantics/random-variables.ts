/** The variables of a random model: what they stand for of components and of the whole deployment, as text and as values. */
import { named, type Formula, type World } from './formula.js';
import type { Machine } from './random-machines.js';
import type { Running } from './random-running.js';
import type { Random } from './random.js';

export const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

export interface Variables {
  /** In source order. */
  declared: readonly { name: string; text: string }[];
  /** By name. */
  variables: Readonly<Record<string, Formula>>;
  /** Of `current-config` variables, those that are given. */
  currentValues: Readonly<Record<string, number>>;
  cost: Formula;
  hosts: Formula;
  /** Adds a variable of the type or formula that its body says. */
  declare(name: string, body: string, value: Formula['value'], facts?: readonly string[], list?: Formula['list']): Formula;
}

/** Variables of each component, `<Component><What>`, of cost and of hosts. */
export function randomVariables(names: readonly string[], running: Running | undefined, r: Random): Variables {
  const declared: { name: string; text: string }[] = [];
  const variables: Record<string, Formula> = {};
  const currentValues: Record<string, number> = {};
  const declare = (name: string, body: string, value: Formula['value'], facts: readonly string[] = [], list?: Formula['list']): Formula => {
    declared.push({ name, text: `variable ${name} { ${body} }` });
    return (variables[name] = { ...named(name, value, facts), ...(list && { list }) });
  };
  for (const name of names) {
    const of = (template: string, more = ''): string => `template ${templates}.${template} component Topology.${name} ${more}`;
    const fact =
      (get: (m: Machine) => number | undefined, factor = 1): Formula['value'] =>
      ({ chosen }) => {
        const { machine } = chosen[name]!;
        return machine ? (get(machine) ?? NaN) * factor : 0;
      };
    const count = ({ chosen }: World): number => chosen[name]!.number;
    // One dollar is worth half a euro in these runs; a month has 730 hours.
    const [cost, perEuro] = r.of([
      ['CostTemplateEuros', 1],
      ['CostTemplateEurosPerHour', 1],
      ['CostTemplateEurosPerMonth', 730],
      ['CostTemplateDollarsPerHour', 2],
    ] as const);
    const [memory, perMegabyte] = r.of([
      ['MemoryTemplate', 1],
      ['MemoryTemplateGigaBytes', 1 / 1024],
    ] as const);
    declare(`${name}Number`, of('ComponentInstanceTemplate'), count);
    declare(
      `${name}Price`,
      of(cost),
      fact((m) => m.price, perEuro),
    );
    declare(
      `${name}Cores`,
      of('CoresTemplate'),
      fact((m) => m.cores),
      [`${name}.cores`],
    );
    declare(
      `${name}Memory`,
      of(memory),
      fact((m) => m.memory, perMegabyte),
      [`${name}.memory`],
    );
    declare(
      `${name}Latitude`,
      of('LatitudeTemplate'),
      fact((m) => m.latitude),
      [`${name}.latitude`],
    );
    declare(
      `${name}Longitude`,
      of('LongitudeTemplate'),
      fact((m) => m.longitude),
      [`${name}.longitude`],
    );
    const list =
      (get: (m: Machine) => number): Formula['list'] =>
      (w) =>
        w.fitting[name]!.map(get);
    declare(
      `${name}Prices`,
      of('CostTemplateEuros', 'on candidates'),
      () => NaN,
      [],
      list((m) => m.price),
    );
    declare(
      `${name}AllCores`,
      of('CoresTemplate', 'on candidates'),
      () => NaN,
      [`${name}.cores`],
      list((m) => m.cores!),
    );
    // Given, else as it runs, else, before it does, that of the deployment sought.
    const given = r.chance(running ? 0.1 : 0.5) ? r.below(4) : undefined;
    if (given !== undefined) currentValues[`${name}Earlier`] = given;
    const runs = running?.of(name) ?? [];
    const earlier = given ?? (runs.length > 0 ? runs.reduce((sum, k) => sum + k.number, 0) : undefined);
    declare(`${name}Earlier`, of('ComponentInstanceTemplate', 'current-config'), (w) => earlier ?? count(w));
    const price = (m: Machine): number => m.price;
    const before = running && runs[0] ? running.priceOf(runs[0].machine) : undefined;
    declare(`${name}EarlierPrice`, of('CostTemplateEuros', 'current-config'), before === undefined ? fact(price) : () => before);
  }
  const cost = declare('TotalCost', `template ${templates}.CostTemplateEuros`, (w) => w.cost);
  const hosts = declare('Hosts', `template ${templates}.ComponentInstanceTemplate`, (w) => w.hosts);
  return { declared, variables, currentValues, cost, hosts, declare };
}

/** The names of variables and functions that texts need, directly or through others. */
export function usedNames(declared: readonly { name: string; text: string }[], texts: readonly string[]): Set<string> {
  const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w*/g) ?? [];
  const byName = new Map(declared.map((d) => [d.name, d.text]));
  const used = new Set<string>();
  const open = texts.flatMap(wordsOf);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    open.push(...wordsOf(byName.get(name) ?? ''));
  }
  return used;
}
