import { functions, isFormula, isRequirementSet, RequirementSet, Variable, writtenAt, type CamelSymbol, type Formula } from '@camelc/language';
import { AstUtils, CstUtils, GrammarAST, type AstNode, type AstNodeDescription, type MaybePromise, type LangiumDocument, type ReferenceInfo } from 'langium';
import { DefaultCompletionProvider, type CompletionAcceptor, type CompletionContext, type CompletionValueItem, type NextFeature } from 'langium/lsp';
import { CompletionItemKind, CompletionList, TextEdit, type CompletionItem, type CompletionParams } from 'vscode-languageserver';

/** Offers each element as a reference at the cursor has to name it, and in formulas what they are made of. */
export class CamelCompletionProvider extends DefaultCompletionProvider {
  override async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList | undefined> {
    const offset = document.textDocument.offsetAt(params.position);
    const formula = formulaAt(document, offset);
    return formula ? CompletionList.create(this.inFormula(formula, document, offset), false) : super.getCompletion(document, params);
  }

  protected override createReferenceCompletionItem(description: AstNodeDescription, info: ReferenceInfo, context: CompletionContext): CompletionValueItem {
    return { ...super.createReferenceCompletionItem(description, info, context), label: writtenAt(description as CamelSymbol, info.container) };
  }

  protected override completionFor(context: CompletionContext, next: NextFeature, acceptor: CompletionAcceptor): MaybePromise<void> {
    const component = isNameOfRequirementSet(next) ? this.componentAt(context) : undefined;
    if (!component) return super.completionFor(context, next, acceptor);
    const info: ReferenceInfo = { container: component, property: 'requirements', reference: { $refText: '', ref: undefined } };
    for (const set of this.getReferenceCandidates(info, context)) acceptor(context, this.createReferenceCompletionItem(set, info, context));
  }

  /** What has a member `requirements` at the cursor. */
  private componentAt({ node }: CompletionContext): AstNode | undefined {
    const owner = isRequirementSet(node) ? node.$container : node;
    return owner && this.astReflection.getTypeMetaData(owner.$type).properties['requirements']?.referenceType ? owner : undefined;
  }

  /** The library has more names than a formula could mean; those of the models come without them. */
  private inFormula(formula: Formula, { textDocument }: LangiumDocument, offset: number): CompletionItem[] {
    const container = { $type: Variable.$type, $container: formula, $containerProperty: 'expression' } as unknown as Variable;
    const info: ReferenceInfo = { container, property: 'symbol', reference: { $refText: '', ref: undefined } };
    const start = offset - /\w*$/.exec(textDocument.getText().slice(Math.max(0, offset - 200), offset))![0].length;
    const range = { start: textDocument.positionAt(start), end: textDocument.positionAt(offset) };
    const item = (label: string, kind: CompletionItemKind, detail: string): CompletionItem => ({ label, kind, detail, textEdit: TextEdit.replace(range, label) });
    const symbols = new Map<string, CompletionItem>();
    for (const symbol of this.scopeProvider.getScope(info).getAllElements()) {
      const name = writtenAt(symbol as CamelSymbol, container);
      if (symbol.node && !symbols.has(name)) symbols.set(name, item(name, CompletionItemKind.Variable, symbol.name));
    }
    return [...symbols.values(), ...[...functions.keys()].map((name) => item(name, CompletionItemKind.Function, 'function'))];
  }
}

/** After `requirements` a component names a set, or begins one of its own, which is what the parser guesses. */
const isNameOfRequirementSet = ({ feature }: NextFeature): boolean =>
  GrammarAST.isRuleCall(feature) && AstUtils.getContainerOfType(feature, GrammarAST.isParserRule)?.name === RequirementSet.$type;

/** The formula between whose quotes the cursor stands. */
function formulaAt({ parseResult, textDocument }: LangiumDocument, offset: number): Formula | undefined {
  const root = parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, offset - 1);
  const formula = leaf && AstUtils.getContainerOfType(leaf.astNode, isFormula);
  const cst = formula?.$cstNode;
  const isQuoted = cst && /["']/.test(textDocument.getText()[cst.offset]!);
  return isQuoted && cst.offset < offset && offset < cst.end ? formula : undefined;
}
