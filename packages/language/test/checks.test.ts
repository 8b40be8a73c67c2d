import { describe, expect, test } from 'vitest';
import { codes, load, problems } from './check.js';

const model = (text: string): string => `camel model M { ${text} }`;
const attribute = (text: string): string =>
  model(`type model T { range Small { primitive type int lower limit incl. int 0 upper limit int 9 } } application A { version '1' attribute a : ${text} }`);
const ports = (required: string, provided: string): string =>
  model(`deployment model D { software A { required communication R port ${required} } software B { provided communication P port ${provided} } communication C from A.R to B.P }`);
const requirement = (text: string): string => model(`requirement model R { ${text} }`);
const window = (text: string): string => model(`metric model X { window W { type fixed ${text} } }`);
const seconds = 'time unit UnitTemplateCamelModel.UnitTemplateModel.Seconds';

const composing = (grouping: string, formula: string): string =>
  model(`metric model X { raw metric A { template T } composite metric B { template T formula 'mean(A)' } composite metric C { template T formula '${formula}' }
    raw metric context Ra { metric A sensor X.s } composite metric context Cb { metric B grouping per-zone composing contexts [Ra] }
    composite metric context Cc { metric C grouping ${grouping} composing contexts [Cb] } }`);

/** What is right at the edge of each rule. Its example in the catalogue shows what is wrong. */
const right: Record<string, string> = {
  'a value at the closed end of its type': attribute('int 0 [T.Small]'),
  'a range of one value': attribute('[int 3, int 3]'),
  'an open range with a number in it': attribute('(int 2, int 4)'),
  'a half-open range': attribute('(double 1.5'),
  'equal ports': ports('80', '80'),
  'a port in the provided range': ports('81', '[80, 90]'),
  'a range in the provided range': ports('[81, 90]', '[80, 90]'),
  'the greatest port': ports('65535', '65535'),
  'no maximum': requirement('horizontal scale requirement H [0, -1]'),
  'one instance': requirement('horizontal scale requirement H [1, 1]'),
  'a public cloud': requirement('provider requirement P { cloud type public }'),
  'a window of measurements': window('size type measurements-only measurement size 3'),
  'a window of time': window(`size type time-only time size 3 ${seconds}`),
  'a window of either': window(`size type first-match measurement size 1 time size 3 ${seconds}`),
  'the way of the guidebook': model("deployment model D { software S { script configuration C { devops 'docker' attribute 'example.com/x:1' } } }"),
  'a composed context of equal grouping': composing('per-zone', 'B + 1'),
  'a composed context of finer grouping': composing('global', 'B * 2'),
  'a role of a group': model('organisation model O { role R user group G [O.u] role assignment A { role R user group G assignment time 2020-01-01 } }'),
  'a filter of everything': model('organisation model O { data resource filter F { every-data } }'),
  'a name for two kinds': model('deployment model D { software A { longLived } requirements A { os O.o } } requirement model O { os requirement o { os linux } }'),
};
/** What is wrong, and what is marked. */
const wrong: readonly (readonly [code: string, marked: string, text: string])[] = [
  ['model/value-out-of-type', 'int 9', attribute('int 9 [T.Small]')],
  ['model/range-empty', 'int 3', attribute('(int 3, int 4)')],
  ['model/range-types-differ', 'double 4', attribute('[int 3, double 4]')],
  ['model/ports-differ', 'A.R', ports('[79, 90]', '[80, 90]')],
  ['model/ports-differ', 'A.R', ports('[80, 90]', '80')],
  ['model/port-number', '65536', ports('65536', '65536')],
  ['model/port-number', '0', ports('0', '0')],
  ['model/instances', '0', requirement('horizontal scale requirement H [0, 0]')],
  ['model/instances', '-1', requirement('horizontal scale requirement H [-1, 2]')],
  ['model/composing-grouping', 'Cb', composing('per-host', 'B + 1')],
  ['model/composing-metric', 'Cb', composing('global', 'A + 1')],
  ['model/window-size', 'time-only', window('size type time-only time size 3')],
  ['model/window-size', 'last-match', window(`size type last-match time size 3 ${seconds}`)],
  ['model/twice', 'two', model("application A { version '1' version two }")],
  ['model/twice', 'longLived', model('deployment model D { software A { longLived longLived } }')],
  ['model/missing', 'T', model('metric model X { measurable attribute a template T { attribute a } }')],
  ['model/duplicate', 'A', model('deployment model D { software A { longLived } software A { } }')],
  ['model/recursive', 'a', model('constraint model C { logical constraint a : or (b) logical constraint b : and (C.a) }')],
  ['model/recursive', 'EU', model('location model L { region EU { name e parents [L.DE] } region DE { name d parents [L.EU] } }')],
];

describe('what is right passes', () => {
  for (const [name, text] of Object.entries(right)) test(name, async () => expect((await codes(text)).filter((c) => c.startsWith('model/'))).toEqual([]));
});

describe('what is wrong is marked', () => {
  for (const [code, marked, text] of wrong) {
    test(`${code}: ${marked}`, async () => {
      const found = (await problems(text)).filter((p) => p.startsWith(`${code} `));
      expect(found.map((p) => p.split('«')[1]!.split('»')[0])).toContain(marked);
    });
  }
});

test('a cycle says its way', async () => {
  const text = model("metric model X { variable A { formula 'B + 1' } variable B { formula 'C' } variable C { formula 'min(A, 2)' } }");
  expect((await problems(text)).filter((p) => p.startsWith('model/recursive'))).toContain(
    'model/recursive «A» the metric variable `A` is defined by itself: `A` → `B` → `C` → `A`',
  );
});

test('a variable that another file uses is used', async () => {
  const variable = 'camel model A { metric model X { variable V { } } }';
  const use = 'camel model B { constraint model C { variable constraint c : X.V > 1 } }';
  const hints = async (files: Record<string, string>): Promise<string[]> => (await load(files)).diagnostics.filter((d) => d.severity === 'hint').map((d) => d.code);
  expect(await hints({ a: variable })).toEqual(['hint/unused']);
  expect(await hints({ a: variable, b: use })).toEqual([]);
});

test('diagnostics come by file, then by position', async () => {
  const text = model('deployment model D { software B { requirements X } software A { requirements X } }');
  const { diagnostics } = await load({ 'z.camel': text, 'a.camel': text });
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => [d.place!.file, d.place!.range.start.character])).toEqual([
    ['z.camel', 63],
    ['z.camel', 93],
    ['a.camel', 63],
    ['a.camel', 93],
  ]);
});
