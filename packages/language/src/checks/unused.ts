/** Elements that nothing refers to. This looks at all documents. */
import { AstUtils, type AstNode, type LangiumDocument, type Reference } from 'langium';
import { isCamelModel, isDeploymentModel } from '../generated/ast.js';
import { nameOf } from '../scoping/symbols.js';
import { kindOf } from '../words.js';
import type { Report } from './check.js';
import { fix, removed } from './edits.js';

/** What means something only where it is referred to. Constraints bind by themselves; a provided port is open to the world. */
const servants = new Set([
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

/** Hints at the elements of the document that no document refers to. */
export function elementsAreUsed(document: LangiumDocument, all: readonly LangiumDocument[], report: Report): void {
  const others = all.filter((other) => other !== document);
  const own = targetsIn(document);
  const isUsed = (node: AstNode): boolean => own.has(node) || others.some((other) => targetsIn(other).has(node));
  for (const node of AstUtils.streamAst(document.parseResult.value)) {
    if (!isServant(node) || isUsed(node)) continue;
    report('hint/unused', { kind: kindOf(node.$type), name: nameOf(node) ?? '' }, node, 'name').fixes =
      node.$type === 'FunctionParameter' ? [] : fix(`Remove \`${nameOf(node)}\``, removed(node));
  }
}

function isServant(node: AstNode): boolean {
  // A set that stands in the component or configuration that has it is referred to by standing there.
  if (node.$type === 'RequirementSet') return isDeploymentModel(node.$container);
  if (servants.has(node.$type)) return true;
  return templates.has(node.$type) && isOfApplication(node);
}

const isOfApplication = (node: AstNode): boolean =>
  AstUtils.getContainerOfType(node, isCamelModel)?.subModels.some((m) => isDeploymentModel(m) && m.components.some((c) => c.$type === 'Software')) ?? false;

const targets = new WeakMap<readonly unknown[], ReadonlySet<AstNode>>();

/** What the references of a document lead to, save the standard library, which has no use for an element of the user. Made once for each time that it is linked. */
function targetsIn({ references }: LangiumDocument): ReadonlySet<AstNode> {
  let found = targets.get(references);
  if (!found) {
    found = new Set(references.flatMap((reference) => (reference as Reference).$nodeDescription?.node ?? []));
    targets.set(references, found);
  }
  return found;
}
