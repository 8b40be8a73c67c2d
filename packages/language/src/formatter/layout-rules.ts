import { AstUtils, GrammarAST, type Grammar } from 'langium';

/** What a bracket or a sign is for the layout. Brackets of intervals have none of these roles: `[int 4` need not be closed. */
export type Role = 'open' | 'close' | 'list' | 'list-end' | 'separator' | 'tight-colon';

/** What the layout needs to know of the grammar. Concrete syntax names the element of the grammar that it was parsed by. */
export interface LayoutRules {
  roles: ReadonlyMap<GrammarAST.AbstractElement, Role>;
  /** The elements that begin a member, when they stand directly in a node between its braces. */
  memberStarts: ReadonlySet<GrammarAST.AbstractElement>;
  /** The elements that begin a clause, of those that an element without braces of its own may have in any number, such as a communication. */
  clauseStarts: ReadonlySet<GrammarAST.AbstractElement>;
}

let rules: LayoutRules | undefined;
/** Derived from the grammar once: there is one. */
export const layoutRules = (grammar: Grammar): LayoutRules => (rules ??= derive(grammar));

const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

function derive(grammar: Grammar): LayoutRules {
  const roles = new Map<GrammarAST.AbstractElement, Role>();
  const memberStarts = new Set<GrammarAST.AbstractElement>();
  for (const group of AstUtils.streamAst(grammar).filter(GrammarAST.isGroup)) {
    const { elements } = group;
    for (const [i, element] of elements.entries()) {
      if (!GrammarAST.isKeyword(element)) continue;
      // After a keyword the colon belongs to it: `formula: 'x'`. After a name it stands apart.
      if (element.value === ':' && i > 0 && GrammarAST.isKeyword(elements[i - 1])) roles.set(element, 'tight-colon');
      const end = elements.findIndex((e, j) => j > i && GrammarAST.isKeyword(e) && e.value === closers[element.value]);
      if (end < 0) continue;
      const within = elements.slice(i + 1, end);
      const isBlock = element.value === '{';
      roles.set(element, isBlock ? 'open' : 'list').set(elements[end]!, isBlock ? 'close' : 'list-end');
      for (const inner of within) {
        if (isBlock) addFirst(inner, memberStarts);
        else for (const comma of AstUtils.streamAst(inner).filter((e) => GrammarAST.isKeyword(e) && e.value === ',')) roles.set(comma as GrammarAST.Keyword, 'separator');
      }
    }
  }
  const clauseStarts = new Set<GrammarAST.AbstractElement>();
  for (const rule of grammar.rules.filter(GrammarAST.isParserRule)) {
    const { definition } = rule;
    if (rule.entry || !GrammarAST.isGroup(definition) || definition.elements.some((e) => roles.has(e))) continue;
    for (const repeated of definition.elements.filter((e) => GrammarAST.isAlternatives(e) && e.cardinality === '*')) addFirst(repeated, clauseStarts);
  }
  const entry = grammar.rules.find((r) => GrammarAST.isParserRule(r) && r.entry) as GrammarAST.ParserRule;
  addFirst(entry.definition, memberStarts);
  return { roles, memberStarts, clauseStarts };
}

/** Adds the elements by which the first token or node of an element is parsed. */
function addFirst(element: GrammarAST.AbstractElement, to: Set<GrammarAST.AbstractElement>): void {
  if (GrammarAST.isGroup(element)) {
    for (const part of element.elements) {
      addFirst(part, to);
      if (part.cardinality !== '?' && part.cardinality !== '*') return;
    }
  } else if (GrammarAST.isAlternatives(element)) {
    for (const alternative of element.elements) addFirst(alternative, to);
  } else if (GrammarAST.isAssignment(element)) {
    addFirst(element.terminal, to);
  } else if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    if (GrammarAST.isParserRule(rule) && rule.fragment) addFirst(rule.definition, to);
    else to.add(element);
  } else {
    to.add(element);
  }
}
