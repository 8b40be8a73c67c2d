import type { Lexer } from 'langium';
import type { IToken, TokenType } from 'chevrotain';
import type { Automaton } from './automaton.js';
import { restOfBlock, surroundings, type Piece } from './blocks.js';
import { elementOf, startOf, step, stepOverBlock, usedIn, type Frame, type State, type Word } from './walker.js';

/** What the grammar permits at a place of a text, however broken the text is. */
export interface Situation {
  states: State[];
  /** The word that the place is in, with the path before and after it: what an item replaces. */
  word: { from: number; to: number; /** Up to the place. */ before: string };
  /** The properties that the block around the place has behind it. */
  usedAfter: ReadonlySet<string>;
  /** The block around the place. */
  block: Frame;
  /** Where the string begins that the place is in; `states` is then what leads to that string. */
  string?: number;
}

/** Reads the text before the place along the grammar: only what stands in the blocks around the place, not what their neighbours contain. */
export class SituationReader {
  constructor(
    private readonly automaton: Automaton,
    private readonly lexer: Lexer,
  ) {}

  /** Undefined in a comment. */
  at(text: string, offset: number): Situation | undefined {
    const { levels, string, comment } = surroundings(text, offset);
    if (comment !== undefined) return undefined;
    const before = /\^?[\w.-]*$/.exec(text.slice(Math.max(0, string === undefined ? 0 : string + 1, offset - 400), offset))![0];
    const word = { from: offset - before.length, to: offset + /^[\w.-]*/.exec(text.slice(offset, offset + 400))![0].length, before };
    const innermost = levels.at(-1)!;
    const last = innermost.at(-1) as Exclude<Piece, 'block'>;
    const end = Math.max(last.from, string ?? word.from);
    const pieces = [...innermost.slice(0, -1), { from: last.from, to: end }];
    const reading = this.read(text, [...levels.slice(0, -1), pieces]);
    if (!reading) return undefined;
    return { ...reading, word, usedAfter: this.usedAfter(text, word.to, reading), string };
  }

  private read(text: string, levels: readonly Piece[][]): { states: State[]; block: Frame; loop: State[] } | undefined {
    let entries: State[][] = [startOf(this.automaton)];
    for (const [i, pieces] of levels.entries()) {
      const isInnermost = i === levels.length - 1;
      const words = this.wordsOf(text, isInnermost ? pieces : pieces.slice(-headPieces));
      const loop = entries.at(-1)!;
      const states = run(loop, words);
      if (isInnermost) return { states, block: elementOf(loop[0]!).frame, loop: withKnownOf(states, loop) };
      const within = step(states, brace);
      const inner = within.length > 0 ? within : headed(entries, words);
      if (inner.length === 0) return undefined;
      entries = [...entries, inner];
    }
    return undefined;
  }

  private usedAfter(text: string, from: number, { block, loop }: { block: Frame; loop: State[] }): Set<string> {
    // What can be empty is a list of members; others hold one element.
    if (step(loop, { image: '}', terminals: [] }).length === 0) return new Set();
    const words = this.wordsOf(text, restOfBlock(text, from));
    const clean = loop.map((state) => ({ ...state, known: {} }));
    // The first words may be the rest of the statement that the place is in.
    const start = words.slice(0, longestHead).findIndex((word) => take(clean, word).length > 0);
    let states = clean;
    for (const word of start < 0 ? [] : words.slice(start)) {
      const next = take(states, word);
      // From here on it is not of this block, whose brace is missing.
      if (next.length === 0) break;
      states = next;
    }
    const known = states.map((state) => knownIn(state, block)).find((k) => k?.used);
    return known ? usedIn(known) : new Set();
  }

  private wordsOf(text: string, pieces: readonly Piece[]): (Word | 'block')[] {
    const some = pieces.length > 2 * mostPieces ? [...pieces.slice(0, mostPieces), ...pieces.slice(-mostPieces)] : pieces;
    return some.flatMap((piece): (Word | 'block')[] => (piece === 'block' ? [piece] : this.lexer.tokenize(text.slice(piece.from, piece.to)).tokens.map(wordOf)));
  }
}

/** What stands further away in the block does not matter for what may come next. */
const mostPieces = 40;
/** Of a block around the innermost one only the statement counts that the inner one belongs to. */
const headPieces = 4;
const brace: Word = { image: '{', terminals: [] };

const terminals = new WeakMap<TokenType, readonly string[]>();
function wordOf({ image, tokenType }: IToken): Word {
  let names = terminals.get(tokenType);
  if (!names) terminals.set(tokenType, (names = [tokenType.name, ...(tokenType.CATEGORIES ?? []).map((c) => c.name)]));
  return { image, terminals: names };
}

const take = (states: readonly State[], word: Word | 'block'): State[] => (word === 'block' ? stepOverBlock(states) : step(states, word));

/** Reads the words; where one cannot stand, the next statement of the block begins at it or soon after. */
function run(loop: State[], words: readonly (Word | 'block')[]): State[] {
  let states = loop;
  for (const word of words) {
    const next = take(states, word);
    if (next.length > 0) states = next;
    else {
      const anew = withKnownOf(states, loop);
      const begun = take(anew, word);
      states = begun.length > 0 ? begun : anew;
    }
  }
  return states;
}

/** The beginning of the block again, with what has been read of it. */
function withKnownOf(states: readonly State[], loop: readonly State[]): State[] {
  const known = states.map((state) => knownIn(state, loop[0]!.frame)).find((k) => k !== undefined);
  return known ? loop.map((state) => ({ ...state, known })) : [...loop];
}

function knownIn(state: State, frame: Frame): State['known'] | undefined {
  for (let at: State | undefined = state; at; at = at.frame.rule.isFragment && at.frame.parent ? { ...at.frame.parent, known: at.known } : at.frame.parent) {
    if (at.frame === frame) return at.known;
  }
  return undefined;
}

const longestHead = 8;
/** Where what stands before a block cannot be read, its last words say what the block is; the brace of a block around it may be missing. */
function headed(entries: readonly State[][], words: readonly (Word | 'block')[]): State[] {
  for (const loop of entries.toReversed()) {
    for (let length = Math.min(longestHead, words.length); length > 0; length--) {
      const head = words.slice(-length).reduce<readonly State[]>((states, word) => take(states, word), loop);
      const inner = step(head, brace);
      if (inner.length > 0) return inner;
    }
  }
  return [];
}
