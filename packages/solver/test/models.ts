/** Small models as text, posed with a list of machines. */
import { buildApplication, chooseApplication } from '@camelc/application';
import type { NodeCandidate } from '@camelc/candidates';
import { loadModels } from '@camelc/language';
import { poser } from '../src/why/model.js';
import { solve, whyNot, type Model, type SolveOptions, type SolveResult, type WhyNot } from '../src/index.js';

const hardware = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing';
const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

export const responseTime = `${templates}.ResponseTimeTemplate`;

/** Attributes of resource requirements. */
export const cores = (interval: string): string => `attribute cores [${hardware}.CPU.hasNumberofCores] : ${interval}`;
export const memory = (interval: string, unit = 'GigaBytes'): string =>
  `attribute ram [${hardware}.RAM.TotalMemory] : ${interval} UnitTemplateCamelModel.UnitTemplateModel.${unit}`;

/** Variables, all in the model `M`. */
export const instancesOf = (name: string): string => `variable ${name}s { template ${templates}.ComponentInstanceTemplate component D.${name} }`;
export const coresOf = (name: string): string => `variable ${name}Cores { template ${templates}.CoresTemplate component D.${name} }`;
export const pricesOf = (name: string): string => `variable ${name}Prices { template ${templates}.CostTemplateEuros component D.${name} on candidates }`;
export const formula = (name: string, text: string): string => `variable ${name} { template ${templates}.UtilityTemplate formula '${text}' }`;
export const cost = `variable Cost { template ${templates}.CostTemplateEuros }`;

export interface Parts {
  /** Of the deployment model: components, sets, couplings, … */
  deployment: string[];
  requirements?: string[];
  variables?: string[];
  constraints?: string[];
}

const block = (head: string, lines: readonly string[] = []): string => (lines.length ? `${head} {\n${lines.join('\n')}\n}\n` : '');

export const text = ({ deployment, requirements, variables, constraints }: Parts): string =>
  [
    'camel model Shop {\n',
    block('deployment model D', deployment),
    block('requirement model R', requirements),
    block('metric model M', variables),
    block('constraint model K', constraints),
    '}\n',
  ].join('');

/** Candidates c0, c1, … of one cloud. */
export const machines = (...list: Partial<NodeCandidate>[]): NodeCandidate[] =>
  list.map((c, i) => ({ id: `c${i}`, type: 'IAAS', hardware: `m${i}`, cloud: { id: 'cloud', provider: 'cloud', type: 'public' }, price: (i + 1) / 10, ...c }));

export async function modelOf(parts: Parts, candidates: NodeCandidate[], metrics: Record<string, number> = {}): Promise<Model> {
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'shop.camel', text: text(parts) }]);
  const errors = diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.place?.range.start.line}: ${d.message}`);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const { application } = buildApplication(chooseApplication(models), models, libraryRegions);
  return { application, list: { formatVersion: 1, currency: 'EUR', candidates }, inputs: { metrics, currency: 'EUR' } };
}

export const solveModel = (model: Model): Promise<SolveResult> => solve(poser()(model)!, { milp: 'glpk' });

/** Conflicts by name, and suggestions in short. */
export async function explained(model: Model, options: Partial<SolveOptions> = {}): Promise<{ conflicts: string[][]; suggestions: string[]; answer: WhyNot }> {
  const answer = await whyNot(model, { milp: 'glpk', ...options });
  return {
    answer,
    conflicts: answer.conflicts.map((c) => c.map((e) => e.name)),
    suggestions: answer.suggestions.map((s) => s.changes.map((c) => `${c.name} ${c.text}`).join('; ')),
  };
}
