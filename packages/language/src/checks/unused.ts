/** Elements that nothing refers to. This looks at all documents. */
import { AstUtils, type AstNode, type LangiumDocument, type Reference } from 'langium';
import { isCamelModel, isDeploymentModel, reflection } from '../generated/ast.js';
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
  const own = usesOf(document);
  const uses = [own, ...all.filter((other) => other !== document).map(usesOf)];
  for (const node of AstUtils.streamAst(document.parseResult.value)) {
    if (!isServant(node) || uses.some(({ targets, lost }) => targets.has(node) || lost.some((type) => reflection.isSubtype(node.$type, type)))) continue;
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

interface Uses {
  /** What the references of a document lead to, save the standard library, which has no use for an element of the user. */
  targets: ReadonlySet<AstNode>;
  /** The kinds of what its unresolved names should mean: any of these may be what was meant. */
  lost: readonly string[];
}

const known = new WeakMap<readonly unknown[], Uses>();

/** Made once for each time that a document is linked. */
function usesOf({ references }: LangiumDocument): Uses {
  let uses = known.get(references);
  if (!uses) {
    const targets = references.flatMap((reference) => (reference as Reference).$nodeDescription?.node ?? []);
    const errors = references.flatMap((reference) => ('error' in reference && reference.error ? [reference.error.info] : []));
    uses = { targets: new Set(targets), lost: [...new Set(errors.map((info) => reflection.getReferenceType(info)))] };
    known.set(references, uses);
  }
  return uses;
}
