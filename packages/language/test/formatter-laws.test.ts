/** What holds for every text that the formatter takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from './check.js';
import { files, formatted, shapeOf, twoSpaces, words, wordsOnly } from './formatted.js';

// The corpus has its largest files several times.
const all = Object.entries(files).filter(([name, text]) => text.length < 60_000 || (!name.includes('camel-2.5') && !name.includes('serverless')));
const small = all.filter(([, text]) => text.length < 20_000);

/** Texts and comments may hold any white space; the rest may not. */
function expectTidy(text: string): void {
  const outside = words(text)
    .reduceRight((rest, w) => (/[\r\n]/.test(w.text) ? `${rest.slice(0, w.start)}x${rest.slice(w.end)}` : rest), text)
    .replace(/^\uFEFF/, '');
  expect(outside).not.toMatch(/[ \t]$/m);
  expect(outside).not.toMatch(/^\s|(\r?\n){3}|[{[(]\s*\n\s*\n/);
  expect(outside).toMatch(/[^\s](\r\n|\r|\n)$/);
}

function expectSafe(text: string, options = twoSpaces): string {
  const once = formatted(text, options)!;
  expect(once).toBeDefined();
  expect(wordsOnly(once)).toEqual(wordsOnly(text));
  expect(shapeOf(once)).toEqual(shapeOf(text));
  expect(formatted(once, options)).toBe(once);
  expectTidy(once);
  return once;
}

const codes = async (text: string): Promise<string[]> => (await load(text)).diagnostics.map((d) => d.code);

describe.each(all)('%s', (_, text) => {
  it('keeps its tokens, its tree and its diagnostics, and is formatted then', async () => {
    const once = expectSafe(text);
    expect(await codes(once)).toEqual(await codes(text));
  });
});

/** Writes a text anew: what stands between two words is chosen by `gap`. */
function respaced(text: string, gap: (before: string, i: number) => string): string {
  let end = 0;
  let result = '';
  for (const [i, word] of words(text).entries()) {
    const before = text.slice(end, word.start);
    result += gap(before, i) + word.text;
    end = word.end;
  }
  return result + gap(text.slice(end), words(text).length);
}

const ports = `camel model M { deployment model D {
  communication C from A.b to B.c provided port script configuration P { start 'a' } required port container configuration Q {
    env feature F { attribute a : [int 1 attribute b : [int 1, int 2) } }
  req R.d communication E from A.b to B.c req R.d
} constraint model X { logical constraint L : or (if constraint I : if { A } then { logical constraint K : and (A, B) }, B) } }`;

const anyFile = fc.constantFrom(ports, ...small.map(([, text]) => text));
const isAfterLineComment = (before: string): boolean => /^[\r\n]/.test(before);

describe('texts with white space and comments anywhere', () => {
  const gaps = [
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n\n',
    ' \r\n ',
    '\n \t\n',
    ' // why\n',
    '\n// why\n\n',
    ' /* why */ ',
    '\n/* why */\n',
    '/* a\n * b\n */',
    '\n\n  /*\n a  \n*/ ',
    '//\n',
    '\f',
  ];
  const anyText = fc
    .tuple(anyFile, fc.array(fc.constantFrom(...gaps), { minLength: 40, maxLength: 40 }), fc.integer({ min: 1, max: 12 }))
    .map(([text, chosen, rarity]) => respaced(text, (before, i) => (i % rarity > 0 ? before : (isAfterLineComment(before) ? '\n' : '') + chosen[i % chosen.length]!)));

  it('are formatted without harm', () =>
    fc.assert(
      fc.property(anyText, fc.constantFrom(twoSpaces, { tabSize: 4, insertSpaces: false }), (text, options) => void expectSafe(text, options)),
      { numRuns: 80 },
    ));

  it('are formatted in the lines of a range alone', () =>
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(40), (text, at, length) => {
        const linesOf = (t: string): string[] => t.split(/\r\n|\r|\n/);
        const lines = linesOf(text);
        const first = at % lines.length;
        const last = Math.min(first + length, lines.length - 1);
        const after = linesOf(formatted(text, undefined, { first, last })!);
        expect(after.slice(0, first)).toEqual(lines.slice(0, first));
        const below = lines.slice(last + 1);
        expect(after.slice(after.length - below.length)).toEqual(below);
        expect(wordsOnly(after.join('\n'))).toEqual(wordsOnly(text));
      }),
      { numRuns: 80 },
    ));
});

describe('the layout of the source', () => {
  const between = fc.array(fc.constantFrom(' ', '\t', '   ', '\n', '\n\n\t', '\r\n'), { minLength: 30, maxLength: 30 });

  it('matters for the lines of blocks and for blank lines alone', () =>
    fc.assert(
      fc.property(anyFile, between, (text, chosen) => {
        const once = formatted(text)!;
        fc.pre(!/\/\//.test(once));
        // Inside a line of a member that stands on several lines with others, any white space may stand.
        const list = once.split('\n');
        const other = list.map((line, i) => {
          if (/["'{}]/.test(line)) return line;
          const indent = /^\s*/.exec(line)![0];
          return indent + respaced(line.slice(indent.length), (before, j) => (before === ' ' ? chosen[(i + j) % chosen.length]! : before));
        });
        expect(formatted(other.join('\n'))).toBe(once);
      }),
      { numRuns: 40 },
    ));
});
