import { Call, isMetricFunction, parameterOf, symbolIndexOf, type CamelScopeProvider } from '@camelc/language';
import type { AstNode, LangiumDocument } from 'langium';
import type { LangiumServices, SignatureHelpProvider } from 'langium/lsp';
import type { SignatureHelp, SignatureHelpOptions, SignatureHelpParams } from 'vscode-languageserver';
import { Automaton } from '../completion/automaton.js';
import { ContainerFinder, standIn } from '../completion/container.js';
import { optionsAt } from '../completion/options.js';
import { referenceInfo } from '../completion/references.js';
import { SituationReader } from '../completion/situation.js';
import { wordsOf } from './describe.js';
import { labelled, signatureOf, type Signature } from './formula-functions.js';

/** Shows the parameters of the function that is being called in a formula, also in one that is not complete yet. */
export class CamelSignatureHelpProvider implements SignatureHelpProvider {
  readonly signatureHelpOptions: SignatureHelpOptions = { triggerCharacters: ['(', ','], retriggerCharacters: [',', ';', ')'] };
  private readonly reader: SituationReader;
  private readonly containers: ContainerFinder;

  constructor(private readonly services: LangiumServices) {
    this.reader = new SituationReader(new Automaton(services.Grammar), services.parser.Lexer);
    this.containers = new ContainerFinder(symbolIndexOf(services.shared));
  }

  provideSignatureHelp(document: LangiumDocument, { position }: SignatureHelpParams): SignatureHelp | undefined {
    const text = document.textDocument.getText();
    const offset = document.textDocument.offsetAt(position);
    const situation = this.reader.at(text, offset);
    if (situation?.string === undefined) return undefined;
    const formula = optionsAt(situation).texts.find(({ state }) => state.frame.rule.name === 'Formula');
    const call = formula && callAround(text.slice(situation.string + 1, offset), restOfString(text, situation.string, offset));
    const signature = call && this.signatureOf(call.name, this.containers.containerOf(formula.state, document));
    return signature && helpFor(signature, call.index, call.count);
  }

  private signatureOf(name: string, formula: AstNode): Signature | undefined {
    const info = referenceInfo(standIn(Call.$type, undefined, 'expression', formula), 'callee');
    const own = (this.services.references.ScopeProvider as CamelScopeProvider).getScope(info).getElement(name)?.node;
    if (!isMetricFunction(own)) return signatureOf(name);
    return {
      ...labelled(
        name,
        own.parameters.map((p) => p.name),
      ),
      meaning: wordsOf(own).join(': '),
    };
  }
}

function restOfString(text: string, start: number, offset: number): string {
  const line = text.indexOf('\n', offset);
  const quote = text.indexOf(text[start]!, offset);
  return text.slice(offset, Math.min(quote < 0 ? text.length : quote, line < 0 ? text.length : line));
}

/** The innermost call that the end of the text is in: its function, and which of how many arguments that is. */
function callAround(before: string, after: string): { name: string; index: number; count: number } | undefined {
  let depth = 0;
  let index = 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const sign = before[i]!;
    if (sign === ')') depth++;
    else if (sign === '(' && depth-- === 0) {
      const name = /([A-Za-z_]\w*)\s*$/.exec(before.slice(0, i))?.[1];
      if (name) return { name, index, count: index + 1 + separatorsIn(after) };
      // Only grouping: the argument is one of the call around it.
      [depth, index] = [0, 0];
    } else if (depth === 0 && (sign === ',' || sign === ';')) index++;
  }
  return undefined;
}

/** The separators of arguments up to the end of the call. */
function separatorsIn(after: string): number {
  let depth = 0;
  let found = 0;
  for (const sign of after) {
    if (sign === '(') depth++;
    else if (sign === ')' && depth-- === 0) return found;
    else if (depth === 0 && (sign === ',' || sign === ';')) found++;
  }
  return found;
}

function helpFor({ label, parameters, meaning }: Signature, index: number, count: number): SignatureHelp {
  let at = label.indexOf('(') + 1;
  const shown = parameters.map((parameter) => {
    const start = label.indexOf(parameter, at);
    at = start + parameter.length;
    return { label: [start, at] as [number, number] };
  });
  return { signatures: [{ label, parameters: shown, ...(meaning && { documentation: meaning }) }], activeSignature: 0, activeParameter: parameterOf(parameters, index, count) };
}
