import { DefaultValueConverter, GrammarAST, GrammarUtils, ValueConverter, type CstNode, type ValueType } from 'langium';

/** Takes the escape mark off `^name` wherever it stands. */
export class CamelValueConverter extends DefaultValueConverter {
  /** The rule of each place in the grammar: this is asked for every word of a document. */
  private readonly rules = new Map<GrammarAST.AbstractElement, GrammarAST.AbstractRule | undefined>();

  override convert(input: string, cstNode: CstNode): ValueType {
    const { grammarSource } = cstNode;
    if (!grammarSource) return input;
    if (!this.rules.has(grammarSource)) this.rules.set(grammarSource, ruleOf(grammarSource));
    const rule = this.rules.get(grammarSource);
    return rule ? this.runConverter(rule, input, cstNode) : input;
  }

  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    return rule.name === 'NAME' ? ValueConverter.convertID(input) : super.runConverter(rule, input, cstNode);
  }
}

function ruleOf(element: GrammarAST.AbstractElement): GrammarAST.AbstractRule | undefined {
  const called = GrammarAST.isCrossReference(element) ? GrammarUtils.getCrossReferenceTerminal(element) : element;
  return GrammarAST.isRuleCall(called) ? called.rule.ref : undefined;
}
