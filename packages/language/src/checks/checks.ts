import type { Diagnostic } from '@camelc/diagnostics';
import type { AstNode, LangiumDocument } from 'langium';
import type { Dependencies } from '../documents/dependencies.js';
import { childrenOf } from '../tree.js';
import { reporter, type Checks, type Report } from './check.js';
import { constraintChecks } from './constraint.js';
import { credentialChecks } from './credentials.js';
import { dataChecks } from './data.js';
import { deploymentChecks } from './deployment.js';
import { dimensionChecks } from './dimensions.js';
import { formulaChecks } from './formula.js';
import { metricChecks } from './metric.js';
import { objectiveChecks } from './objective.js';
import { organisationChecks } from './organisation.js';
import { recursionChecks } from './recursion.js';
import { requirementChecks } from './requirement.js';
import { resourceChecks } from './resource.js';
import { scalabilityChecks } from './scalability.js';
import { namesAreUniqueInTheirBlock, propertiesWithOneValueStandOnce, requiredPropertiesAreThere } from './structure.js';
import { topologyChecks } from './topology.js';
import { isServant, reportUnused, unusedOf } from './unused.js';
import { valueChecks } from './values.js';

type AnyCheck = (node: AstNode, report: Report) => void;

const everyNode: readonly AnyCheck[] = [propertiesWithOneValueStandOnce, requiredPropertiesAreThere];

/** Of those metaclasses that have checks of their own: all that run on them. */
const checksByType = new Map<string, readonly AnyCheck[]>();
const topics: readonly Checks[] = [
  valueChecks,
  deploymentChecks,
  requirementChecks,
  resourceChecks,
  metricChecks,
  formulaChecks,
  dimensionChecks,
  recursionChecks,
  scalabilityChecks,
  organisationChecks,
  constraintChecks,
  credentialChecks,
  dataChecks,
  objectiveChecks,
  topologyChecks,
];
for (const topic of topics) {
  for (const [type, checks] of Object.entries(topic)) checksByType.set(type, [...(checksByType.get(type) ?? everyNode), ...(checks as readonly AnyCheck[])]);
}

/** What the linked document says that no model may say, or that looks odd. */
export function modelDiagnostics(document: LangiumDocument, dependencies: Dependencies): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = reporter(diagnostics);
  const servants: AstNode[] = [];
  const visit = (node: AstNode): void => {
    const children = childrenOf(node);
    namesAreUniqueInTheirBlock(children, report);
    for (const check of checksByType.get(node.$type) ?? everyNode) check(node, report);
    if (isServant(node)) servants.push(node);
    for (const child of children) visit(child);
  };
  visit(document.parseResult.value);
  const unused = unusedOf(document, servants, dependencies.dependentsOf(document));
  dependencies.noteUnused(document, unused.length > 0);
  // What could not be read may use any of them.
  if (!dependencies.hasLost) for (const node of unused) reportUnused(node, report);
  return diagnostics;
}
