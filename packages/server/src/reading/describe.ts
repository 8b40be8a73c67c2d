import {
  attributesOf,
  isAttribute,
  isCommunicationRequirement,
  isCompositeMetric,
  isHorizontalScaleRequirement,
  isMetricConstraint,
  isSlo,
  isVariableConstraint,
  isMetricFunction,
  isMetricTemplate,
  isMetricVariable,
  isMmsProperty,
  isPaasRequirement,
  isProvidedCommunication,
  isRawMetric,
  isRegion,
  isRequiredCommunication,
  isRequirementSet,
  isResourceRequirement,
  isSoftware,
  isUnit,
  isVerticalScaleRequirement,
  kindOf,
  lastName,
  nameOf,
  qualifiedNameOf,
  unitOf,
  type MetricConstraint,
  type MetricTemplate,
  type MetricVariable,
  type Region,
  type RequirementSet,
  type Unit,
  type VariableConstraint,
} from '@camelc/language';
import { AstUtils, type AstNode, type Reference } from 'langium';
import { constantValue } from './constant-value.js';
import { decidedBy, domainOf, instancesOf, interval, requirementSetsOf } from './decisions.js';
import { labelled } from './formula-functions.js';
import { quantity, shortNumber } from './quantities.js';

/** What an element says of itself in words. */
export function wordsOf(node: AstNode): string[] {
  const { displayName, description } = node as { displayName?: string; description?: string };
  return [displayName, description].filter((text): text is string => text !== undefined && text !== '');
}

/** What an element is, and what it says of itself; for completion. */
export const documentationOf = (node: AstNode): string =>
  [nameOf(node) && `${kindOf(node.$type)} \`${qualifiedNameOf(node)}\``, ...wordsOf(node), ...factsOf(node)].filter(Boolean).join('\n\n');

const name = (reference: Reference | undefined): string | undefined => reference && `\`${lastName(reference.$refText)}\``;

/** What follows from the declaration of an element and of those that it names, in Markdown: a paragraph or a list each. */
export function factsOf(node: AstNode): string[] {
  if (isSoftware(node)) {
    const instances = instancesOf(node);
    return [
      ...requirementSetsOf(node).slice(0, 1).flatMap(requirements),
      instances || node.everywhere ? '' : '1 instance, as no horizontal scale requirement says otherwise',
    ].filter(Boolean);
  }
  if (isRequirementSet(node)) return requirements(node);
  if (isResourceRequirement(node) || isPaasRequirement(node) || isCommunicationRequirement(node) || isVerticalScaleRequirement(node)) return list(bounds(node));
  if (isHorizontalScaleRequirement(node)) return [`${interval({ least: node.min, most: node.max })} instances`];
  if (isAttribute(node)) return [quantity(node) ?? ''].filter(Boolean);
  if (isMetricVariable(node)) return variable(node);
  if (isRawMetric(node)) return [[measured(node.template?.ref), 'given with the run, or measured by a sensor'].filter(Boolean).join('; ')];
  if (isCompositeMetric(node)) return [[measured(node.template?.ref), 'computed by its formula'].filter(Boolean).join('; ')];
  if (isMetricConstraint(node) || isVariableConstraint(node)) return [`holds when ${comparison(node)}`];
  if (isSlo(node)) {
    const constraint = node.constraint?.ref;
    return isMetricConstraint(constraint) || isVariableConstraint(constraint) ? [`fires when ${comparison(constraint)}`] : [];
  }
  if (isMetricTemplate(node)) return [measured(node) ?? ''].filter(Boolean);
  if (isMetricFunction(node))
    return [
      `\`${
        labelled(
          node.name,
          node.parameters.map((p) => p.name),
        ).label
      }\``,
    ];
  if (isUnit(node)) return unit(node);
  if (isRegion(node)) return region(node);
  if (isMmsProperty(node)) return [node.range ? `its values are ${name(node.range)}` : node.rangeUri ? `its values are \`${node.rangeUri}\`` : ''].filter(Boolean);
  if (isProvidedCommunication(node)) return [`serves at port ${ports(node)}`];
  if (isRequiredCommunication(node)) return [`uses port ${ports(node)} of another component${node.mandatory ? ', and cannot start before it' : ''}`];
  return [];
}

const list = (items: readonly string[]): string[] => (items.length > 0 ? [items.map((item) => `- ${item}`).join('\n')] : []);

function bounds(node: Parameters<typeof attributesOf>[0]): string[] {
  return attributesOf(node).flatMap(({ node: attribute }) => {
    const said = quantity(attribute);
    return said && attribute.name ? [`${attribute.name}: ${said}`] : [];
  });
}

/** The requirements of a set, each with what it asks for. */
function requirements(set: RequirementSet): string[] {
  const asked = (reference: Reference): string => {
    const node = reference.ref;
    if (isResourceRequirement(node)) return bounds(node).join(', ');
    if (isHorizontalScaleRequirement(node)) return `${interval({ least: node.min, most: node.max })} instances`;
    return node ? kindOf(node.$type) : 'unknown';
  };
  const references = AstUtils.streamReferences(set)
    .filter(({ property }) => property !== 'annotations')
    .map(({ reference }) => reference as Reference);
  return list(references.map((reference) => `${name(reference)}: ${asked(reference)}`).toArray());
}

/** `` `Cost` < 10 EurosPerHour ``. */
function comparison(constraint: MetricConstraint | VariableConstraint): string {
  const subject = isMetricConstraint(constraint) ? constraint.context.ref?.metric : constraint.variable;
  const metric = subject?.ref;
  const unitRef = metric && 'template' in metric ? metric.template?.ref?.unit : undefined;
  return [name(subject) ?? 'its metric', constraint.operator, constraint.threshold, unitRef && lastName(unitRef.$refText)].filter((part) => part !== undefined).join(' ');
}

/** `ResponseTime in MilliSeconds; smaller is better`. */
function measured(template: MetricTemplate | undefined): string | undefined {
  if (!template) return undefined;
  const { attribute, unit: unitRef, direction } = template;
  const better = direction === 1 ? 'greater is better' : direction === -1 ? 'smaller is better' : '';
  return [[name(attribute), unitRef && `in ${lastName(unitRef.$refText)}`].filter(Boolean).join(' '), better].filter(Boolean).join('; ');
}

function variable(node: MetricVariable): string[] {
  const template = measured(node.template?.ref);
  const value = constantValue(node.formula);
  const domain = domainOf(node);
  return [template, meaning(node), value !== undefined && `= ${shortNumber(value)}`, domain && `can be ${domain}`].filter(
    (fact): fact is string => typeof fact === 'string' && fact !== '',
  );
}

const decided: Readonly<Record<string, string>> = {
  cores: 'the cores of the host',
  memory: 'the memory of the host',
  storage: 'the disk space of the host',
  cardinality: 'the number of instances',
  latitude: 'the latitude of the host',
  longitude: 'the longitude of the host',
  price: 'the price of one host',
};

/** What a variable stands for. */
function meaning(node: MetricVariable): string {
  const current = node.currentConfig ? ' in the deployment that runs' : '';
  if (node.formula) return `computed by its formula${current}`;
  const decision = decidedBy(node);
  if (!decision) return `given with the run: \`--metric ${node.name}=VALUE\``;
  const { attribute, component } = decision;
  const what = component
    ? `${decided[attribute]} of \`${component.name}\``
    : attribute === 'price'
      ? 'the cost of the whole deployment'
      : attribute === 'cardinality'
        ? 'the number of hosts'
        : decided[attribute]!;
  return node.onCandidates ? `${what}, for each candidate that fits` : current ? `${what}${current}` : `decided by the solution: ${what}`;
}

function unit(node: Unit): string[] {
  const own = unitOf(node);
  const dimension = name(node.dimension);
  const factor = own && Object.keys(own.dimension).join() === 'information' && own.factor !== 1 ? `1 ${node.name} = ${shortNumber(own.factor)} MegaBytes` : undefined;
  return [[dimension && `measures ${dimension}`, factor].filter(Boolean).join('; ')].filter(Boolean);
}

function region(node: Region): string[] {
  const parents = node.parents.map((parent) => parent.ref?.displayName ?? lastName(parent.$refText));
  const other = node.alternativeNames ?? [];
  return [other.length > 0 ? `also ${other.join(', ')}` : '', parents.length > 0 ? `part of ${parents.join(', ')}` : ''].filter(Boolean);
}

const ports = ({ port, portLow, portHigh }: { port?: number; portLow?: number; portHigh?: number }): string => (port === undefined ? `${portLow} to ${portHigh}` : String(port));
