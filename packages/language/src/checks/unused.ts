/** Elements that nothing refers to. */
import type { Diagnostic } from '@camelc/diagnostics';
import { AstUtils, type AstNode, type LangiumDocument, type LangiumSharedCoreServices, type Reference } from 'langium';
import { isCamelModel, isDeploymentModel, reflection } from '../generated/ast.js';
import { dependenciesOf } from '../documents/document-builder.js';
import { nameOf } from '../scoping/symbols.js';
import { targetsElsewhere } from '../scoping/targets.js';
import { visitTree, type PlacedReference } from '../tree.js';
import { kindOf } from '../words.js';
import { reporter, type Report } from './check.js';
import { fix, removed } from '../edits.js';

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
 * @param gone as if these were not there
 */
export function unusedOf(document: LangiumDocument, servants: readonly AstNode[], users: Iterable<LangiumDocument>, gone: ReadonlySet<AstNode> = new Set()): AstNode[] {
  const unused = new Set<AstNode>(servants);
  strikeOut(unused, document, gone);
  // Any of these may be what an unresolved name should mean.
  const errors = document.references.flatMap((reference) => ('error' in reference && reference.error ? [reference.error.info] : []));
  const lost = [...new Set(errors.map((info) => reflection.getReferenceType(info)))];
  for (const node of unused) if (lost.some((type) => reflection.isSubtype(node.$type, type))) unused.delete(node);
  for (const user of users) for (const target of targetsElsewhere(user)) if (target.node) unused.delete(target.node);
  return [...unused];
}

export function reportUnused(node: AstNode, report: Report): Diagnostic {
  const diagnostic = report('hint/unused', { kind: kindOf(node.$type), name: nameOf(node) ?? '' }, node, 'name');
  diagnostic.fixes = node.$type === 'FunctionParameter' ? [] : fix(`Remove \`${nameOf(node)}\``, removed(node));
  return diagnostic;
}

/**
 * What is unused once these elements are gone, which nothing uses, and once that is gone too, and so on.
 * @param mayGo whether what the diagnostic says is to be mended
 */
export function unusedThen(elements: readonly AstNode[], document: LangiumDocument, services: LangiumSharedCoreServices, mayGo: (d: Diagnostic) => boolean): Diagnostic[] {
  const servants: AstNode[] = [];
  visitTree(document.parseResult.value, (node) => void (isServant(node) && servants.push(node)));
  const users = [...dependenciesOf(services).dependentsOf(document)];
  const report = reporter([]);
  const gone = new Set(elements);
  const seen = new Set(elements);
  const found: Diagnostic[] = [];
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const node of unusedOf(document, servants, users, gone)) {
      if (seen.has(node)) continue;
      seen.add(node);
      const diagnostic = reportUnused(node, report);
      if (diagnostic.fixes!.length === 0 || !mayGo(diagnostic)) continue;
      gone.add(node);
      found.push(diagnostic);
    }
  }
  return found;
}

function isWithin(node: AstNode, elements: ReadonlySet<AstNode>): boolean {
  for (let at: AstNode | undefined = node; at; at = at.$container) if (elements.has(at)) return true;
  return false;
}

/** Takes out what the references of the document lead to. Those to the standard library need not be read: it has no use for an element of the user. */
function strikeOut(unused: Set<AstNode>, { references }: LangiumDocument, gone: ReadonlySet<AstNode>): void {
  for (const reference of references as readonly Reference[] as readonly PlacedReference[]) {
    const target = reference.$nodeDescription?.node;
    if (target && !(gone.size > 0 && isWithin(reference.node, gone))) unused.delete(target);
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
