import { AstUtils, type AstNode, type LangiumDocument, type Reference } from 'langium';
import { isMetricVariable, type MetricConstraint, type VariableConstraint } from '../generated/ast.js';
import type { Checks, Report } from './check.js';

function nameAgreesWithTheOperator(constraint: MetricConstraint | VariableConstraint, report: Report): void {
  const { name, operator } = constraint;
  const isUpper = operator === '<' || operator === '<=';
  const isLower = operator === '>' || operator === '>=';
  const contradicts = (/less_?than|below|at_?most/i.test(name) && isLower) || (/(greater|more)_?than|above|at_?least/i.test(name) && isUpper);
  if (contradicts) report('model/name-contradicts', { name, operator }, constraint, 'operator');
}

export const hintChecks: Checks = {
  MetricConstraint: [nameAgreesWithTheOperator],
  VariableConstraint: [nameAgreesWithTheOperator],
};

/** Hints at the variables of the document that no document refers to. */
export function variablesAreUsed(document: LangiumDocument, all: Iterable<LangiumDocument>, report: Report): void {
  const variables = AstUtils.streamAst(document.parseResult.value).filter(isMetricVariable).toArray();
  if (variables.length === 0) return;
  const used = new Set<AstNode | undefined>();
  // Of the references, only those to loaded nodes: the standard library has no use for a variable of the user.
  for (const other of all) for (const reference of other.references) used.add((reference as Reference).$nodeDescription?.node);
  for (const variable of variables) if (!used.has(variable)) report('model/unused-variable', { name: variable.name }, variable, 'name');
}
