import { describe, expect, test } from 'vitest';
import { loadModels, placeOf, type Expression, type Formula, type MetricModel } from '../src/index.js';
import { codes, load, marked } from './check.js';

/** With all parentheses that the tree means. */
function shown(e: Expression | undefined): string {
  if (!e) return '?';
  if (e.$type === 'Operation') return `(${e.operands.map((o, i) => shown(o) + (e.operators[i] ? ` ${e.operators[i]} ` : '')).join('')})`;
  if (e.$type === 'Sign') return `${e.operator}${shown(e.operand)}`;
  if (e.$type === 'Call') return `${e.callee.$refText}(${e.arguments.map(shown).join(', ')})`;
  if (e.$type === 'Factorial') return `${shown(e.operand)}!`;
  return e.$type === 'Variable' ? e.symbol.$refText : `${e.value}`;
}

const modelWith = (formula: string): string => `camel model S { metric model M { variable x { } variable y { } variable e { } variable V { formula ${formula} } } }`;
async function formula(text: string): Promise<Formula> {
  const { models } = await load(modelWith(text));
  return (models[0]!.subModels[0] as MetricModel).variables.at(-1)!.formula!;
}

describe('precedence', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['-2^2', '-(2 ^ 2)'],
    ['2^3^x', '(2 ^ (3 ^ x))'],
    ['2^-x^2', '(2 ^ -(x ^ 2))'],
    ['x - y - 1 + 2', '(x - y - 1 + 2)'],
    ['x + y * 2 - x / y / 2', '(x + (y * 2) - (x / y / 2))'],
    ['-x * -y', '(-x * -y)'],
    ['x # 3 % 2 * y', '(x # 3 % 2 * y)'],
    ['x + 1 < y * 2', '((x + 1) < (y * 2))'],
    ['x < 1 && y >= 2 || x <> 3 & y = 4', '(((x < 1) && (y >= 2)) || ((x <> 3) & (y = 4)))'],
    ['~x | !y', '(~x | !y)'],
    ['(x + y) * 2', '((x + y) * 2)'],
    ['if(x > 1, min(x, y), ceil(y))', 'if((x > 1), min(x, y), ceil(y))'],
    ['1.5E3 + .5 + 2e-1', '(1500 + 0.5 + 0.2)'],
    ['x --> y | x & y <-> x', '(x --> (y | (x & y)) <-> x)'],
    ['x ~& y ~| x (+) y', '((x ~& y) ~| x (+) y)'],
    ['x <-- y -/> x </- y', '(x <-- y -/> x </- y)'],
    ['x ~&& ~y ~|| x ~= y', '((x ~&& ~y) ~|| (x ~= y))'],
    ['-x!^2! + (x)!', '(-(x! ^ 2!) + x!)'],
    ['if(x != y; 1; 2)', 'if((x != y), 1, 2)'],
  ];
  const backslashes: readonly (readonly [string, string])[] = [
    ['x /\\ y \\/ x ~/\\ y', '((x && y) || (x ~&& y))'],
    ['x /\\\\ y ~\\\\/ x', '((x && y) ~|| x)'],
  ];
  for (const [text, expected] of [...cases, ...backslashes]) test(text, async () => expect(shown((await formula(`'${text}'`)).expression)).toBe(expected));
});

test('the ways to write a formula are equal', async () => {
  for (const text of ["'x+y'", '"x+y"', ": 'x+y'", ":('x+y')", "( 'x+y' )", ": ( 'x+y' )"]) expect(shown((await formula(text)).expression)).toBe('(x + y)');
  expect(shown((await formula('x')).expression)).toBe('x');
});

test('what a formula mentions stands where it is written', async () => {
  const text = modelWith("'x +\n  min(y, z)'");
  const { diagnostics } = await load(text);
  const unresolved = diagnostics.find((d) => d.code === 'reference/unresolved')!;
  expect(marked(text, unresolved)).toBe('z');
  expect(unresolved.place!.range.start).toEqual({ line: 1, character: 9 });
  const { expression } = (await load(text)).models[0]!.subModels.flatMap((m) => (m as MetricModel).variables).at(-1)!.formula!;
  expect(marked(text, { place: placeOf(expression!) } as never)).toBe('x +\n  min(y, z)');
});

test('a group of operators of its own has its place', async () => {
  const text = modelWith("'x + y * 2 - x'");
  const { models } = await load(text);
  const { expression } = (models[0]!.subModels[0] as MetricModel).variables.at(-1)!.formula!;
  const product = expression?.$type === 'Operation' ? expression.operands[1]! : undefined;
  expect(marked(text, { place: placeOf(product!) } as never)).toBe('y * 2');
});

describe('names', () => {
  const target = async (files: Record<string, string>): Promise<string> => {
    const { models } = await loadModels(Object.entries(files).map(([path, text]) => ({ path, text })));
    const variable = (models[0]!.subModels[0] as MetricModel).variables[0]!;
    const { expression } = variable.formula!;
    const symbol = expression?.$type === 'Variable' ? expression.symbol.ref : undefined;
    return symbol ? `${symbol.$type} in ${(symbol.$container as { name: string }).name}` : '?';
  };
  const own = "metric model A { variable V { formula 'x' } raw metric x { } }";
  const other = 'metric model B { variable x { } }';
  test('of the same metric model come first', async () => expect(await target({ a: `camel model S { ${own} ${other} }` })).toBe('RawMetric in A'));
  test('then those of the same camel model', async () => {
    expect(await target({ a: `camel model S { metric model A { variable V { formula 'x' } } ${other} }`, b: 'camel model T { metric model C { raw metric x { } } }' })).toBe(
      'MetricVariable in B',
    );
  });
  test('then all', async () => {
    expect(await target({ a: "camel model S { metric model A { variable V { formula 'x' } } }", b: 'camel model T { metric model C { raw metric x { } } }' })).toBe(
      'RawMetric in C',
    );
  });
  test('units are no metrics', async () =>
    expect(await target({ a: "camel model S { metric model A { variable V { formula 'x' } } unit model U { single unit x { } } }" })).toBe('?'));
  test('composite units are made of units', async () => {
    expect(await codes("camel model S { unit model U { single unit a { } single unit b { } composite unit c { formula 'a / b' } } metric model M { variable a { } } }")).toEqual([
      'model/missing',
    ]);
  });
  test('a function has its parameters, and only there', async () => {
    const text = (formula: string): string =>
      `camel model S { metric model M { function F { expression 'x^2' arguments ["x"] } composite metric C { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '${formula}' } } }`;
    expect(await codes(text('F(2)'))).toEqual([]);
    expect(await codes(text('F(x)'))).toEqual(['reference/unresolved']);
    expect(await codes(text('F(1, 2)'))).toEqual(['reference/arguments']);
  });
  test('constants are there, but a variable of that name comes first', async () => {
    const { expression } = await formula("'e'");
    expect(expression?.$type === 'Variable' && expression.symbol.ref?.name).toBe('e');
    expect((await codes(modelWith("'pi + phi + true + false + x'"))).filter((c) => c.startsWith('reference'))).toEqual([]);
  });
});

describe('functions', () => {
  const errors = async (text: string): Promise<string[]> => (await codes(modelWith(`'${text}'`))).filter((c) => !c.startsWith('model'));
  test('take the number of arguments that they have', async () => {
    for (const text of ['min(x)', 'min(x, y, 1)', 'round(x)', 'round(x, 2)', 'log(10, x)', 'iff(x > 1, 2, y, 3)', 'percentile(x, 0.95)', 'sum(x)'])
      expect(await errors(text), text).toEqual([]);
    for (const text of ['sqrt(x, y)', 'round(x, 1, 2)', 'if(x, y)', 'log(x)', 'min()', 'iff(x, 1, y)']) expect(await errors(text), text).toEqual(['reference/arguments']);
  });
  test('that draw at random are refused', async () => {
    expect(await errors('rUni(0, 1) + x')).toEqual(['reference/random']);
    const text = modelWith("'rUni(0, 1) + x'");
    const { diagnostics } = await load(text);
    expect(marked(text, diagnostics.find((d) => d.code === 'reference/random')!)).toBe('rUni');
  });
  test('are known by name', async () => expect(await errors('average(x)')).toEqual(['reference/function']));
});
