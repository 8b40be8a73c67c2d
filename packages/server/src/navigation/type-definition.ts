import { isLibraryUri, type CamelAstType } from '@camelc/language';
import { AstUtils, type AstNode, type LangiumDocument, type MaybePromise, type Reference } from 'langium';
import type { ImplementationProvider, LangiumServices, TypeDefinitionProvider } from 'langium/lsp';
import type { ImplementationParams, LocationLink, TypeDefinitionParams } from 'vscode-languageserver';
import { linkTo } from './definition.js';
import { nameAt } from './names.js';
import { nodeAtPath, usesOf } from './uses.js';

/** The properties by which an element says what it is an instance, a value or a part of. */
const types: { readonly [T in keyof CamelAstType]?: readonly (keyof CamelAstType[T] & string)[] } = {
  Attribute: ['valueType', 'unit'],
  QualityAttribute: ['valueType', 'unit'],
  SecurityAttribute: ['domain', 'valueType', 'unit'],
  CertifiableAttribute: ['domain', 'valueType', 'unit'],
  MeasurableAttribute: ['sensors'],
  Software: ['requirements'],
  Container: ['requirements'],
  Sensor: ['requirements'],
  MetricTemplate: ['attribute', 'unit', 'valueType'],
  RawMetric: ['template'],
  CompositeMetric: ['template'],
  RawSecurityMetric: ['template'],
  CompositeSecurityMetric: ['template'],
  MetricVariable: ['template', 'component'],
  RawMetricContext: ['metric'],
  CompositeMetricContext: ['metric'],
  ObjectContext: ['component', 'data', 'communication'],
  AttributeContext: ['attribute'],
  MetricConstraint: ['context'],
  VariableConstraint: ['variable'],
  Slo: ['constraint', 'event'],
  OptimisationRequirement: ['variable', 'context'],
  Data: ['source'],
  DataSource: ['component'],
  DataInstance: ['type'],
  DataSourceInstance: ['type'],
  DataInstanceModel: ['typeModel'],
  PropertyInstance: ['isA'],
  SingleUnit: ['dimension'],
  CompositeUnit: ['dimension'],
  Communication: ['to'],
};
const typesOf = ({ $type }: AstNode): readonly string[] => types[$type as keyof CamelAstType] ?? [];

/** From an element to those that say what it is: from a variable to its template and component, from a component to its requirement set. */
export class CamelTypeProvider implements TypeDefinitionProvider {
  constructor(private readonly services: LangiumServices) {}

  getTypeDefinition(document: LangiumDocument, { position }: TypeDefinitionParams): MaybePromise<LocationLink[] | undefined> {
    const name = nameAt(document, position, this.services);
    if (!name?.element) return undefined;
    const { element, range } = name;
    const values = typesOf(element).flatMap((property) => (element as unknown as Record<string, Reference | Reference[] | undefined>)[property] ?? []);
    return values.flatMap(({ ref }) => (ref ? [linkTo(ref, range, this.services)] : []));
  }
}

/** The way back: from a template to its metrics and variables, from a requirement set to its components. */
export class CamelImplementationProvider implements ImplementationProvider {
  constructor(private readonly services: LangiumServices) {}

  getImplementation(document: LangiumDocument, { position }: ImplementationParams): MaybePromise<LocationLink[] | undefined> {
    const name = nameAt(document, position, this.services);
    if (!name?.element) return undefined;
    const path = this.services.workspace.AstNodeLocator.getAstNodePath(name.element);
    const holders = new Set<AstNode>();
    for (const { sourceUri, sourcePath, targetPath } of usesOf(name.element, this.services)) {
      const holder = targetPath === path && !isLibraryUri(sourceUri) ? nodeAtPath(sourceUri, sourcePath, this.services) : undefined;
      if (holder && refersAsType(holder, name.element)) holders.add(holder);
    }
    return [...holders].map((holder) => linkTo(holder, name.range, this.services));
  }
}

const refersAsType = (holder: AstNode, element: AstNode): boolean =>
  AstUtils.streamReferences(holder).some(({ property, reference }) => typesOf(holder).includes(property) && (reference as Reference).ref === element);
