import {
  Call,
  constants,
  functionParameters,
  isFunctionParameter,
  isLibraryUri,
  isMetricFunction,
  kindOf,
  pathOf,
  Variable,
  camelModelOf,
  type CamelScopeProvider,
  type CamelSymbol,
} from '@camelc/language';
import type { AstNode } from 'langium';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { signatureOf } from '../reading/formula-functions.js';
import { completionKindOf } from './completion-kinds.js';
import { standIn } from './container.js';
import { rank, type ItemMaker } from './items.js';
import { dataOf, referenceInfo, symbolsFor } from './references.js';

/** Whether an operand may stand behind the text: not behind another one. */
export const awaitsOperand = (before: string): boolean => !/[\w.)]\s*$/.test(before.replace(/(^|[^\w.])[A-Za-z_]\w*$/, '$1'));

/** What may stand in a formula: variables and metrics, the functions and the constants. */
export class FormulaItems {
  constructor(private readonly scopes: CamelScopeProvider) {}

  /**
   * @param formula the formula, or one that stands for it
   * @param word what is typed of the name
   * @param withCalls whether functions and constants may stand there, which they may in a string alone
   */
  items(formula: AstNode, make: ItemMaker, { word, withCalls, isCalled, snippets }: { word: string; withCalls: boolean; isCalled: boolean; snippets: boolean }): CompletionItem[] {
    const owner = formula.$container!;
    const isUnit = owner.$type === 'CompositeUnit';
    const variables = symbolsFor(referenceInfo(standIn(Variable.$type, undefined, 'expression', formula), 'symbol'), '', word, this.scopes, make)
      .filter(({ symbol }) => symbol.node !== owner && (isUnit || !isLibraryUri(symbol.documentUri)))
      .map(({ symbol, written }, i) =>
        make.plain(written, `1${nearness(symbol, owner)}${rank(i)}`, {
          kind: completionKindOf(symbol.type),
          detail: kindOf(symbol.type),
          labelDetails: { description: symbol.name },
          data: dataOf(symbol),
        }),
      );
    if (isUnit || !withCalls) return variables;
    const call = (name: string, sortText: string, parameters: readonly string[], more: Partial<CompletionItem>): CompletionItem => {
      const item = { kind: CompletionItemKind.Function, labelDetails: { detail: `(${parameters.join(', ')})` }, ...more };
      return snippets && !isCalled ? make.snippet(name, sortText, `${name}($1)$0`, item) : make.plain(name, sortText, item);
    };
    const own = symbolsFor(referenceInfo(standIn(Call.$type, undefined, 'expression', formula), 'callee'), '', word, this.scopes, make)
      .filter(({ written, symbol }) => !written.includes('.') && symbol.node !== owner)
      .map(({ symbol, written }) => {
        const parameters = isMetricFunction(symbol.node) ? symbol.node.parameters.map((p) => p.name) : [];
        return call(written, `20${written}`, parameters, { detail: kindOf(symbol.type), data: dataOf(symbol) });
      });
    const builtIn = [...functionParameters].map(([name, parameters], i) => {
      const { label, meaning } = signatureOf(name)!;
      return call(name, `21${rank(i)}`, parameters, { detail: label, documentation: meaning });
    });
    const numbers = [...constants].map(([name, value]) => make.plain(name, `3${name}`, { kind: CompletionItemKind.Constant, detail: String(value) }));
    return [...variables, ...own, ...builtIn, ...numbers];
  }
}

/** 0 a parameter of the function, 1 the same sub-model, 2 the same camel model, 3 another. */
function nearness({ node, name, camelModel }: CamelSymbol, owner: AstNode): number {
  if (isFunctionParameter(node)) return 0;
  if (camelModel !== camelModelOf(owner)) return 3;
  return name.split('.', 1)[0] === pathOf(owner)[0] ? 1 : 2;
}
