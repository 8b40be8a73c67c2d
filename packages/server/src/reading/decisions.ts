/** What deployments decide of components: the number of instances, and what their hosts have. */
import {
  attributesOf,
  decisionOf,
  isDeploymentModel,
  isHorizontalScaleRequirement,
  isSoftware,
  lastName,
  meaningOfRequirement,
  type DecisionAttribute,
  type MetricVariable,
  type RequirementSet,
  type Software,
} from '@camelc/language';
import { AstUtils } from 'langium';
import { amount } from './quantities.js';

/** The requirement sets that hold for a component: its own before that of the deployment model. */
export function requirementSetsOf(component: Software): RequirementSet[] {
  const own = component.ownRequirements ?? component.requirements?.ref;
  const global = AstUtils.getContainerOfType(component, isDeploymentModel)?.globalRequirements?.ref;
  return [own, global].filter((set) => set !== undefined);
}

/** How many instances of a component there may be; undefined where nothing says so, and there is one. */
export function instancesOf(component: Software): { least: number; most: number } | undefined {
  const scale = requirementSetsOf(component)
    .map((set) => set.horizontalScale?.ref)
    .find(isHorizontalScaleRequirement);
  return scale && { least: scale.min, most: scale.max };
}

/** `1 to 4`, `at least 2`, `1`; -1 is no limit. */
export const interval = ({ least, most }: { least: number; most: number }): string => (most < 0 ? `at least ${least}` : least === most ? String(least) : `${least} to ${most}`);

/** What a variable without a formula stands for. */
export function decidedBy(variable: MetricVariable): { attribute: DecisionAttribute; component?: Software } | undefined {
  if (variable.formula) return undefined;
  const attribute = variable.template?.ref?.attribute?.ref;
  const decision = attribute && decisionOf(attribute);
  const component = variable.component?.ref;
  return decision && { attribute: decision.attribute, ...(isSoftware(component) && { component }) };
}

/** The values that a variable can have by the requirements of its component: `1 to 4`. */
export function domainOf(variable: MetricVariable): string | undefined {
  const decision = decidedBy(variable);
  if (!decision?.component || variable.currentConfig || variable.onCandidates) return undefined;
  const { attribute, component } = decision;
  if (attribute === 'cardinality') {
    const instances = instancesOf(component);
    return instances ? interval(instances) : component.everywhere ? undefined : '1';
  }
  const asked = requirementSetsOf(component)
    .flatMap((set) => (set.resource?.ref ? attributesOf(set.resource.ref) : []))
    .filter((located) => meaningOfRequirement(located).attribute === attribute);
  return asked.length === 1 ? withUnit(asked[0]!.node, meaningOfRequirement(asked[0]!).bound) : undefined;
}

function withUnit(node: Parameters<typeof amount>[0], bound: 'minimum' | 'maximum' | 'equal'): string | undefined {
  const said = amount(node);
  const unit = node.unit ? ` ${lastName(node.unit.$refText)}` : '';
  const word = node.value && bound !== 'equal' ? (bound === 'minimum' ? 'at least ' : 'at most ') : '';
  return said && `${word}${said}${unit}`;
}
