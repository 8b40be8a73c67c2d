import { GrammarAST, type AstNode, type CompositeCstNode, type CstNode } from 'langium';
import type { CamelAstType } from '../generated/ast.js';
import { assignmentOf } from '../cst.js';
import { nameOf } from '../scoping/symbols.js';
import { wordsOf } from '../tree.js';
import { kindOf } from '../words.js';
import type { Report } from './check.js';
import { fix, memberRemoved, removed } from '../edits.js';

/** Bodies are loops in the grammar, so that their order is free; here is what a loop cannot say: that a property stands once. */
export function propertiesWithOneValueStandOnce(node: AstNode, report: Report): void {
  const seen: string[] = [];
  for (const child of (node.$cstNode as CompositeCstNode | undefined)?.content ?? []) {
    const assignment = assignmentOf(child);
    if (!assignment || assignment.operator === '+=') continue;
    if (seen.includes(assignment.feature)) {
      const what = keywordOf(child);
      report('model/twice', { what }, { $type: node.$type, $container: node, $cstNode: child } as AstNode).fixes = fix(`Remove this \`${what}\``, [memberRemoved(node, child)]);
    }
    seen.push(assignment.feature);
  }
}

/** The keyword before the value, or the flag itself. */
function keywordOf(value: CstNode): string {
  const siblings = value.container!.content;
  const before = siblings
    .slice(0, siblings.indexOf(value))
    .reverse()
    .find((n) => !n.hidden && GrammarAST.isKeyword(n.grammarSource) && /^\w/.test(n.text));
  return GrammarAST.isKeyword(value.grammarSource) || !before ? value.text : before.text;
}

/** Names are unique for each kind in a block; a declaration that is repeated word for word does no harm. */
export function namesAreUniqueInTheirBlock(children: readonly AstNode[], report: Report): void {
  const names = children.flatMap((child) => nameOf(child) ?? []);
  if (names.length < 2 || new Set(names).size === names.length) return;
  const seen = new Map<string, AstNode>();
  for (const child of children) {
    const name = nameOf(child);
    if (!name) continue;
    const key = `${child.$type} ${name}`;
    const former = seen.get(key);
    if (!former) seen.set(key, child);
    else if (wordsOf(former) === wordsOf(child))
      report('model/repeated', { kind: kindOf(child.$type), name }, child, 'name').fixes = fix('Remove the second declaration', removed(child));
    // Known by its id alone, a region is the same in both declarations.
    else if (child.$type === 'Region') report('model/region-again', { name }, child, 'name').fixes = fix('Remove this declaration', removed(child));
    else report('model/duplicate', { kind: kindOf(child.$type), name }, child, 'name');
  }
}

type Properties = { readonly [T in keyof CamelAstType]?: readonly (readonly [property: keyof CamelAstType[T] & string, words: string])[] };

/** What CAMEL asks for in each kind of element. */
const required: Properties = {
  Application: [['version', 'version']],
  Coupling: [
    ['type', 'type'],
    ['components', 'software'],
  ],
  Separation: [
    ['type', 'type'],
    ['components', 'software'],
  ],
  AlternativeComponents: [['components', 'software']],
  Hosting: [
    ['providedHost', 'provided host'],
    ['requiredHosts', 'required hosts'],
  ],
  ImageConfiguration: [['id', 'id']],
  ContainerConfiguration: [['image', 'image']],
  EventConfiguration: [
    ['methodName', 'method name'],
    ['methodType', 'method type'],
  ],
  SwitchFlow: [
    ['context', 'context'],
    ['components', 'components'],
  ],
  ConditionalFlow: [
    ['first', 'first'],
    ['second', 'second'],
  ],
  PrecedesFlow: [
    ['component', 'component'],
    ['components', 'preceded components'],
  ],
  OsRequirement: [['os', 'os']],
  SecurityRequirement: [['controls', 'controls']],
  MetricTemplate: [
    ['attribute', 'attribute'],
    ['unit', 'unit'],
  ],
  RawMetric: [['template', 'template']],
  CompositeMetric: [
    ['template', 'template'],
    ['formula', 'formula'],
  ],
  MetricVariable: [['template', 'template']],
  MetricFunction: [['formula', 'expression']],
  Window: [
    ['type', 'type'],
    ['sizeType', 'size type'],
  ],
  WindowProcessing: [['type', 'type']],
  WindowCriterion: [['type', 'type']],
  Schedule: [
    ['interval', 'interval'],
    ['timeUnit', 'time unit'],
  ],
  AttributeContext: [['attribute', 'attribute']],
  RawMetricContext: [
    ['metric', 'metric'],
    ['sensor', 'sensor'],
  ],
  CompositeMetricContext: [['metric', 'metric']],
  DataInstance: [['type', 'type']],
  DataSourceInstance: [['type', 'type']],
  DataInstanceModel: [['typeModel', 'type']],
  Region: [['displayName', 'name']],
  CloudLocation: [['displayName', 'name']],
  CompositeUnit: [['formula', 'formula']],
  ValueRange: [['primitiveType', 'primitive type']],
  ValueRangeUnion: [['ranges', 'ranges']],
  ValueList: [['values', 'values']],
  Organisation: [['email', 'email']],
  User: [
    ['firstName', 'first name'],
    ['lastName', 'last name'],
    ['email', 'email'],
  ],
  RoleAssignment: [
    ['role', 'role'],
    ['assignmentTime', 'assignment time'],
  ],
  Permission: [
    ['role', 'role'],
    ['action', 'action'],
    ['filter', 'resource filter'],
    ['start', 'start'],
  ],
  SecurityControl: [
    ['displayName', 'name'],
    ['domain', 'domain'],
    ['subDomain', 'sub-domain'],
    ['specification', 'specification'],
  ],
  SecurityDomain: [['displayName', 'name']],
  RawSecurityMetric: [
    ['domain', 'domain'],
    ['template', 'template'],
  ],
  CompositeSecurityMetric: [
    ['domain', 'domain'],
    ['template', 'template'],
    ['formula', 'formula'],
  ],
  ScalabilityRule: [
    ['event', 'event'],
    ['actions', 'actions'],
  ],
  NonFunctionalEvent: [['constraint', 'constraint']],
  FunctionalEvent: [['type', 'type']],
  BinaryEventPattern: [['operator', 'operator']],
  Timer: [
    ['type', 'type'],
    ['timeValue', 'time value'],
    ['unit', 'unit'],
  ],
  HorizontalScalingAction: [['software', 'software']],
};

export function requiredPropertiesAreThere(node: AstNode, report: Report): void {
  const properties = required[node.$type as keyof CamelAstType] as readonly (readonly [string, string])[] | undefined;
  for (const [property, words] of properties ?? []) {
    const value = (node as unknown as Record<string, unknown>)[property];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      report('model/missing', { kind: kindOf(node.$type), name: nameOf(node), missing: words }, node, 'name');
    }
  }
}
