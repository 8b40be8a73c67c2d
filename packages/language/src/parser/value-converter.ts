import { DefaultValueConverter, ValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';

/** Takes the escape mark off `^name` wherever it stands. */
export class CamelValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    return rule.name === 'NAME' ? ValueConverter.convertID(input) : super.runConverter(rule, input, cstNode);
  }
}
