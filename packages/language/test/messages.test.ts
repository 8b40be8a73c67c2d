import { describe, expect, test } from 'vitest';
import { codes, load, problems } from './check.js';

const model = (text: string): string => `camel model M { ${text} }`;
const deployment = (text: string): string => model(`deployment model D { ${text} }`);

describe('a syntax error says what was found, and what to do', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a misspelt keyword', deployment('software S { requird host H }'), 'syntax/unexpected «requird» `requird` cannot stand in a software | did you mean `required host`?'],
    ['a misspelt keyword of a phrase', deployment('software S { requird communication C port 1 }'), 'did you mean `required communication`?'],
    [
      'a missing brace',
      deployment('software S { longLived\nsoftware T { }'),
      'syntax/unexpected «software» `software` cannot stand in a software | it belongs in a deployment model: is a `}` missing before it?',
    ],
    [
      'a missing brace before a block whose first word is like one that may stand there',
      'camel model M { deployment model D { software S { longLived }\nrequirement model R { os requirement A { os ubuntu } } }',
      'syntax/unexpected «requirement» `requirement` cannot stand in a deployment model | it belongs in a camel model: is a `}` missing before it?',
    ],
    ['a missing name', deployment('software S { requirements required host H }'), 'syntax/unexpected «required» a name is missing before `required`'],
    ['a missing name, found out late', deployment('software S { provided communication port 80 }'), 'syntax/unexpected «port» a name is missing before `port`'],
    [
      'a missing name whose place a word of its kind takes',
      model('metric model X { raw metric context { metric R sensor S } }'),
      'syntax/unexpected «{» a name is missing before `{`',
    ],
    [
      'a missing end of a path',
      deployment('software S { feature f { attribute a : int 1 U.V. attribute b : int 2 } }'),
      'syntax/unexpected «attribute» a name is missing before `attribute`',
    ],
    [
      'a misspelt value',
      model('requirement model R { provider requirement P { cloud type publc } }'),
      'syntax/unexpected «publc» `any`, `public` or `private` is missing before `publc` | did you mean `public`?',
    ],
    ['a brace too many', 'camel model M { } }', 'syntax/unexpected «}» this `}` closes nothing | remove it, or open its block above'],
    ['a text that is not closed', model("application A { version '1 }"), "syntax/unexpected «'1 } }» this text is not closed | close it with '"],
    ['a comment that is not closed', model('/* application'), 'syntax/unexpected «/» this comment is not closed | close it with */'],
    [
      'a formula that ends too early',
      model("metric model X { variable V { formula '1 +' } }"),
      "syntax/unexpected «'» the formula ends too early | a number, a name or `(` is missing",
    ],
    [
      'a formula without its closing quote',
      model("metric model X { variable V { formula '1 + 2 }\n sensor S { config '' } }"),
      'syntax/unexpected «}» `}` has no meaning in a formula | is the quote that closes the formula missing before it?',
    ],
    ['a missing text', deployment('software S { container configuration C { image } }'), '«}» a text in quotes or a name is missing before `}`'],
    ['a missing text, with a next line', deployment("software S { script configuration C {\n install\n start 'x' } }"), '«install» a text is missing after `install`'],
    [
      'a text without quotes in a list',
      model("requirement model R { image requirement I ['a', b/c] }"),
      'syntax/unexpected «b/c» `b/c` needs quotes | a text without quotes is one name',
    ],
    ['a quote of a word processor', model('application A { version \u201c1\u201d }'), 'has no meaning here | write \' or " around a text'],
    ['an empty formula', model("metric model X { variable V { formula '' } }"), "syntax/unexpected «'» the formula is empty | write an expression, or remove `formula`"],
    ['a formula without quotes', model('metric model X { variable V { formula 1/x } }'), "syntax/unexpected «1» a formula is a text | write it in quotes: `'1 / x'`"],
    [
      'a qualified name in a formula',
      model("metric model X { variable V { formula 'A.B' } }"),
      'syntax/unexpected «.» `.` has no meaning here | a formula names a metric or a variable without its model',
    ],
    ['a parenthesis that is not closed', model("metric model X { variable V { formula '(1 + 2' } }"), "syntax/unexpected «'» the formula ends too early | a `)` is missing"],
    ['a member of another model', model('software S { }'), 'syntax/unexpected «software» `software` cannot stand in a camel model | it belongs in a deployment model'],
    [
      'the opposite of minimise',
      model('requirement model R { optimisation requirement O { maximise variable X.v } }'),
      'a value is maximised unless the requirement says `minimise`',
    ],
    ['a name with a dash', deployment('software my-web { }'), 'a name that is declared has letters, digits and `_` only'],
    ['an escape in a formula', model("metric model X { variable V { formula '1 \\n' } }"), 'syntax/unexpected «\\» there are no escapes in formulas'],
  ];
  for (const [name, text, expected] of cases) {
    test(name, async () => expect((await problems(text)).find((p) => p.startsWith('syntax/'))).toContain(expected));
  }
});

test('one mistake gives one error', async () => {
  const text = deployment('\nsoftware S {\n  scrpt configuration C {\n start "x"\n}\n longLived\n}\nsoftware T {\n longLived }');
  expect((await codes(text)).length).toBe(1);
});

test('a missing name is one mistake, and so is a fault of a formula', async () => {
  expect(
    (
      await problems(
        model('deployment model D {\n communication from A.r to B.p\n software A { required communication r port 80 }\n software B { provided communication p port 80 }\n}'),
      )
    ).length,
  ).toBe(1);
  const formula = "variable V { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 + * 2 (3 : 4' }";
  expect((await codes(model(`metric model X { ${formula} }`))).length).toBe(1);
});

describe('a statement that cannot be read costs nothing but itself', () => {
  const others = 'software Before { longLived }\nSTATEMENT\nsoftware After { requirements RS }\nrequirements RS { }';
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a misspelt keyword with its block', 'sofware X { longLived\nrequirements RS { } }', ['`sofware` cannot stand in a deployment model']],
    ['a keyword alone', 'communication', ['a name is missing after `communication`']],
    ['a keyword that a name of another kind may follow', 'requirements', ['a name is missing after `requirements`']],
    ['two words alone', 'global requirements', ['a name is missing after `requirements`']],
    ['half a statement', 'communication X from Before.r', ['`to` is missing before `software`']],
    ['two mistakes', 'sofware X { }\nsoftwar Y { }', ['`sofware` cannot stand in a deployment model', '`softwar` cannot stand in a deployment model']],
    ['a mistake within a block', 'software X {\nrequird host H\nprovided host P\n}', ['`requird` cannot stand in a software']],
    ['a list that is not closed', 'parallel P [Before, After', ['`]` is missing before `software`']],
  ];
  test.each(cases)('%s', async (_, statement, messages) => {
    const { models, diagnostics } = await load(deployment(others.replace('STATEMENT', statement)));
    expect(diagnostics.map((d) => d.message)).toEqual(messages);
    const components = models[0]!.subModels.flatMap((m) => ('components' in m ? m.components : []));
    expect(components.map((c) => c.name).filter((name) => name !== 'X')).toEqual(['Before', 'After']);
    expect(components.at(-1)).toMatchObject({ requirements: { ref: { name: 'RS' } } });
  });
});

describe('a brace that is missing or too many costs nothing', () => {
  const rest = 'software Last { requirements RS }\nrequirements RS { }\n}\nrequirement model R { os requirement Linux { os ubuntu } }\n}';
  const missing = (what: string, where: string): string => `${what} cannot stand in a ${where}`;
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a missing one', 'software A { longLived\nsoftware B { }', [missing('`software`', 'software')]],
    [
      'one of a block within',
      "software A {\ncontainer configuration C { image 'a'\nprovided communication p port 80\n}\nsoftware B { }",
      [missing('`provided`', 'container configuration')],
    ],
    ['two missing at once', 'software A {\nfeature f { attribute a : int 1\nsoftware B { }', [missing('`software`', 'feature')]],
    ['two missing one by one', 'software A { longLived\nsoftware B { longLived', [missing('`software`', 'software'), missing('`software`', 'software')]],
    ['a missing one and another mistake', 'software A { longLived\nsoftware B {\nlongLvd\n}', [missing('`software`', 'software'), missing('`longLvd`', 'software')]],
    ['one too many', 'software A { longLived }\n}\nsoftware B { }', [missing('`software`', 'camel model')]],
    ['one too many within', 'software A {\nfeature f { attribute a : int 1 }\n}\nlongLived\n}\nsoftware B { }', [missing('`longLived`', 'deployment model')]],
  ];
  test.each(cases)('%s', async (_, text, messages) => {
    const { models, diagnostics } = await load(`camel model M { deployment model D {\n${text}\n${rest}`);
    expect(diagnostics.map((d) => d.message)).toEqual(messages);
    const [deployment, requirements] = models[0]!.subModels;
    expect(deployment).toMatchObject({
      components: [{ name: 'A' }, ...(text.includes('software B') ? [{ name: 'B' }] : []), { name: 'Last', requirements: { ref: { name: 'RS' } } }],
    });
    expect(requirements).toMatchObject({ name: 'R', requirements: [{ name: 'Linux' }] });
  });

  test('so that the next camel model is one', async () => {
    const { models, diagnostics } = await load('camel model M { deployment model D { software A { }\n}\ncamel model N { deployment model E { } }');
    expect(diagnostics.map((d) => [d.message, d.help])).toEqual([['`camel` cannot stand in a camel model', 'no camel model stands in another: is a `}` missing before it?']]);
    expect(models.map((m) => m.name)).toEqual(['M', 'N']);
  });

  test('and that whose first word may stand in the block, too', async () => {
    const text =
      'camel model M { requirement model R { provider requirement A { cloud type private\nprovider requirement B { cloud type public }\nos requirement C { os ubuntu } } }';
    const { models, diagnostics } = await load(text);
    expect(diagnostics.filter((d) => d.severity === 'error').map((d) => [d.message, d.help])).toEqual([
      ['`provider requirement` cannot stand in a provider requirement', 'it belongs in a requirement model: is a `}` missing before it?'],
    ]);
    expect(models[0]!.subModels[0]).toMatchObject({ requirements: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
  });

  test('and one too many is shown, with a fix', async () => {
    const [d] = (await load(`camel model M { deployment model D {\nsoftware A { } }\nsoftware B { }\n${rest}`)).diagnostics;
    expect(d).toMatchObject({
      help: 'it belongs in a deployment model: is there a `}` too many before it?',
      related: [{ place: { range: { start: { line: 1, character: 15 } } } }],
      fixes: [{ edits: [{ text: '' }] }],
    });
  });
});

test('nothing counts as unused while a text that may use it cannot be read', async () => {
  const files = {
    'a.camel': 'camel model A { requirement model R { os requirement Linux { os ubuntu } } }',
    'b.camel': 'camel model B { deployment model D { requirements S { os R.Linux } sofware Web { requirements S } } }',
  };
  expect((await load(files)).diagnostics.map((d) => d.code)).toEqual(['syntax/unexpected']);
});

describe('a value that is missing', () => {
  const feature = (attribute: string): string => deployment(`software S { feature f { ${attribute} } }`);
  test.each([
    ['attribute a : int', 'a whole number is missing after `int`'],
    ['attribute a : double two', 'a number is missing after `double`'],
  ])('%s', async (text, message) => expect((await problems(feature(text)))[0]).toContain(message));
  test('the block is called by its name', async () =>
    expect((await problems(model('requirement model R { resource requirement X { }\nresource requirement Y {\nos requirement Z { } }')))[0]).toContain(
      'cannot stand in a resource requirement',
    ));
});

test('a text that is not closed is told where it begins', async () => {
  expect(await problems("camel model M {\n application A { version '1 }\n application B { version '2' }\n}")).toEqual([
    "syntax/unexpected «'1 }» this text is not closed | close it with '",
  ]);
  const formulas = "metric model X {\n variable V { formula 'mean(1) }\n variable W { formula '2' }\n}";
  expect((await problems(model(formulas))).map((p) => p.split(' | ')[0])).toEqual(['syntax/unexpected «}» `}` has no meaning in a formula']);
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
    const text = model('requirement model R { slo S constraint c }\nconstraint model C { variable constraint c : X.v > 1 }');
    expect(await problems(text)).toContain('reference/unresolved «c» there is no constraint `c` | did you mean `C.c` (a.camel:2)?');
  });
  test('a name of the standard library', async () => {
    expect(await problems(model('metric model X { schedule S { interval 1 time unit UnitTemplateCamelModel.UnitTemplateModel.Second } }'))).toEqual([
      'reference/unresolved «UnitTemplateCamelModel.UnitTemplateModel.Second» there is no unit `UnitTemplateCamelModel.UnitTemplateModel.Second`' +
        ' | did you mean `UnitTemplateCamelModel.UnitTemplateModel.Seconds` (standard library)?',
    ]);
  });
  test.each([
    ['GB', 'GigaBytes'],
    ['ms', 'MilliSeconds'],
    ['GHz', 'GigaHertz'],
  ])('%s for %s', async (short, unit) => {
    const text = model(`metric model X { template T { unit ${short} } }`);
    expect((await problems(text)).find((p) => p.startsWith('reference/'))).toContain(`did you mean \`UnitTemplateCamelModel.UnitTemplateModel.${unit}\``);
  });
  test('a function', async () => {
    expect(await problems(model("metric model X { variable V { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula 'maen(1)' } }"))).toEqual([
      'reference/function «maen» there is no function `maen` | did you mean `mean`?',
    ]);
  });
  test('an annotation is a warning', async () => {
    const { diagnostics } = await load(deployment('software S { [MetaDataModel.MELODICMetadataSchema.NoSuchThing] }'));
    expect(diagnostics.filter((d) => d.code.startsWith('reference/')).map((d) => [d.code, d.severity])).toEqual([['reference/annotation', 'warning']]);
  });
});

test('places count UTF-16 units, over lines and files', async () => {
  const { diagnostics } = await load({ 'x/a.camel': 'camel model A { }', 'x/b.camel': 'camel model B {\n  /* 😀 */ deployment model D { global requirements R }\n}' });
  expect(diagnostics.map((d) => d.place)).toEqual([{ file: 'x/b.camel', range: { start: { line: 1, character: 52 }, end: { line: 1, character: 53 } } }]);
});

describe('quick fixes of syntax errors', () => {
  /** The text after the first fix. */
  async function mended(text: string): Promise<string | undefined> {
    const fix = (await load(text)).diagnostics.find((d) => d.code.startsWith('syntax/'))?.fixes?.[0];
    const edit = fix?.edits[0];
    if (!edit) return undefined;
    const { start, end } = edit.place.range;
    return text.slice(0, start.character) + edit.text + text.slice(end.character);
  }
  test.each([
    [deployment('software S { requird host H }'), deployment('software S { required host H }')],
    [deployment('software S { longLived } }'), deployment('software S { longLived } ').trim()],
    [model("application A { version '1 }"), model("application A { version '1 }").slice(0, -3) + "} }'"],
    [deployment('software A { } software B { } parallel P [A B]'), deployment('software A { } software B { } parallel P [A , B]')],
    [model('requirement model R { provider requirement P { cloud type publc } }'), model('requirement model R { provider requirement P { cloud type public } }')],
  ])('%s', async (text, expected) => expect((await mended(text))?.trim().replaceAll(/\s+/g, ' ')).toBe(expected.replaceAll(/\s+/g, ' ')));
});

test('the end of the file shows the block that lacks its brace', async () => {
  const text = 'camel model M {\n  deployment model D {\n    software A {\n      longLived\n    software B {\n    }\n  }\n}\n';
  const open = 'camel model M {\n  deployment model D {\n    software A {\n      feature f {\n        attribute a : int 1\n    }\n  }\n}\n';
  expect((await problems(text))[0]).toContain('is a `}` missing before it?');
  const [d] = (await load(open)).diagnostics;
  expect(d!.related).toMatchObject([{ message: 'this block is not closed', place: { range: { start: { line: 3, character: 16 } } } }]);
});

test('a property of another element is told where it belongs', async () => {
  expect((await problems(deployment('software S { port 80 }')))[0]).toContain('cannot stand in a software');
  expect((await problems(deployment("software S { start './run' }")))[0]).toContain('it belongs in a schedule, a script configuration, a container configuration');
  expect((await problems(model('metric model X { schedule S { sensor X.s } }')))[0]).toMatch(/ it belongs in a metric model$/);
  expect((await problems(model('metric model X { schedule S { sensor X.s }')))[0]).toContain('is a `}` missing before it?');
});
