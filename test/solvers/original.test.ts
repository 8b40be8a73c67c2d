/** The constraint problems that the original platform generated and solved: our solutions are at least as good in its own utility. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelc, repository } from '../cli/camelc.js';
import { folderWith } from '../folders.js';

const upperware = join(repository, '../shared/corpus/upperware');
const candidates = join(upperware, 'nodeCandidates.json');
const read = (file: string): string => readFileSync(join(upperware, file), 'utf8');

/** What a constraint problem of the original says: its variables with their ranges, its constants, and its solution by variable. */
interface Original {
  cardinalities: { component: string; low: number; high: number; solved: number }[];
  metrics: Record<string, number>;
}

function original(name: string): Original {
  const text = read(`${name}CPModelWithSolution.xmi`);
  const value = (part: string): number => Number(/value="(-?[\d.]+)"/.exec(part)?.[1] ?? 0);
  const solved = [...text.matchAll(/<variableValue variable="\/\/@cpVariables\.(\d+)">\s*<value([^>]*)/g)].map(([, at, part]) => [Number(at), value(part!)] as const);
  const cardinalities = [...text.matchAll(/<cpVariables id="\w+" variableType="(\w+)" componentId="Component_(\w+)">([\s\S]*?)<\/cpVariables>/g)].flatMap(
    ([, type, component, domain], at) => {
      if (type !== 'cardinality') return [];
      const [low, high] = [/<from([^>]*)/, /<to([^>]*)/].map((end) => value(end.exec(domain!)![1]!)) as [number, number];
      return [{ component: component!, low, high, solved: solved.find(([v]) => v === at)![1] }];
    },
  );
  const metrics = Object.fromEntries([...text.matchAll(/<cpMetrics id="(\w+)">\s*<value([^>]*)/g)].map(([, id, part]) => [id!, value(part!)]));
  return { cardinalities, metrics };
}

/** Least and greatest memory of a component. */
function memoryOf(name: string, component: string): [number, number] {
  const bound = (which: string): number => Number(new RegExp(`name="${which}Ram${component}"[\\s\\S]*?value="(\\d+)"`).exec(read(`${name}.xmi`))![1]);
  return [bound('min'), bound('max')];
}

const metadata = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory';
const template = 'MetricTemplateCamelModel.MetricTemplateModel';

/** The original's application as a CAMEL model. Its bounds on cores stay out: with them none of its own candidates fits. */
function model(name: string, { cardinalities, metrics }: Original, utility: string, variables: string): string {
  return `camel model ${name} {
  deployment model D {
    ${cardinalities.map(({ component }) => `software ${component} { requirements ${component}Set } requirements ${component}Set { resource R.${component}Machine horizontal scale R.${component}Scale }`).join('\n    ')}
  }
  requirement model R {
    ${cardinalities.map(({ component, low, high }) => `resource requirement ${component}Machine { attribute ram [${metadata}] : [int ${memoryOf(name, component)[0]}, int ${memoryOf(name, component)[1]}] } horizontal scale requirement ${component}Scale [${low}, ${high}]`).join('\n    ')}
    optimisation requirement Best { variable X.Utility }
  }
  metric model X {
    ${Object.keys(metrics)
      .filter((m) => !variables.includes(`variable ${m} `))
      .map((m) => `raw metric ${m} { template ${template}.ResponseTimeTemplate }`)
      .join('\n    ')}
    ${variables}
    variable Utility { template ${template}.UtilityTemplate formula '${utility}' }
  }
}`;
}

interface Report {
  status: string;
  utility: number;
  components: { name: string; cardinality: number; candidate: { id: string } }[];
}

function solve(text: string, options: string[]): Report {
  const run = camelc(['solve', 'model.camel', '--candidates', candidates, '--format', 'json', ...options], { cwd: folderWith({ 'model.camel': text }) });
  return JSON.parse(run.stdout) as Report;
}

/** The original takes the cheapest candidate that fits. */
function cheapest(name: string, component: string): number {
  const [low, high] = memoryOf(name, component);
  const list = JSON.parse(readFileSync(candidates, 'utf8')) as { price: number; hardware: { ram: number } }[];
  return Math.min(...list.filter((c) => c.hardware.ram >= low && c.hardware.ram <= high).map((c) => c.price));
}

const variable = (name: string, kind: string, component: string, current = false): string =>
  `variable ${name} { template ${template}.${kind} component D.${component}${current ? ' current-config' : ''} }`;

describe.skipIf(!existsSync(upperware))("the original's problems", () => {
  it('FCR: at least as good in its utility, with its constants', () => {
    const problem = original('FCR');
    const formula = /formula="([^"]*AppCardinality[^"]*)"/.exec(read('FCR.xmi'))![1]!;
    const variables = [
      variable('AppCardinality', 'ComponentInstanceTemplate', 'App'),
      variable('AppActCardinality', 'ComponentInstanceTemplate', 'App', true),
      variable('AppPrice', 'CostTemplateEuros', 'App'),
      variable('AppActPrice', 'CostTemplateEuros', 'App', true),
    ].join('\n    ');
    const report = solve(model('FCR', problem, formula, variables), [
      '--current',
      'AppActCardinality=1',
      '--current',
      'AppActPrice=1',
      '--metric',
      `RT_AVG=${problem.metrics.RT_AVG}`,
    ]);
    expect(report.status).toBe('optimal');

    /** The utility, as its formula says. */
    const utility = (AppCardinality: number, AppPrice: number): number => {
      const values = { ...problem.metrics, AppActCardinality: 1, AppActPrice: 1, AppCardinality, AppPrice };
      return Number(new Function(...Object.keys(values), `return ${formula.replaceAll('^', '**')}`)(...Object.values(values)));
    };
    const theirs = utility(problem.cardinalities.find((c) => c.component === 'App')!.solved, cheapest('FCR', 'App'));
    const ours = utility(report.components.find((c) => c.name === 'App')!.cardinality, cheapest('FCR', 'App'));
    expect(ours).toBeGreaterThan(theirs);
    expect(report.utility).toBeCloseTo(ours, 12);
    // No other number of instances is better.
    const { low, high } = problem.cardinalities.find((c) => c.component === 'App')!;
    for (let n = low; n <= high; n++) expect(utility(n, cheapest('FCR', 'App'))).toBeLessThanOrEqual(ours);
  });

  it('TwoComponentApp: at least as good in the utility of models without one', () => {
    const problem = original('TwoComponentApp');
    const parts = problem.cardinalities.map(({ component }) => `${component}Number * ${component}Price`).join(' + ');
    const variables = problem.cardinalities
      .flatMap(({ component }) => [variable(`${component}Number`, 'ComponentInstanceTemplate', component), variable(`${component}Price`, 'CostTemplateEuros', component)])
      .join('\n    ');
    const report = solve(model('TwoComponentApp', problem, `1 / (1 + ${parts})`, variables), []);
    expect(report.status).toBe('optimal');

    const utility = (numberOf: (component: string) => number): number =>
      1 / (1 + problem.cardinalities.reduce((sum, { component }) => sum + numberOf(component) * cheapest('TwoComponentApp', component), 0));
    const theirs = utility((component) => problem.cardinalities.find((c) => c.component === component)!.solved);
    const ours = utility((component) => report.components.find((c) => c.name === component)!.cardinality);
    expect(ours).toBeGreaterThan(theirs);
    expect(report.utility).toBeCloseTo(ours, 12);
  });
});
