/** Small models as text, each with a list of machines, and what they mean as the pages of the language say it. */
import { chain, grouped, number, part, type Formula, type Machine, type World } from './random-formula.js';
import { candidatesText, randomMachines } from './random-machines.js';
import type { Random } from './random.js';

export interface Condition {
  holds(world: World): boolean | undefined;
  facts: readonly string[];
}

export interface Model {
  text: string;
  candidates: string;
  metrics: Record<string, number>;
  currentValues: Record<string, number>;
  machines: Machine[];
  components: { name: string; fits: (m: Machine) => boolean; asks: readonly Fact[]; minimum: number; maximum: number }[];
  /** All of them bind. */
  conditions: Condition[];
  objectives: { formula: Formula; priority: number; minimise: boolean }[];
  alternative?: string[];
  /** The first needs the second. */
  needs?: [string, string];
}

type Fact = 'cores' | 'memory' | 'country' | 'family';

interface Requirement {
  kind: 'resource' | 'provider' | 'location' | 'os';
  body: string;
  fits: (m: Machine) => boolean;
  asks: readonly Fact[];
}

const hardware = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing';
const units = 'UnitTemplateCamelModel.UnitTemplateModel';
const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

function requirement(kind: Requirement['kind'], name: string, r: Random): Requirement & { text: string } {
  const make = (body: string, fits: Requirement['fits'], asks: readonly Fact[] = []): Requirement & { text: string } => ({
    kind,
    body,
    fits,
    asks,
    text: `${kind} requirement ${name} ${body}`,
  });
  switch (kind) {
    case 'resource': {
      const least = r.of([1, 1, 2, 4]);
      const gigabytes = r.of([1, 2]);
      const strict = r.chance(0.3);
      const cores = r.chance(0.5)
        ? `attribute c [${hardware}.CPU.hasNumberofCores] : ${strict ? '(' : '['}int ${least}${r.chance(0.5) ? ', int 100]' : ''}`
        : `attribute c [${hardware}.CPU.hasMinNumberofCores] : int ${least}`;
      const open = cores.includes(': (');
      const memory = r.chance(0.5)
        ? `attribute m [${hardware}.RAM.TotalMemory.totalMemoryHasMin] : int ${gigabytes * 1024}`
        : `attribute m [${hardware}.RAM.TotalMemory] : [int ${gigabytes} ${units}.GigaBytes`;
      const withMemory = r.chance(0.5);
      return make(
        `{ feature f { ${cores} ${withMemory ? memory : ''} } }`,
        (m) => m.cores !== undefined && (open ? m.cores > least : m.cores >= least) && (!withMemory || (m.memory !== undefined && m.memory >= gigabytes * 1024)),
        withMemory ? ['cores', 'memory'] : ['cores'],
      );
    }
    case 'provider': {
      const names = r.chance(0.6) ? r.of([['aws'], ['aws', 'ovh'], ['AWS']]) : undefined;
      const type = r.of(['public', 'private', names ? 'any' : 'public']);
      return make(
        `{ ${names ? `provider names [${names.map((n) => `'${n}'`).join(', ')}]` : ''} ${type ? `cloud type ${type}` : ''} }`,
        (m) => (!names || names.includes(m.provider)) && (!type || type === 'any' || m.cloudType === type),
      );
    }
    case 'location': {
      const [region, countries] = r.of([
        ['Locations.EU', ['DE', 'FR']],
        ['Locations.DE', ['DE']],
        ['Own.Home', ['FR', 'US']],
      ] as const);
      return make(`[${region}]`, (m) => m.country !== undefined && (countries as readonly string[]).includes(m.country), ['country']);
    }
    case 'os': {
      const bits64 = r.chance(0.4);
      return make(
        `{ os '${r.of(['Ubuntu', 'UBUNTU', 'ubuntu'])}' ${bits64 ? '64os' : ''} }`,
        (m) => m.family === 'ubuntu' && (!bits64 || m.architecture === 'amd64' || m.architecture === 'arm64'),
        ['family'],
      );
    }
  }
}

const kinds = ['resource', 'provider', 'location', 'os'] as const;
const comparisons = ['<', '<=', '>', '>=', '==', '<>'] as const;

/** As constraints compare: with the tolerance, strict ones without. */
function compare(value: number, operator: (typeof comparisons)[number], threshold: number): boolean | undefined {
  if (Number.isNaN(value)) return undefined;
  const slack = 1e-9 * Math.max(1, Math.abs(threshold));
  switch (operator) {
    case '<':
      return value < threshold;
    case '>':
      return value > threshold;
    case '<>':
      return value !== threshold;
    case '<=':
      return value <= threshold + slack;
    case '>=':
      return value >= threshold - slack;
    case '==':
      return Math.abs(value - threshold) <= slack;
  }
}

export function randomModel(r: Random): Model {
  const names = r.shuffled(['Web', 'Backend', 'Db']).slice(0, 2 + r.below(2));
  const list = randomMachines(r);
  const requirements: string[] = [];
  const sets: string[] = [];

  // ── Requirement sets: of a configuration, of the component, global; each kind counts as a whole from the first that says it.
  interface Set {
    byKind: Partial<Record<(typeof kinds)[number], Requirement>>;
    scale?: [number, number];
    body: string;
  }
  const makeSet = (owner: string, share: number): Set => {
    const set: Set = { byKind: {}, body: '' };
    // A set that requires nothing is an error.
    const some = kinds.filter(() => r.chance(share));
    for (const kind of some.length ? some : [r.of(kinds)]) {
      const made = requirement(kind, `${owner}_${kind}`, r);
      set.byKind[kind] = made;
      requirements.push(made.text);
      set.body += `${kind} Reqs.${owner}_${kind} `;
    }
    if (r.chance(Math.max(0.6, share))) {
      const minimum = r.of([0, 1, 1, 2]);
      set.scale = [minimum, Math.max(1, minimum) + r.below(3)];
      requirements.push(`horizontal scale requirement ${owner}_scale [${set.scale.join(', ')}]`);
      set.body += `horizontal scale Reqs.${owner}_scale `;
    }
    return set;
  };
  const global = r.chance(0.4) ? makeSet('Global', 0.2) : undefined;
  if (global) sets.push('global requirements GlobalSet', `requirements GlobalSet { ${global.body} }`);
  const software: string[] = [];
  const components = names.map((name): Model['components'][number] => {
    const own = makeSet(name, 0.2);
    const configured = r.chance(0.2) ? makeSet(`${name}Conf`, 0.25) : undefined;
    sets.push(`requirements ${name}Set { ${own.body} }`);
    const configuration = `container configuration ${name}Conf { image 'example/${name.toLowerCase()}:1' ${configured ? `requirements ${name}ConfSet { ${configured.body} }` : ''} }`;
    software.push(`software ${name} { requirements ${name}Set PORTS_${name} ${configuration} }`);
    const inOrder = [configured, own, global].filter((s) => s !== undefined);
    const effective = kinds.map((kind) => inOrder.map((s) => s.byKind[kind]).find((q) => q !== undefined)).filter((q) => q !== undefined);
    const [minimum, maximum] = inOrder.map((s) => s.scale).find((s) => s !== undefined) ?? [1, 1];
    return { name, minimum, maximum, fits: (m) => effective.every((q) => q.fits(m)), asks: effective.flatMap((q) => q.asks) };
  });

  // ── Variables
  const declared: string[] = [];
  const variables: Record<string, Formula> = {};
  const currentValues: Record<string, number> = {};
  const declare = (name: string, body: string, value: Formula['value'], facts: readonly string[] = []): Formula => {
    declared.push(`variable ${name} { ${body} }`);
    return (variables[name] = { text: name, value, facts });
  };
  const asFormula = (name: string, formula: Formula): Formula => declare(name, `template ${templates}.UtilityTemplate formula '${formula.text}'`, formula.value, formula.facts);
  for (const name of names) {
    const of = (template: string, more = ''): string => `template ${templates}.${template} component Topology.${name} ${more}`;
    const fact =
      (get: (m: Machine) => number | undefined, factor = 1): Formula['value'] =>
      (w) =>
        w.chosen[name]!.machine ? get(w.chosen[name]!.machine)! * factor : 0;
    const count = (w: World): number => w.chosen[name]!.number;
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
    declare(`${name}Prices`, of('CostTemplateEuros', 'on candidates'), () => NaN);
    const earlier = r.chance(0.5) ? r.below(4) : undefined;
    if (earlier !== undefined) currentValues[`${name}Earlier`] = earlier;
    declare(`${name}Earlier`, of('ComponentInstanceTemplate', 'current-config'), (w) => earlier ?? count(w));
  }
  const cost = (w: World): number => names.reduce((sum, n) => sum + w.chosen[n]!.number * (w.chosen[n]!.machine?.price ?? 0), 0);
  const totalCost = declare('TotalCost', `template ${templates}.CostTemplateEuros`, cost);
  const hosts = declare('Hosts', `template ${templates}.ComponentInstanceTemplate`, (w) => names.reduce((sum, n) => sum + w.chosen[n]!.number, 0));

  // ── Metrics: `Load` is raw, `Average` is its mean unless it is given itself, and nobody ever gives `Unknown`.
  const metrics: Record<string, number> = { Load: r.of([1, 2, 5]) };
  if (r.chance(0.3)) metrics['Average'] = 3;
  const average: Formula = { text: 'Average', value: () => metrics['Average'] ?? metrics['Load']!, facts: [] };

  // ── Objectives
  const oneSum = (): Formula => {
    const parts = Array.from({ length: 1 + r.below(3) }, () => part(r.of(names), variables, r));
    const [first, ...rest] = [...(r.chance(0.3) ? [chain(average, ['*', variables[`${r.of(names)}Number`]!])] : []), ...parts];
    return chain(first!, ...rest.map((f) => [r.of(['+', '-']), grouped(f)] as const));
  };
  const oneGoal = (): Formula => {
    switch (r.below(6)) {
      case 0:
        return chain(number(1), ['/', grouped(chain(number(1), ['+', totalCost]))]);
      case 1:
        return chain(number(1), ['/', totalCost]);
      case 2:
        return r.chance(0.5) ? hosts : totalCost;
      default:
        return oneSum();
    }
  };
  const objectives = Array.from({ length: r.of([0, 1, 1, 1, 2, 3]) }, (_, i) => ({
    formula: asFormula(`Goal${i}`, oneGoal()),
    priority: r.of([1, 2, 2.5]),
    minimise: r.chance(0.3),
  }));
  objectives.forEach(({ priority, minimise }, i) =>
    requirements.push(`optimisation requirement Aim${i} { variable Metrics.Goal${i} priority ${priority} ${minimise ? 'minimise' : ''} }`),
  );

  // ── Constraints
  const constraints: string[] = [];
  const conditions: Condition[] = [];
  let written = 0;
  const comparing = (formula: Formula, operator: (typeof comparisons)[number], threshold: number): Condition & { text: string; name: string } => {
    const name = `Bound${written++}`;
    const { facts, value } = asFormula(`Of${name}`, formula);
    return { name, text: `variable constraint ${name} : Metrics.Of${name} ${operator} ${threshold}`, facts, holds: (w) => compare(value(w), operator, threshold) };
  };
  /** Over whole numbers, so that strict comparisons mean the same in every order of summing. */
  const aboutOne = (name: string): Condition & { text: string; name: string } =>
    r.chance(0.5)
      ? comparing(chain(variables[`${name}Number`]!, ['*', average]), r.of(comparisons), r.below(8))
      : comparing(chain(variables[`${name}Cores`]!, ['*', variables[`${name}Number`]!]), r.of(['<', '<=', '>', '>=', '<>'] as const), r.below(9));
  for (let i = r.of([0, 0, 0, 1, 1, 2]); i > 0; i--) {
    const name = r.of(names);
    switch (r.below(7)) {
      case 0:
      case 1: {
        const one = aboutOne(name);
        constraints.push(one.text);
        conditions.push(one);
        break;
      }
      case 2: {
        const [first, ...rest] = names.map((n) => chain(number(r.of([1, 2, -1, -3])), ['*', variables[`${n}Number`]!]));
        const one = comparing(chain(first!, ...rest.map((f) => ['+', f] as const)), r.of(comparisons), r.below(6) - 2);
        constraints.push(one.text);
        conditions.push(one);
        break;
      }
      case 3: {
        const one = comparing(totalCost, r.of(['<=', '<'] as const), r.of([0.33, 0.77, 1.9]));
        constraints.push(one.text);
        conditions.push(one);
        break;
      }
      case 4: {
        // Parts hold only through the whole.
        const [a, b] = [aboutOne(name), aboutOne(name)];
        const operator = r.of(['and', 'or', 'xor'] as const);
        const nested = r.chance(0.5);
        constraints.push(
          ...(nested ? [] : [a.text, b.text]),
          `logical constraint Both${i} : ${operator} (${nested ? `${a.text}, ${b.text}` : `Rules.${a.name}, Rules.${b.name}`})`,
        );
        conditions.push({
          facts: [...a.facts, ...b.facts],
          holds: (w) => {
            const [x, y] = [a.holds(w), b.holds(w)];
            return x === undefined || y === undefined ? undefined : operator === 'and' ? x && y : operator === 'or' ? x || y : x !== y;
          },
        });
        break;
      }
      case 5: {
        const [premise, then, otherwise] = [aboutOne(name), aboutOne(name), r.chance(0.5) ? aboutOne(name) : undefined];
        constraints.push(`if constraint If${i} : if { ${premise.text} } then { ${then.text} } ${otherwise ? `else { ${otherwise.text} }` : ''}`);
        conditions.push({
          facts: [...premise.facts, ...then.facts, ...(otherwise?.facts ?? [])],
          holds: (w) => {
            const given = premise.holds(w);
            return given === undefined ? undefined : given ? then.holds(w) : otherwise ? otherwise.holds(w) : true;
          },
        });
        break;
      }
      default: {
        // What an SLO is made of never binds; a metric constraint binds when its metrics are given.
        const one = aboutOne(name);
        constraints.push(one.text, `metric constraint Unmeasured${i} : [Metrics.UnknownContext] > 3.0`);
        requirements.push(`slo Slo${i} constraint Rules.${one.name}`);
        if (r.chance(0.2)) {
          const threshold = r.of([0, 4]);
          constraints.push(`metric constraint Measured${i} : [Metrics.AverageContext] > ${threshold}.0`);
          conditions.push({ facts: [], holds: (w) => average.value(w) > threshold });
        }
      }
    }
  }

  // ── Structure
  const alternative = names.length === 3 && r.chance(0.15) ? [names[0]!, names[1]!] : undefined;
  const needs: [string, string] | undefined = r.chance(0.3) ? [names[0]!, names[1]!] : undefined;
  const topology = [
    ...software.map((s, i) =>
      s.replace(
        `PORTS_${names[i]!}`,
        needs?.[0] === names[i] ? 'required communication Ask port 1 mandatory' : needs?.[1] === names[i] ? 'provided communication Answer port 1' : '',
      ),
    ),
    ...sets,
    ...(needs ? [`communication Talk from ${needs[0]}.Ask to ${needs[1]}.Answer`] : []),
    ...(alternative ? [`alternative Either { software [${alternative.join(', ')}] }`] : []),
  ];
  const block = (head: string, lines: readonly string[]): string => `  ${head} {\n${lines.map((l) => `    ${l}\n`).join('')}  }\n`;
  const text = [
    'camel model Random {\n',
    block('deployment model Topology', topology),
    block('requirement model Reqs', requirements),
    block('metric model Metrics', [
      ...declared,
      `raw metric Load { template ${templates}.ResponseTimeTemplate } raw metric Unknown { template ${templates}.ResponseTimeTemplate }`,
      `composite metric Average { template ${templates}.ResponseTimeTemplate formula 'mean(Load)' }`,
      "sensor Probe { config 'x' } raw metric context UnknownContext { metric Unknown sensor Metrics.Probe } composite metric context AverageContext { metric Average }",
    ]),
    block('constraint model Rules', constraints),
    block('location model Own', ['region Home { name Home }', 'region US { name US parents [Own.Home] } region FR { name FR parents [Own.Home] }']),
    '}\n',
  ].join('');
  return { text, candidates: candidatesText(list), metrics, currentValues, machines: list, components, conditions, objectives, alternative, needs };
}
