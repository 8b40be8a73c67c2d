import { GrammarAST } from 'langium';

/** A property that receives what an edge of the automaton takes. */
export interface Assigned {
  feature: string;
  /** Whether it may stand once only. */
  once: boolean;
}

/** What has to stand in the text for an edge to be taken; nothing for an empty edge. `continues`: a keyword comes next, as in `data source`. */
export type Edge = { to: Node; assigned?: Assigned; continues: boolean } & (
  | { take: 'nothing' }
  | { take: 'keyword'; keyword: string }
  | { take: 'terminal'; terminal: string }
  /** `reference` marks the text of a cross-reference. */
  | { take: 'rule'; rule: Rule; reference?: GrammarAST.CrossReference }
);

export interface Node {
  edges: Edge[];
  /** The nodes that empty edges lead to, as far as something begins or ends there. */
  reached?: readonly Node[];
  /** Of a `{`: the place after the `}` that closes it, so that a block can be passed over. */
  afterBlock?: Node;
  isEnd: boolean;
}

/** A parser rule as an automaton over tokens. */
export interface Rule {
  name: string;
  /** The metaclass that it makes; none for a fragment, which belongs to the rule that calls it, and for a rule that gives a value. */
  type?: string;
  isFragment: boolean;
  start: Node;
  /** The keywords and terminals that it can begin with; computed when first asked for. */
  first?: ReadonlySet<string>;
}

/** The rules of a grammar by name. Each becomes an automaton when it is first needed. */
export class Automaton {
  private readonly rules = new Map<string, Rule>();

  constructor(private readonly grammar: GrammarAST.Grammar) {}

  rule(name: string): Rule {
    const known = this.rules.get(name);
    if (known) return known;
    const source = this.grammar.rules.filter(GrammarAST.isParserRule).find((r) => r.name === name)!;
    const start = newNode();
    const type = source.fragment || source.dataType || source.returnType ? undefined : (source.inferredType?.name ?? source.name);
    const rule: Rule = { name, type, isFragment: source.fragment, start };
    // Known before it is complete, as rules call each other in circles.
    this.rules.set(name, rule);
    this.build(source.definition, start).isEnd = true;
    return rule;
  }

  /** Adds what takes the element from the node on, as often as its cardinality says. Gives the node behind it. */
  private build(element: GrammarAST.AbstractElement, from: Node, assigned?: Assigned, continues = false): Node {
    const start = newNode();
    const end = this.buildOnce(element, start, continues, assigned);
    const out = newNode();
    empty(from, start);
    empty(end, out);
    if (element.cardinality === '?' || element.cardinality === '*') empty(from, out);
    if (element.cardinality === '*' || element.cardinality === '+') empty(end, start);
    return out;
  }

  private buildOnce(element: GrammarAST.AbstractElement, from: Node, continues: boolean, assigned?: Assigned): Node {
    if (GrammarAST.isGroup(element)) return this.buildGroup(element.elements, from, assigned);
    if (GrammarAST.isAlternatives(element)) {
      const out = newNode();
      for (const alternative of element.elements) empty(this.build(alternative, from, assigned), out);
      return out;
    }
    if (GrammarAST.isAssignment(element)) return this.build(element.terminal, from, { feature: element.feature, once: element.operator !== '+=' }, continues);
    if (GrammarAST.isCrossReference(element)) {
      const { rule } = element.terminal as GrammarAST.RuleCall;
      return this.buildCall(rule.ref!, from, { assigned, continues, reference: element });
    }
    if (GrammarAST.isKeyword(element)) {
      const to = newNode();
      from.edges.push({ take: 'keyword', keyword: element.value, to, assigned, continues });
      return to;
    }
    return GrammarAST.isRuleCall(element) ? this.buildCall(element.rule.ref!, from, { assigned, continues }) : from;
  }

  private buildGroup(elements: readonly GrammarAST.AbstractElement[], from: Node, assigned?: Assigned): Node {
    const opened: Node[] = [];
    let at = from;
    for (const [i, element] of elements.entries()) {
      if (GrammarAST.isKeyword(element) && element.value === '{') opened.push(at);
      at = this.build(element, at, assigned, beginsWithKeyword(elements[i + 1]));
      if (GrammarAST.isKeyword(element) && element.value === '}') for (const brace of closureOf(opened.pop()!)) brace.afterBlock = at;
    }
    return at;
  }

  private buildCall(rule: GrammarAST.AbstractRule, from: Node, how: { assigned?: Assigned; continues: boolean; reference?: GrammarAST.CrossReference }): Node {
    const to = newNode();
    if (GrammarAST.isParserRule(rule)) from.edges.push({ take: 'rule', rule: this.rule(rule.name), to, ...how });
    else from.edges.push({ take: 'terminal', terminal: rule.name, to, ...how });
    return to;
  }
}

const newNode = (): Node => ({ edges: [], isEnd: false });
const empty = (from: Node, to: Node): void => void from.edges.push({ take: 'nothing', to, continues: false });

/** The nodes that empty edges lead to, with the node itself, in the order of the grammar. */
function closureOf(node: Node, seen = new Set<Node>()): Set<Node> {
  seen.add(node);
  for (const edge of node.edges) if (edge.take === 'nothing' && !seen.has(edge.to)) closureOf(edge.to, seen);
  return seen;
}

/** Where something begins or ends without that anything is taken before. */
export const reachedFrom = (node: Node): readonly Node[] => (node.reached ??= [...closureOf(node)].filter((n) => n.isEnd || n.edges.some((e) => e.take !== 'nothing')));

/** Whether the rule can begin with the word, which is a keyword or one of the terminals. */
export function canBegin(rule: Rule, word: string, terminals: readonly string[]): boolean {
  const first = (rule.first ??= firstOf(rule));
  return first.has(word) || first.has(anything) || terminals.some((t) => first.has(t));
}

/** Stands in the first set of a rule that can be empty. */
const anything = '';
function firstOf(rule: Rule): Set<string> {
  const first = new Set<string>();
  for (const node of reachedFrom(rule.start)) {
    if (node.isEnd) first.add(anything);
    for (const edge of node.edges) {
      if (edge.take === 'keyword') first.add(edge.keyword);
      else if (edge.take === 'terminal') first.add(edge.terminal);
      else if (edge.take === 'rule') for (const word of (edge.rule.first ??= firstOf(edge.rule))) first.add(word);
    }
  }
  return first;
}

const beginsWithKeyword = (element: GrammarAST.AbstractElement | undefined): boolean =>
  GrammarAST.isKeyword(element) ||
  (GrammarAST.isAssignment(element) && GrammarAST.isKeyword(element.terminal)) ||
  (GrammarAST.isAlternatives(element) && element.elements.some(beginsWithKeyword));
