import { describe, expect, test } from 'vitest';
import { type MetricModel } from '../src/index.js';
import { codes, load } from './check.js';

const features = (depth: number): string => `camel model M { application A { version '1' ${'feature f { '.repeat(depth)}attribute a : int 1 ${'} '.repeat(depth)} } }`;
const formula = (text: string): string => `camel model M { metric model X { raw metric x { } variable V { formula '${text}' } } }`;
const syntax = async (text: string): Promise<string[]> => (await codes(text)).filter((c) => c.startsWith('syntax'));

describe('nesting', () => {
  test('of 45 blocks is read', async () => expect(await codes(features(45))).toEqual([]));
  test('of more than 50 is refused where it is too deep', async () => {
    const { diagnostics } = await load(features(5000));
    expect(diagnostics.map((d) => d.code)).toEqual(['syntax/too-deep']);
    expect(diagnostics[0]!.place!.range.start.character).toBe(features(5000).split('{', 51).join('{').length);
  });
  test('of 45 constraints is read', async () => {
    const text = `camel model M { constraint model C { ${'logical constraint a : or (if constraint b : if { '.repeat(22)}x${' } then { x })'.repeat(22)} } }`;
    expect(await syntax(text)).toEqual([]);
  });
  test('is not counted for intervals, which stay open', async () => {
    const many = (bound: string): string => Array.from({ length: 100 }, () => `attribute a : ${bound} `).join('');
    const text = `camel model M { application A { version '1' feature f { ${many('[int 1')} } ${many('(int 1')} ${many('[int 1, int 2)')} ${many(', int 2]')} } }`;
    expect(await syntax(text)).toEqual([]);
    expect(await syntax(text.replace('feature f {', `${`feature f { attribute b : [int 1, int 2] `.repeat(51)}`))).toEqual(['syntax/too-deep']);
  });
  for (const [name, text] of [
    ['parentheses', (n: number) => `${'('.repeat(n)}x${')'.repeat(n)}`],
    ['calls', (n: number) => `${'abs('.repeat(n)}x${')'.repeat(n)}`],
    ['powers', (n: number) => `${'x^'.repeat(n)}x`],
    ['signs', (n: number) => `${'-'.repeat(n)}x`],
    ['signs of powers in parentheses', (n: number) => `${'-(2^'.repeat(n / 4)}x${')'.repeat(n / 4)}`],
  ] as const) {
    test(`of ${name} in formulas`, async () => {
      expect(await syntax(formula(text(44)))).toEqual([]);
      expect(await syntax(formula(text(20000)))).toEqual(['syntax/too-deep']);
    });
  }
  test('is not counted for powers side by side', async () => expect(await syntax(formula(Array.from({ length: 300 }, () => 'x^2').join(' + ')))).toEqual([]));
});

describe('size', () => {
  test('a sum of 10,000 terms is read', async () => {
    const { models, diagnostics } = await load(formula(Array.from({ length: 10_000 }, () => 'x').join(' + ')));
    expect(diagnostics.filter((d) => d.severity === 'error' && d.code !== 'model/missing')).toEqual([]);
    const { expression } = (models[0]!.subModels[0] as MetricModel).variables[0]!.formula!;
    expect(expression?.$type === 'Operation' && expression.operands.length).toBe(10_000);
  });
  test('a chain of 10,000 variables is checked, and only those that are defined by themselves are reported', async () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => `variable V${i} { formula 'V${Math.max(0, i - 1)} + ${i}' }`).join(' ');
    const { diagnostics } = await load(`camel model M { metric model X { ${chain} variable A { formula 'V9999 + B' } variable B { formula 'A' } } }`);
    expect(diagnostics.filter((d) => d.code === 'model/recursive').map((d) => d.message)).toEqual([
      'the metric variable `V0` is defined by itself: `V0` → `V0`',
      'the metric variable `A` is defined by itself: `A` → `B` → `A`',
    ]);
  });
  test('a sum of 10,000 products is read', async () => {
    expect(await syntax(formula(Array.from({ length: 10_000 }, () => '2 * x').join(' - ')))).toEqual([]);
  });
});

describe('what is no text', () => {
  test('is refused at its first such byte', async () => {
    const { diagnostics } = await load('camel model A {\n \u0000\u0001 }');
    expect(diagnostics.map((d) => [d.code, d.place!.range.start])).toEqual([['syntax/not-text', { line: 1, character: 1 }]]);
  });
  test('a byte order mark is none', async () => expect(await codes('\ufeffcamel model A { }')).toEqual([]));
  test('an empty file', async () => expect(await codes('')).toEqual(['syntax/unexpected']));
});

test('a megabyte that is no CAMEL is refused at once', async () => {
  for (const text of ['§', '}', '{', "'", 'a ', '('].map((piece) => piece.repeat(1_000_000 / piece.length))) expect((await codes(text)).length).toBeLessThan(3);
});

describe('many mistakes', () => {
  const software = (body: string): string => `camel model M { deployment model D {\n${`software S {\n longLived\n ${body}\n\n\n\n}\n`.repeat(500)}} }`;
  test('of the grammar: a hundred are told, and how many more there are', async () => {
    const { diagnostics } = await load(software('requird host H'));
    expect(diagnostics.length).toBe(101);
    expect(diagnostics.at(-1)).toMatchObject({ code: 'syntax/more', message: 'after 100 mistakes this file has 400 more' });
  });
  test('of names: each is told, in time that grows as the text does', async () => {
    const variables = (n: number): string => `camel model M { metric model X { ${Array.from({ length: n }, (_, i) => `variable V${i} { formula 'W${i}' } `).join('')} } }`;
    const found = (await codes(variables(5000))).filter((c) => c === 'reference/unresolved');
    expect(found.length).toBe(5000);
  });
});
