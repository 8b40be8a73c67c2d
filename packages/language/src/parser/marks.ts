/** A bracket, text or comment. */
export interface Mark {
  kind: 'bracket' | 'text' | 'line-comment' | 'block-comment';
  start: number;
  end: number;
}

/**
 * The brackets, texts and comments of a text in order, also of one that is broken. Takes time in proportion to its length.
 * @param from where to begin: outside of texts and comments
 */
export function* marksOf(text: string, from = 0): Generator<Mark> {
  const unclosed = new Set<string>();
  const next = /["'{}[\]()]|\/[/*]/g;
  next.lastIndex = from;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const [sign] = found;
    const start = found.index;
    if (sign === '"' || sign === "'") {
      if (unclosed.has(sign)) continue;
      const closed = sign === '"' ? doubleQuoted : singleQuoted;
      closed.lastIndex = start;
      if (closed.test(text)) yield { kind: 'text', start, end: (next.lastIndex = closed.lastIndex) };
      else unclosed.add(sign);
    } else if (sign === '//') {
      lineEnd.lastIndex = start;
      yield { kind: 'line-comment', start, end: (next.lastIndex = lineEnd.exec(text)?.index ?? text.length) };
    } else if (sign === '/*') {
      const close = text.indexOf('*/', start + 2);
      yield { kind: 'block-comment', start, end: (next.lastIndex = close < 0 ? text.length : close + 2) };
    } else {
      yield { kind: 'bracket', start, end: start + 1 };
    }
  }
}

const doubleQuoted = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const singleQuoted = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'/y;
const lineEnd = /[\r\n]/g;

/** An opening bracket and the one that closes it, if any does. */
export interface Pair {
  open: number;
  close?: number;
}

/** Pairs brackets. Those of intervals need not be closed: a closing brace closes all that was opened behind its own. */
export class BracketPairs {
  private readonly stack: { sign: string; pair: Pair }[] = [];

  /** @returns the pair that is now closed */
  add(sign: string, at: number): Pair | undefined {
    if (sign === '{' || sign === '[' || sign === '(') {
      this.stack.push({ sign, pair: { open: at } });
      return undefined;
    }
    const opener = sign === '}' ? this.stack.findLastIndex((b) => b.sign === '{') : this.stack.at(-1)?.sign === '{' ? -1 : this.stack.length - 1;
    if (opener < 0) return undefined;
    const [closed] = this.stack.splice(opener);
    return { ...closed!.pair, close: at };
  }
}
