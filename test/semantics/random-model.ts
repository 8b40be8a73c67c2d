/** Small models as text, each with a list of machines, and what they mean as the pages of the language say it. */
import { binary, named, number, type Formula, type World } from './formula.js';
import { randomUtility, type Vocabulary } from './random-formula.js';
import { candidatesText, randomMachines, type Machine } from './random-machines.js';
import { alternativeText, randomPlacementRule, type Alternative, type Need, type PlacementRule } from './random-placement.js';
import { randomRunning, type Running } from './random-running.js';
import { effective, randomSet, type Bound } from './random-requirements.js';
import { comparing, randomRule, type Condition, type RuleWriter } from './random-rules.js';
import { randomVariables, templates, usedNames } from './random-variables.js';
import type { Random } from './random.js';
import { userFunctions } from './user-functions.js';

/** How much there is of everything, so that a model that fails can be made smaller. */
export interface Size {
  placement: 'dedicated' | 'shared';
  components: number;
  machines: number;
  /** By how much a cardinality may vary. */
  width: number;
  objectives: number;
  constraints: number;
  rules: number;
  /** Whether something runs already. */
  running: boolean;
}

export interface Component {
  name: string;
  /** What its machines must be. */
  bounds: Bound[];
  /** What an instance takes of a host that it shares. */
  demands: { cores?: number; memory?: number };
  minimum: number;
  maximum: number;
  /** The horizontal scale requirement that says so. */
  scale?: string;
  coInstanceHosting: boolean;
  everywhere: boolean;
  /** Ids of the only machines that it may use: it is unmoveable, and runs on them. */
  stays?: string[];
}

export interface Objective {
  name: string;
  formula: Formula;
  priority: number;
  minimise: boolean;
}

export interface Model {
  size: Size;
  text: string;
  candidates: string;
  metrics: Record<string, number>;
  currentValues: Record<string, number>;
  machines: Machine[];
  /** In source order. */
  components: Component[];
  conditions: Condition[];
  objectives: Objective[];
  placementRules: PlacementRule[];
  alternatives: Alternative[];
  needs: Need[];
  running?: Running;
  /** Some number of instances has no maximum: there may be better deployments than those that are compared. */
  open: boolean;
  /** What the model does that is an error. */
  error?: string;
  features: ReadonlySet<string>;
}

const unmoveableAnnotation = '[MetaDataModel.MELODICMetadataSchema.UtilityNotions.UtilityRelatedProperties.Unmoveable]';
/** The greatest cardinality where a constraint alone says it, or only cost. */
const cap = 3;

export function randomModel(size: Size, r: Random): Model {
  const { placement } = size;
  const features = new Set<string>();
  const note = (feature: string): void => void features.add(feature);
  const names = r.part(1).shuffled(['Web', 'Backend', 'Db']).slice(0, size.components);
  const machines = randomMachines(r.part(2), size.machines);
  if (machines.some((m) => m.limit !== undefined)) note('limit');

  // ── Components and what they require
  const requirements: string[] = [];
  const sets: string[] = [];
  const s = r.part(3);
  const share = 0.06;
  const global = s.chance(0.3) ? randomSet('Global', share, size.width, s, requirements) : undefined;
  if (global) sets.push('global requirements GlobalSet', `requirements GlobalSet { ${global.body} }`);
  const everywhere = placement === 'shared' && names.length > 1 && s.chance(0.3) ? s.of(names) : undefined;
  if (everywhere !== undefined) note('everywhere');
  const running = size.running ? randomRunning(names, everywhere, machines, placement, r.part(9)) : undefined;
  if (running) note('running');
  if (running && running.minGain > 0) note('minimum gain');
  const software: string[] = [];
  const unbounded: string[] = [];
  const components = names.map((name, i): Component => {
    const c = r.part(10 + i);
    const own = randomSet(name, share, size.width, c, requirements);
    const configured = c.chance(0.15) ? randomSet(`${name}Conf`, 0.12, size.width, c, requirements) : undefined;
    sets.push(`requirements ${name}Set { ${own.body} }`);
    const coInstanceHosting = placement === 'shared' && name !== everywhere && c.chance(0.25);
    if (coInstanceHosting) note('coInstanceHosting');
    const unmoveable = c.chance(0.25);
    const stays = unmoveable ? running?.of(name).map((k) => k.machine) : undefined;
    if (stays?.length) note('unmoveable');
    const configuration = `container configuration ${name}Conf { image 'example/${name.toLowerCase()}:1' ${configured ? `requirements ${name}ConfSet { ${configured.body} }` : ''} }`;
    software.push(
      `software ${name} { ${unmoveable ? unmoveableAnnotation : ''} requirements ${name}Set PORTS_${name} ${configuration} ${name === everywhere ? 'everywhere' : ''} ${coInstanceHosting ? 'coInstanceHosting' : ''} }`,
    );
    const { bounds, demands, scale } = effective([configured, own, global].filter((set) => set !== undefined));
    if (scale?.maximum === null) unbounded.push(name);
    const [minimum, maximum] = scale ? [scale.minimum, scale.maximum ?? Infinity] : name === everywhere ? [0, Infinity] : [1, 1];
    return { name, bounds, demands, minimum, maximum, scale: scale?.name, coInstanceHosting, everywhere: name === everywhere, ...(stays?.length && { stays }) };
  });

  // ── Variables
  const v = r.part(4);
  const { declared, variables, currentValues, declare, cost, hosts } = randomVariables(names, running, v);

  // ── Metrics: `Load` is raw, `Average` is its mean unless it is given itself, and nobody ever gives `Unknown`.
  const metrics: Record<string, number> = { Load: v.of([1, 2, 5]) };
  if (v.chance(0.3)) metrics['Average'] = 3;
  const average = named('Average', () => metrics['Average'] ?? metrics['Load']!, [metrics['Average'] === undefined ? 'metric Load' : 'metric Average']);

  let written = 0;
  const vocabulary: Vocabulary = {
    components: names,
    variables,
    hardware: placement === 'dedicated' ? ['Price', 'Price', 'Cores', 'Memory', 'Latitude', 'Longitude'] : [],
    cost,
    hosts,
    average,
    userFunctions,
    asVariable: ({ text, value, facts }) => declare(`Part${written++}`, `template ${templates}.UtilityTemplate formula '${text}'`, value, facts),
    note,
  };

  // ── Objectives
  const objectives = Array.from({ length: size.objectives }, (_, i): Objective => {
    const o = r.part(30 + i);
    const variable = vocabulary.asVariable(randomUtility(vocabulary, o));
    const objective = { name: `Aim${i}`, formula: variable, priority: o.of([1, 2, 2.5]), minimise: o.chance(0.3) };
    requirements.push(`optimisation requirement Aim${i} { variable Metrics.${variable.text} priority ${objective.priority} ${objective.minimise ? 'minimise' : ''} }`);
    return objective;
  });
  if (objectives.length === 0) note('no objective');
  if (objectives.some((o) => o.minimise)) note('minimise');
  const priorities = new Set(objectives.map((o) => o.priority)).size;
  if (priorities > 1) note('several levels');
  if (priorities < objectives.length) note('equal priorities');

  // ── Constraints
  const constraints: string[] = [];
  const conditions: Condition[] = [];
  const writer: RuleWriter = { vocabulary, witness: witness(components, machines, r.part(5)), fresh: () => `Bound${written++}` };
  const bind = (rule: Condition & { text: string; beside: readonly string[] }): void => {
    constraints.push(...rule.beside, rule.text);
    conditions.push(rule);
  };
  for (let i = 0; i < size.constraints; i++) bind(randomRule(writer, r.part(40 + i)));
  // Without a utility cost alone may bound a number, as long as no constraint asks for more.
  const open = unbounded.length > 0 && objectives.length === 0 && r.part(5).chance(0.7);
  if (unbounded.length > 0) note('unbounded');
  for (const name of open ? [] : unbounded) {
    bind(comparing(writer, variables[`${name}Number`]!, '<=', cap, `Cap${name}`));
  }
  const m = r.part(6);
  if (m.chance(0.15)) {
    // What an SLO is made of never binds; a metric constraint binds when its metrics are given.
    const slo = comparing(writer, variables[`${names[0]!}Number`]!, '>', 50);
    constraints.push(slo.text, 'metric constraint Unmeasured : [Metrics.UnknownContext] > 3.0');
    requirements.push(`slo Slo constraint Rules.${slo.name}`);
    if (m.chance(0.3)) {
      const threshold = m.of([0, 0, 4]);
      constraints.push(`metric constraint Measured : [Metrics.AverageContext] > ${threshold}.0`);
      conditions.push({ name: 'Measured', facts: average.facts, holds: (w) => average.value(w) > threshold });
    }
  }

  // ── Structure
  const rules = Array.from({ length: names.length > 1 || r.part(7).chance(0.3) ? size.rules : 0 }, (_, i) =>
    randomPlacementRule(`Rule${i}`, names, placement, everywhere, r.part(50 + i)),
  );
  for (const rule of rules) {
    note(rule.kind);
    note(`same ${rule.level}`);
    if (rule.relaxed) note('relaxed');
    if (rule.from) note('separation from');
    if (rule.components.length === 1 && !rule.from) note('separation of one');
  }
  const a = r.part(8);
  const possible = names.filter((n) => n !== everywhere);
  const alternatives: Alternative[] = possible.length > 1 && a.chance(0.15) ? [{ name: 'Either', components: a.shuffled(possible).slice(0, a.of([2, 2, 3])) }] : [];
  if (alternatives.length > 0) note('alternative');
  const needs: Need[] = names.length > 1 && a.chance(0.2) ? [{ component: names[0]!, port: 'Ask', providers: names.slice(1, a.of([2, 3])) }] : [];
  if (needs.length > 0) note('port');
  const portsOf = (name: string): string =>
    needs
      .map(({ component, port, providers }) =>
        name === component ? `required communication ${port} port 1 mandatory` : providers.includes(name) ? 'provided communication Answer port 1' : '',
      )
      .join('');

  // ── What is an error
  let error: string | undefined;
  if (placement === 'shared' && a.chance(0.08)) {
    error = 'problem/hardware-in-shared-placement';
    const wrong = vocabulary.asVariable(binary(variables[`${names[0]!}Price`]!, '*', number(2)));
    requirements.push(`optimisation requirement Wrong { variable Metrics.${wrong.text} priority 0.5 }`);
  }
  if (placement === 'dedicated' && a.chance(0.08)) {
    error = 'placement/everywhere-dedicated';
    software[0] = software[0]!.replace(/ \}$/, ' everywhere }');
  }

  const topology = [
    ...(placement === 'shared' ? ['placement shared'] : []),
    ...names.map((name, i) => software[i]!.replace(`PORTS_${name}`, portsOf(name))),
    ...sets,
    ...needs.flatMap(({ component, port, providers }) => providers.map((p, i) => `communication Talk${i} from ${component}.${port} to ${p}.Answer`)),
    ...rules.map((rule) => rule.text),
    ...alternatives.map(alternativeText),
  ];
  const used = usedNames(declared, [...requirements, ...constraints]);
  const block = (head: string, lines: readonly string[]): string => `  ${head} {\n${lines.map((l) => `    ${l}\n`).join('')}  }\n`;
  const text = [
    'camel model Random {\n',
    block('deployment model Topology', topology),
    block('requirement model Reqs', requirements),
    block('metric model Metrics', [
      ...declared.filter((d) => used.has(d.name)).map((d) => d.text),
      ...userFunctions.filter(({ name }) => used.has(name)).map(({ declaration }) => declaration),
      `raw metric Load { template ${templates}.ResponseTimeTemplate } raw metric Unknown { template ${templates}.ResponseTimeTemplate }`,
      `composite metric Average { template ${templates}.ResponseTimeTemplate formula 'mean(Load)' }`,
      "sensor Probe { config 'x' } raw metric context UnknownContext { metric Unknown sensor Metrics.Probe } composite metric context AverageContext { metric Average }",
    ]),
    block('constraint model Rules', constraints),
    block('location model Own', ['region Home { name Home }', 'region US { name US parents [Own.Home] } region FR { name FR parents [Own.Home] }']),
    '}\n',
  ].join('');
  return {
    size,
    text,
    candidates: candidatesText(machines),
    metrics,
    currentValues: Object.fromEntries(Object.entries(currentValues).filter(([name]) => used.has(name))),
    machines,
    components: components.map((c) => ({ ...c, maximum: unbounded.includes(c.name) && !c.everywhere ? cap : c.maximum })),
    conditions,
    objectives,
    placementRules: rules,
    alternatives,
    needs,
    running,
    open,
    error,
    features,
  };
}

/** A deployment of machines that fit. */
function witness(components: readonly Component[], machines: readonly Machine[], r: Random): World {
  const fitting = Object.fromEntries(components.map(({ name, bounds }) => [name, machines.filter((m) => bounds.every((b) => b.fits(m)))]));
  const chosen = Object.fromEntries(
    components.map(({ name, minimum, maximum }): [string, World['chosen'][string]] => {
      const machine = r.of(fitting[name]!);
      return [name, { machine, number: machine ? minimum + r.below(Math.min(maximum, minimum + 2) - minimum + 1) : 0 }];
    }),
  );
  const all = Object.values(chosen);
  return { chosen, fitting, cost: all.reduce((sum, c) => sum + c.number * (c.machine?.price ?? 0), 0), hosts: all.reduce((sum, c) => sum + c.number, 0) };
}
