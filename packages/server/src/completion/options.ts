import type { GrammarAST } from 'langium';
import type { Edge, Rule } from './automaton.js';
import type { Situation } from './situation.js';
import { elementOf, expand, usedIn, type Known, type RuleEdge, type State } from './walker.js';

/** What may stand at a place. */
export interface Options {
  phrases: PhraseOption[];
  references: ReferenceOption[];
  /** Texts of the user's: the property that each is for. */
  texts: TextOption[];
}

/** Keywords that stand together, such as `resource requirement`. */
export interface PhraseOption {
  phrase: string;
  /** The rule of the grammar that it stands in. */
  rule: string;
  /** The rule that it begins. */
  begins?: Rule;
  /** Whether it is one of some values. */
  isValue: boolean;
  /** Whether it goes on with a statement that is begun, in place of another member of the block. */
  continues: boolean;
}
export interface ReferenceOption {
  reference: GrammarAST.CrossReference;
  feature: string;
  /** The element that refers. */
  state: State;
  /** Whether a name alone that is a keyword would not be taken for a name. */
  isStrict: boolean;
}
export interface TextOption {
  feature: string;
  state: State;
}

const isWord = (keyword: string): boolean => /^\w/.test(keyword);
/** Comparisons and the like: signs that are values. */
const isSign = (keyword: string): boolean => /^[<>=]+$/.test(keyword);

/** What may stand at the place, without what stands in the block already where that may stand once only. */
export function optionsAt({ states, usedAfter, block }: Situation): Options {
  const options: Options = { phrases: [], references: [], texts: [] };
  const mayStand = (state: State, feature: string): boolean => !isUsed(feature, state, usedAfter, block);
  const expanded = expand(states, (state, edge) => {
    if (edge.assigned?.once && !mayStand(state, edge.assigned.feature)) return false;
    const feature = edge.assigned?.feature;
    if (edge.reference) options.references.push({ reference: edge.reference, feature: feature!, state: elementOf(state), isStrict: edge.rule.name === 'StrictFqn' });
    else if (edge.rule.name === 'Text') options.texts.push({ feature: feature!, state: elementOf(state) });
    else return true;
    return false;
  });
  for (const state of expanded) {
    for (const edge of state.node.edges) {
      if (edge.take !== 'keyword' || !(isWord(edge.keyword) || isSign(edge.keyword))) continue;
      const features = edge.assigned ? [edge.assigned] : assignedNext(state, edge);
      if (features.length > 0 && features.every(({ feature, once }) => once && !mayStand(state, feature))) continue;
      for (const phrase of phrasesFrom(state, edge)) {
        const begins = state.isNew && state.frame.rule.type ? state.frame.rule : undefined;
        const isValue = isSign(edge.keyword) || (!state.frame.rule.type && !state.frame.rule.isFragment);
        const continues = !begins && elementOf(state).frame !== block;
        if (!options.phrases.some((o) => o.phrase === phrase && o.begins === begins)) options.phrases.push({ phrase, rule: state.frame.rule.name, begins, isValue, continues });
      }
    }
  }
  if (options.phrases.length + options.references.length + options.texts.length === 0) options.phrases.push(...signsAt(expanded));
  return options;
}

/** The brackets and other signs of which one must come next. */
function signsAt(states: readonly State[]): PhraseOption[] {
  const edges = states.flatMap(({ node, frame }) => node.edges.map((edge) => ({ edge, rule: frame.rule.name })));
  if (edges.some(({ edge }) => edge.take === 'terminal')) return [];
  const signs = new Map(edges.flatMap(({ edge, rule }) => (edge.take === 'keyword' ? [[edge.keyword, rule] as const] : [])));
  return [...signs].map(([phrase, rule]) => ({ phrase, rule, isValue: false, continues: true }));
}

/** Properties of an element that the checks do not allow together. */
const exclusive: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  RequirementSet: [['os', 'image']],
  ScriptConfiguration: [['os', 'imageId']],
  ServerlessConfiguration: [['binaryCodeUrl', 'build']],
  DataSource: [['external', 'component']],
  DataSourceInstance: [['external', 'component']],
  Slo: [['constraint', 'event']],
  OptimisationRequirement: [['context', 'variable']],
  MetricVariable: [['currentConfig', 'onCandidates']],
  ObjectContext: [
    ['communication', 'component'],
    ['communication', 'data'],
  ],
  ValueList: [['primitiveType', 'type']],
  MmsProperty: [['range', 'rangeUri']],
};
/** A component refers to a set of requirements, or has one of its own. */
const requirements = [['ownRequirements', 'requirements']] as const;

function isUsed(feature: string, state: State, usedAfter: ReadonlySet<string>, block: Situation['block']): boolean {
  const element = elementOf(state);
  const has = (f: string): boolean => usedIn(state.known).has(f) || (element.frame === block && usedAfter.has(f));
  const pairs = [...requirements, ...(exclusive[element.frame.rule.type ?? ''] ?? [])];
  return has(feature) || pairs.some(([a, b]) => (a === feature && has(b)) || (b === feature && has(a)));
}

/** The properties that are read next after the keyword. */
function assignedNext(state: State, edge: Edge): { feature: string; once: boolean }[] {
  const found: { feature: string; once: boolean }[] = [];
  const seen = new Set<unknown>();
  const pending: State[] = [{ ...state, node: edge.to }];
  const collect = (e: Edge, s: State): void => {
    if (e.assigned) found.push(e.assigned);
    else if (e.take !== 'nothing' && e.take !== 'rule' && !seen.has(e)) {
      seen.add(e);
      pending.push({ ...s, node: e.to });
    }
  };
  for (let from = pending.pop(); from; from = pending.pop()) {
    const inFrame = (s: State, e: RuleEdge): boolean => {
      collect(e, s);
      return e.rule.isFragment;
    };
    // Not beyond the end of the rule.
    for (const s of expand([{ ...from, frame: { ...from.frame, parent: undefined } }], inFrame)) for (const e of s.node.edges) if (e.take !== 'rule') collect(e, s);
  }
  return found;
}

/** The keyword with those that come next: `provided` gives `provided communication` and `provided host`. */
function phrasesFrom(state: State, edge: Extract<Edge, { take: 'keyword' }>): string[] {
  const { frame } = state;
  const isValue = !frame.rule.type && !frame.rule.isFragment;
  const continues = isValue ? frame.continues : edge.continues;
  if (!continues || !isWord(edge.keyword)) return [edge.keyword];
  const home = isValue ? frame.parent!.frame : frame;
  const phrases: string[] = [];
  let endsHere = false;
  const stop = (): boolean => {
    endsHere = true;
    return false;
  };
  for (const next of expand([{ node: edge.to, frame, known: noneKnown }], stop)) {
    for (const e of next.node.edges) {
      if (e.take === 'terminal') endsHere = true;
      if (e.take !== 'keyword') continue;
      if (isWord(e.keyword) && next.frame === home) phrases.push(...phrasesFrom(next, e).map((rest) => `${edge.keyword} ${rest}`));
      else endsHere = true;
    }
  }
  return endsHere ? [edge.keyword, ...phrases] : phrases;
}
const noneKnown: Known = {};
