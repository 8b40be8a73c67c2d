import {
  functionParameters,
  functions,
  isAttribute,
  isCall,
  isLibraryUri,
  isMetricFunction,
  isMetricVariable,
  isCompositeMetric,
  isNumberLiteral,
  isOptimisationRequirement,
  isRequiredCommunication,
  isRequirementModel,
  isSoftware,
  isVariable,
  nodeOfProperty,
  parameterOf,
  symbolIndexOf,
  type Call,
} from '@camelc/language';
import { AstUtils, interruptAndCheck, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { InlayHintProvider, LangiumServices } from 'langium/lsp';
import { CancellationToken, InlayHintKind, type InlayHint, type InlayHintParams } from 'vscode-languageserver';
import { constantValue } from './constant-value.js';
import { domainOf, instancesOf } from './decisions.js';
import { amount, normalisation, shortNumber } from './quantities.js';
import type { InlayHintSettings } from '../protocol.js';
import type { Client } from '../solving/client.js';

type Kind = keyof InlayHintSettings;

/** Shows beside the text what follows from it: amounts in their common unit, values and domains, defaults, and what arguments are for. */
export class CamelInlayHintProvider implements InlayHintProvider {
  constructor(
    private readonly services: LangiumServices,
    private readonly client: Client,
  ) {
    services.shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => client.refresh('inlayHint'));
  }

  async getInlayHints(document: LangiumDocument, { range }: InlayHintParams, cancel = CancellationToken.None): Promise<InlayHint[]> {
    const settings = await this.client.settings('inlayHints');
    const [from, to] = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
    const hints: InlayHint[] = [];
    const add = (kind: Kind, label: string, cst: CstNode | undefined, where: 'before' | 'after', tooltip?: string): void => {
      const offset = cst && (where === 'after' ? cst.end : cst.offset);
      if (settings[kind] === false || offset === undefined || offset < from || offset > to) return;
      hints.push({
        position: document.textDocument.positionAt(offset),
        label,
        tooltip,
        ...(kind === 'parameters' && { kind: InlayHintKind.Parameter }),
        ...(where === 'after' ? { paddingLeft: true } : { paddingRight: true }),
      });
    };
    let seen = 0;
    for (const node of AstUtils.streamAst(document.parseResult.value, { range })) {
      if (seen++ % 200 === 0) await interruptAndCheck(cancel);
      this.hintsOf(node, add);
    }
    return hints;
  }

  private hintsOf(node: AstNode, add: (kind: Kind, label: string, cst: CstNode | undefined, where: 'before' | 'after', tooltip?: string) => void): void {
    const at = (property: string): CstNode | undefined => nodeOfProperty(node, property);
    if (isAttribute(node)) {
      const normal = normalisation(node);
      const said = normal && amount(node, normal.factor);
      if (said) add('units', `= ${said} ${normal.unit}`, at('unit'), 'after');
    } else if (isSoftware(node)) {
      if (!node.everywhere && !instancesOf(node)) add('defaults', '1 instance', at('name'), 'after', 'No horizontal scale requirement says otherwise.');
    } else if (isRequiredCommunication(node)) {
      if (!node.mandatory) add('defaults', 'optional', at('port') ?? at('portHigh'), 'after', 'With `mandatory` the component waits until what it uses runs.');
    } else if (isOptimisationRequirement(node)) {
      if (!node.minimise) add('defaults', 'maximise', at('name'), 'after', 'Without `minimise` the value is as great as can be.');
    } else if (isRequirementModel(node)) {
      if (this.optimisesNothing(node)) add('defaults', 'minimises cost', at('name'), 'after', 'No optimisation requirement says otherwise.');
    } else if (isMetricVariable(node) || isCompositeMetric(node)) {
      const domain = isMetricVariable(node) ? domainOf(node) : undefined;
      if (domain) add('values', domain, at('name'), 'after', 'What its component may have, by its requirements.');
      const { formula } = node;
      const value = formula && !isNumberLiteral(formula.expression) ? constantValue(formula) : undefined;
      if (value !== undefined) add('values', `= ${shortNumber(value)}`, at('formula'), 'after');
    } else if (isCall(node)) argumentHints(node, add);
  }

  /** Whether the requirement model is the first of an application that nothing optimises. */
  private optimisesNothing(node: AstNode): boolean {
    const index = symbolIndexOf(this.services.shared);
    const tables = index.allTables().filter((table) => table.symbols[0] && !isLibraryUri(table.symbols[0].documentUri));
    const symbols = tables.flatMap((table) => table.symbols);
    const [first] = symbols.filter((s) => s.type === 'RequirementModel');
    return first?.node === node && symbols.some((s) => s.type === 'Software') && !symbols.some((s) => s.type === 'OptimisationRequirement');
  }
}

/** What the arguments are for, where their number is fixed and a bare value would not tell. */
function argumentHints(call: Call, add: (kind: Kind, label: string, cst: CstNode | undefined, where: 'before' | 'after') => void): void {
  const own = call.callee.ref;
  const parameters = isMetricFunction(own) ? own.parameters.map((p) => p.name) : (functionParameters.get(call.callee.$refText) ?? []);
  const count = call.arguments.length;
  if (count < 2 || (!isMetricFunction(own) && !functions.has(call.callee.$refText))) return;
  for (const [i, argument] of call.arguments.entries()) {
    const parameter = parameters[parameterOf(parameters, i, count)];
    // One of several values needs no name, nor one that has it already.
    if (!parameter || parameter.endsWith('…') || (isVariable(argument) && argument.symbol.$refText === parameter)) continue;
    add('parameters', `${parameter.replace('?', '')}:`, argument.$cstNode, 'before');
  }
}
