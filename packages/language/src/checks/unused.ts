/** Elements that nothing refers to. */
import { AstUtils, type AstNode, type LangiumDocument, type Reference } from 'langium';
import { isCamelModel, isDeploymentModel, reflection } from '../generated/ast.js';
import { nameOf } from '../scoping/symbols.js';
import { targetsElsewhere } from '../scoping/targets.js';
import { kindOf } from '../words.js';
import type { Report } from './check.js';
import { fix, removed } from './edits.js';

/** What means something only where it is referred to. Constraints bind by themselves; a provided port is open to the world. */
const servantTypes = new Set([
  'RequirementSet',
  'ResourceRequirement',
  'PaasRequirement',
  'CommunicationRequirement',
  'VerticalScaleRequirement',
  'HorizontalScaleRequirement',
  'LocationRequirement',
  'ImageRequirement',
  'ProviderRequirement',
  'OsRequirement',
  'SecurityRequirement',
  'MetricVariable',
  'Sensor',
  'Window',
  'Schedule',
  'ObjectContext',
  'RawMetricContext',
  'CompositeMetricContext',
  'AttributeContext',
  'FunctionParameter',
  'NonFunctionalEvent',
  'FunctionalEvent',
  'BinaryEventPattern',
  'UnaryEventPattern',
  'HorizontalScalingAction',
  'VerticalScalingAction',
  'Timer',
]);

/** What is often declared for models elsewhere: in the models of an application alone it is there to be used. */
const templates = new Set([
  'MetricTemplate',
  'MeasurableAttribute',
  'RawMetric',
  'CompositeMetric',
  'MetricFunction',
  'SingleUnit',
  'CompositeUnit',
  'Dimensionless',
  'UnitDimension',
  'ValueRange',
  'ValueRangeUnion',
  'ValueList',
  'StringType',
  'BooleanType',
  'Data',
  'DataSource',
]);

/**
 * The elements of the document that no document refers to.
 * @param servants those that have to be referred to
 * @param users the other documents that may refer to them
 */
export function unusedOf(document: LangiumDocument, servants: readonly AstNode[], users: Iterable<LangiumDocument>): AstNode[] {
  const unused = new Set<AstNode>(servants);
  strikeOut(unused, document);
  // Any of these may be what an unresolved name should mean.
  const errors = document.references.flatMap((reference) => ('error' in reference && reference.error ? [reference.error.info] : []));
  const lost = [...new Set(errors.map((info) => reflection.getReferenceType(info)))];
  for (const node of unused) if (lost.some((type) => reflection.isSubtype(node.$type, type))) unused.delete(node);
  for (const user of users) for (const target of targetsElsewhere(user)) if (target.node) unused.delete(target.node);
  return [...unused];
}

export function reportUnused(node: AstNode, report: Report): void {
  report('hint/unused', { kind: kindOf(node.$type), name: nameOf(node) ?? '' }, node, 'name').fixes =
    node.$type === 'FunctionParameter' ? [] : fix(`Remove \`${nameOf(node)}\``, removed(node));
}

/** Takes out what the references of the document lead to. Those to the standard library need not be read: it has no use for an element of the user. */
function strikeOut(unused: Set<AstNode>, { references }: LangiumDocument): void {
  for (const reference of references) {
    const target = (reference as Reference).$nodeDescription?.node;
    if (target) unused.delete(target);
  }
}

/** Whether the element means something only where it is referred to. */
export function isServant(node: AstNode): boolean {
  // A set that stands in the component or configuration that has it is referred to by standing there.
  if (node.$type === 'RequirementSet') return isDeploymentModel(node.$container);
  if (servantTypes.has(node.$type)) return true;
  return templates.has(node.$type) && isOfApplication(node);
}

function isOfApplication(node: AstNode): boolean {
  const model = AstUtils.getContainerOfType(node, isCamelModel);
  return model?.subModels.some((m) => isDeploymentModel(m) && m.components.some((c) => c.$type === 'Software')) ?? false;
}
