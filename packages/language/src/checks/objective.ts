/** Whether what is optimised depends on what a solution decides. */
import type { AstNode } from 'langium';
import {
  isMetricVariable,
  isOptimisationRequirement,
  isVariable,
  type CamelModel,
  type HorizontalScaleRequirement,
  type Metric,
  type MetricVariable,
  type OptimisationRequirement,
} from '../generated/ast.js';
import { quantityOfTemplate } from '../meaning/quantity.js';
import { nodesOf } from '../tree.js';
import { given, isUnresolved, type Checks, type Report } from './check.js';

/** Decisions, and the names of what a formula comes down to otherwise. What has no meaning yet, for a mistake of its own, may be a decision. */
function reach(metric: Metric): { decides: boolean; given: string[] } {
  const reached = { decides: false, given: [] as string[] };
  const seen = new Set<AstNode>([metric]);
  const queue: Metric[] = [metric];
  for (const node of queue) {
    const formula = 'formula' in node ? node.formula?.expression : undefined;
    if (!formula) {
      if (isDecided(node) || isMeaningless(node)) return { ...reached, decides: true };
      reached.given.push(node.name);
      continue;
    }
    for (const part of nodesOf(formula)) {
      if (!isVariable(part)) continue;
      if (isUnresolved(part.symbol)) return { ...reached, decides: true };
      const symbol = given(part.symbol);
      // Of the standard library, all is measured or a template.
      if (!symbol) reached.given.push(part.symbol.$refText);
      else if ('template' in symbol && !seen.has(symbol)) queue.push(symbol as Metric);
      if (symbol) seen.add(symbol);
    }
  }
  return reached;
}

/** A variable without formula whose template is of what a solution chooses. */
function isDecided(node: Metric): boolean {
  return isMetricVariable(node) && !node.onCandidates && quantityOfTemplate(node.template).decision !== undefined && isOfWhatIsDeployed(node);
}

/** Without formula a metric is what its template, and its component, say. */
const isMeaningless = (node: Metric): boolean =>
  !('formula' in node && node.formula) &&
  (!node.template || isUnresolved(node.template) || (isMetricVariable(node) && node.component !== undefined && isUnresolved(node.component)));

/** A coordinate without a component, or of a data source outside, is that of something that stays where it is. */
function isOfWhatIsDeployed({ component, template }: MetricVariable): boolean {
  const { decision } = quantityOfTemplate(template);
  const isCoordinate = decision === 'latitude' || decision === 'longitude';
  const subject = given(component);
  return !isCoordinate || (subject !== undefined && (subject.$type !== 'DataSource' || subject.component !== undefined));
}

function utilityDependsOnDecisions(requirement: OptimisationRequirement, report: Report): void {
  const target = given(requirement.variable) ?? given(given(requirement.context)?.metric);
  if (!target) return;
  const { decides, given: names } = reach(target);
  if (!decides)
    report(
      'objective/constant',
      { name: target.name, given: [...new Set(names)].filter((name) => name !== target.name) },
      requirement,
      requirement.variable ? 'variable' : 'context',
    );
}

/** In a model that says what is best, whether any variable stands for the number of instances of a component that may have several. */
function cardinalitiesAreUsed(model: CamelModel, report: Report): void {
  const variables = model.subModels.flatMap((m) => (m.$type === 'MetricModel' ? m.variables : []));
  const optimised = model.subModels.some((m) => m.$type === 'RequirementModel' && m.requirements.some((r) => isOptimisationRequirement(r) && r.variable));
  if (!optimised || variables.length === 0 || variables.some(isMeaningless)) return;
  const counted = new Set<AstNode | undefined>();
  for (const variable of variables) {
    const { decision } = quantityOfTemplate(variable.template);
    if (decision === 'cardinality' || (decision === 'price' && !variable.component)) counted.add(given(variable.component));
  }
  // The number of all hosts, or the cost of all.
  if (counted.has(undefined)) return;
  for (const deployment of model.subModels) {
    if (deployment.$type !== 'DeploymentModel') continue;
    for (const component of deployment.components) {
      if (component.$type !== 'Software' || counted.has(component)) continue;
      const scale = [component.ownRequirements ?? given(component.requirements), given(deployment.globalRequirements)].map((set) => given(set?.horizontalScale)).find(Boolean);
      if (scale && isOpen(scale)) report('hint/cardinality', { component: component.name, scale: scale.name }, component, 'name');
    }
  }
}

const isOpen = ({ min, max }: HorizontalScaleRequirement): boolean => max === -1 || min < max;

export const objectiveChecks: Checks = { OptimisationRequirement: [utilityDependsOnDecisions], CamelModel: [cardinalitiesAreUsed] };
