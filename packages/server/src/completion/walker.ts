import { canBegin, reachedFrom, type Automaton, type Edge, type Node, type Rule } from './automaton.js';

/** A word or a sign of the text; `block` is one in braces that is passed over. */
export interface Word {
  image: string;
  /** The terminals that it is, such as NAME and ID; none where it can only be a keyword. */
  terminals: readonly string[];
}

/** What is known of an element that is being read: its name, and the properties that it has. */
export interface Known {
  name?: string;
  used?: Used;
}
interface Used {
  feature: string;
  rest?: Used;
}

/** A rule that is being read, and where to go on after it. */
export interface Frame {
  rule: Rule;
  /** The property of the element around it that receives it. */
  feature?: string;
  /** Whether a keyword comes after it. */
  continues: boolean;
  parent?: State;
}

/** A place in the grammar that the text before the cursor can lead to. */
export interface State {
  node: Node;
  frame: Frame;
  known: Known;
  /** Nothing of the rule has been read. */
  isNew?: boolean;
}

/** Enough for every place of the grammar; a bound for what nobody has thought of. */
const mostStates = 300;

/** Where the reading of a file begins. */
export function startOf(automaton: Automaton): State[] {
  const rule = automaton.rule('CamelFile');
  return [{ node: rule.start, frame: { rule, continues: false }, known: {} }];
}

/**
 * The states from which something is taken, with those that empty edges and the beginnings and ends of rules lead to.
 * @param mayEnter whether the beginnings of a rule are wanted
 * @param matters whether a state at the node is wanted for itself
 */
export function expand(states: readonly State[], mayEnter: (state: State, edge: RuleEdge) => boolean, matters: (node: Node) => boolean = () => true): State[] {
  const result: State[] = [];
  const seen = new Map<Node, Frame[]>();
  const pending = [...states].reverse();
  for (let from = pending.pop(); from && result.length < mostStates; from = pending.pop()) {
    const later: State[] = [];
    for (const node of reachedFrom(from.node)) {
      const frames = seen.get(node);
      if (frames?.includes(from.frame)) continue;
      if (frames) frames.push(from.frame);
      else seen.set(node, [from.frame]);
      const state = node === from.node ? from : { ...from, node };
      if (matters(node)) result.push(state);
      for (const edge of node.edges) if (edge.take === 'rule' && mayEnter(state, edge)) later.push(enter(state, edge));
      if (node.isEnd && state.frame.parent) later.push(afterRule(state, state.frame.parent));
    }
    pending.push(...later.reverse());
  }
  return result;
}

export type RuleEdge = Extract<Edge, { take: 'rule' }>;

function enter({ frame, known }: State, edge: RuleEdge): State {
  const { rule, assigned, continues, to } = edge;
  const inner: Frame = {
    rule,
    feature: assigned?.feature ?? (rule.isFragment ? frame.feature : undefined),
    continues,
    parent: { node: to, frame, known: withUsed(known, assigned) },
  };
  return { node: rule.start, frame: inner, known: rule.isFragment ? known : {}, isNew: !rule.isFragment };
}

/** What a fragment has read belongs to the element around it. */
const afterRule = (state: State, parent: State): State => (state.frame.rule.isFragment ? { ...parent, known: state.known } : parent);

const withUsed = (known: Known, assigned: Edge['assigned']): Known => (assigned?.once ? { ...known, used: { feature: assigned.feature, rest: known.used } } : known);

/** The states after the word; none where it cannot stand. */
export function step(states: readonly State[], word: Word): State[] {
  const takes = (edge: Edge): boolean => (edge.take === 'keyword' ? edge.keyword === word.image : edge.take === 'terminal' && word.terminals.includes(edge.terminal));
  const mayEnter = (_: State, { rule }: RuleEdge): boolean => canBegin(rule, word.image, word.terminals);
  const next: State[] = [];
  for (const state of expand(states, mayEnter, (node) => node.edges.some(takes))) {
    for (const edge of state.node.edges) {
      if (!takes(edge)) continue;
      const known = edge.assigned?.feature === 'name' ? { ...state.known, name: word.image.replace(/^\^/, '') } : withUsed(state.known, edge.assigned);
      next.push({ node: edge.to, frame: state.frame, known });
    }
  }
  return next;
}

/** The states after a whole block in braces. */
export const stepOverBlock = (states: readonly State[]): State[] =>
  expand(states, () => false).flatMap((state) => (state.node.afterBlock ? [{ ...state, node: state.node.afterBlock }] : []));

/** The element that the state belongs to: fragments and values are part of the rule around them. */
export function elementOf(state: State): State {
  let at = state;
  while (!at.frame.rule.type && at.frame.parent) at = at.frame.rule.isFragment ? { ...at.frame.parent, known: at.known } : at.frame.parent;
  return at;
}

export function usedIn(known: Known): Set<string> {
  const features = new Set<string>();
  for (let used = known.used; used; used = used.rest) features.add(used.feature);
  return features;
}
