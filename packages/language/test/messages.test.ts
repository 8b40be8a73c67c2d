import { describe, expect, test } from 'vitest';
import { codes, load, problems } from './check.js';

const model = (text: string): string => `camel model M { ${text} }`;
const deployment = (text: string): string => model(`deployment model D { ${text} }`);

describe('a syntax error says what was found, and what to do', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a misspelt keyword', deployment('software S { requird host H }'), 'syntax/unexpected «requird» `requird` cannot stand in a software | did you mean `required host`?'],
    ['a missing brace', deployment('software S { longLived\nsoftware T { }'), 'syntax/unexpected «software» `software` cannot stand in a software | it belongs in a deployment model: is a `}` missing before it?'],
    ['a missing name', deployment('software S { requirements required host H }'), 'syntax/unexpected «host» `host` cannot stand in a software | is a name missing before `required host`?'],
    ['a misspelt value', model('requirement model R { provider requirement P { cloud type publc } }'), 'syntax/unexpected «publc» `any`, `public` or `private` is missing before `publc` | did you mean `public`?'],
    ['a brace too many', 'camel model M { } }', 'syntax/unexpected «}» this `}` closes nothing | remove it, or open its block above'],
    ['a text that is not closed', model("application A { version '1 }"), "syntax/unexpected «'1 } }» this text is not closed | close it with '"],
    ['a comment that is not closed', model('/* application'), 'syntax/unexpected «/» this comment is not closed | close it with */'],
    ['a formula that ends too early', model("metric model X { variable V { formula '1 +' } }"), "syntax/unexpected «'» the formula ends too early | a number, a name or `(` is missing"],
    ['an escape in a formula', model("metric model X { variable V { formula '1 \\n' } }"), 'syntax/unexpected «\\» there are no escapes in formulas'],
  ];
  for (const [name, text, expected] of cases) {
    test(name, async () => expect((await problems(text)).find((p) => p.startsWith('syntax/'))).toContain(expected));
  }
});

test('one mistake gives one error', async () => {
  const text = deployment('\nscript configuration C {\n start "x"\n}\nsoftware S {\n  scrpt configuration C {\n start "x"\n}\n longLived\n}\nsoftware T {\n longLived }');
  expect((await codes(text)).length).toBe(1);
});

test('two mistakes in different blocks give two errors', async () => {
  const software = (name: string, text: string): string => `software ${name} {\n\n\n\n${text}\n\n\n\n}\n`;
  const errors = await problems(deployment(software('A', 'longLved') + software('B', 'requird host H')));
  expect(errors.map((e) => e.split('»')[0])).toEqual(['syntax/unexpected «longLved', 'syntax/unexpected «requird']);
});

test('what is lost by a mistake is not reported as unresolved', async () => {
  const files = {
    'a.camel': 'camel model A { constraint model C { variable constraint c : M.V > 0 variable constraint d : M.W > 0 } }',
    'b.camel': 'camel model B { deployment model D { software S { requird host H } }\n metric model M { variable V { } } }',
  };
  const { diagnostics } = await load(files);
  expect(diagnostics.map((d) => [d.code, d.place!.file, d.message])).toEqual([
    ['reference/unresolved', 'a.camel', 'there is no metric variable `M.W`'],
    ['syntax/unexpected', 'b.camel', '`requird` cannot stand in a software'],
  ]);
});

describe('an unresolved name says what may have been meant, and where that is', () => {
  test('a like name', async () => {
    expect(await problems(deployment('software S { requirements WebReq }\nrequirements WebReqs { os R.o }'))).toContain(
      'reference/unresolved «WebReq» there is no requirement set `WebReq` | did you mean `WebReqs` (a.camel:2)?',
    );
  });
  test('the same name in another model', async () => {
    const text = model("requirement model R { slo S constraint c }\nconstraint model C { variable constraint c : X.v > 1 }");
    expect(await problems(text)).toContain('reference/unresolved «c» there is no constraint `c` | did you mean `C.c` (a.camel:2)?');
  });
  test('a name of the standard library', async () => {
    expect(await problems(model('metric model X { schedule S { interval 1 time unit UnitTemplateCamelModel.UnitTemplateModel.Second } }'))).toEqual([
      'reference/unresolved «UnitTemplateCamelModel.UnitTemplateModel.Second» there is no unit `UnitTemplateCamelModel.UnitTemplateModel.Second`' +
        ' | did you mean `UnitTemplateCamelModel.UnitTemplateModel.Seconds` (standard library)?',
    ]);
  });
  test('a function', async () => {
    expect(await problems(model("metric model X { variable V { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula 'maen(1)' } }"))).toEqual([
      'reference/function «maen» there is no function `maen` | did you mean `mean`?',
    ]);
  });
  test('an annotation is a warning', async () => {
    const { diagnostics } = await load(deployment('software S { [MetaDataModel.MELODICMetadataSchema.NoSuchThing] }'));
    expect(diagnostics.map((d) => [d.code, d.severity])).toEqual([['reference/annotation', 'warning']]);
  });
});

test('places count UTF-16 units, over lines and files', async () => {
  const { diagnostics } = await load({ 'x/a.camel': 'camel model A { }', 'x/b.camel': 'camel model B {\n  /* 😀 */ deployment model D { global requirements R }\n}' });
  expect(diagnostics.map((d) => d.place)).toEqual([{ file: 'x/b.camel', range: { start: { line: 1, character: 52 }, end: { line: 1, character: 53 } } }]);
});
