import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../test/fixes.js';
import { load, marked } from './check.js';

const model = (text: string): string => `camel model M { ${text} }`;
const library = 'MetricTemplateCamelModel.MetricTemplateModel';
const variable = (name: string, template: string, rest = ''): string => `variable ${name} { template ${library}.${template} ${rest} } `;

/** Codes and marked texts of one kind. */
async function found(prefix: string, text: string): Promise<string[]> {
  const { diagnostics } = await load(text);
  return diagnostics.filter((d) => d.code.startsWith(prefix)).map((d) => `${d.code} ${marked(text, d)}`);
}

describe('formulas add and compare what measures the same', () => {
  const metrics = ['Seconds', 'MilliSeconds', 'MegaBytes', 'Euros', 'EurosPerHour', 'EurosPerMonth', 'Dollars', 'Percentage', 'BytesPerSecond', 'Bytes'];
  const declared = metrics.map((u) => `template T${u} { attribute a unit UnitTemplateCamelModel.UnitTemplateModel.${u} } raw metric x${u} { template T${u} } `).join('');
  const inModel = (formula: string): string =>
    model(`metric model X { measurable attribute a ${declared} ${variable('N', 'ComponentInstanceTemplate')} ${variable('V', 'UtilityTemplate', `formula '${formula}'`)} }`);
  test.each([
    'xSeconds + xSeconds',
    'xSeconds + 5',
    '0.5 * xSeconds + 0.5 * xMegaBytes',
    '1 / (xSeconds * N + xSeconds)',
    'xSeconds / xMilliSeconds + xMegaBytes / xMegaBytes',
    'xPercentage + xSeconds',
    'xEuros + xEurosPerHour',
    'xBytes / xBytesPerSecond < xSeconds',
    'if(xSeconds > 3, xMegaBytes, xEuros)',
    'max(mean(xSeconds), 3)',
    'xSeconds ^ 2 + xMegaBytes',
  ])('%s is right', async (formula) => expect(await found('unit/formula', inModel(formula))).toEqual([]));
  test.each([
    ['xSeconds + xMegaBytes', 'xMegaBytes'],
    ['xSeconds - xMilliSeconds', 'xMilliSeconds'],
    ['xEuros + xDollars', 'xDollars'],
    ['xEurosPerMonth + xEurosPerHour', 'xEurosPerHour'],
    ['N * xEuros + xSeconds', 'xSeconds'],
    ['max(xSeconds, xMegaBytes)', 'xMegaBytes'],
    ['if(xSeconds > xBytes, 1, 2)', 'xBytes'],
    ['mean(xSeconds) + abs(-xBytes)', 'abs(-xBytes)'],
  ])('%s is not', async (formula, operand) => expect(await found('unit/formula', inModel(formula))).toEqual([`unit/formula ${operand}`]));
});

test('values are of their type, of the standard library too', async () => {
  const type = 'TypeTemplateCamelModel.TypeTemplateModel';
  const attribute = (value: string): string => model(`application A { version '1' attribute a : ${value} }`);
  const code = 'model/value-out-of-type';
  expect(await found(code, attribute(`double 0.5 [${type}.ZeroToOneDouble]`))).toEqual([]);
  expect(await found(code, attribute(`double 1.5 [${type}.ZeroToOneDouble]`))).toEqual([`${code} double 1.5`]);
  expect(await found(code, attribute(`double 1.5 [${type}.ZeroToHundredInteger]`))).toEqual([`${code} double 1.5`]);
  expect(await found(code, attribute(`string 'x' [${type}.ZeroToOneDouble]`))).toEqual([`${code} string 'x'`]);
  expect(await found(code, attribute(`int 1 [${type}.Text]`))).toEqual([`${code} int 1`]);
  expect(await found(code, attribute(`boolean true [${type}.Boolean]`))).toEqual([]);
  const own = 'type model T { list L { primitive type string values [string red, string blue] } }';
  expect(await found(code, model(`application A { version '1' attribute a : string blue [T.L] attribute b : string green [T.L] } ${own}`))).toEqual([`${code} string green`]);
});

describe('a threshold', () => {
  const constraint = (comparison: string, rest = ''): string =>
    model(`metric model X { ${variable('V', 'UtilityTemplate', rest)} } constraint model C { variable constraint c : X.V ${comparison} }`);
  test.each(['> 0.5', '> 0', '== 1', '<> 0', '<= 0'])('%s of a share says something', async (c) => expect(await found('model/threshold', constraint(c))).toEqual([]));
  test.each(['> 1', '>= 0', '== 2', '<> 2', '< 0', '> 80.0'])('%s of a share does not', async (c) => expect((await found('model/threshold', constraint(c))).length).toBe(1));
  test('of what is calculated may be beyond its type', async () => expect(await found('model/threshold', constraint('>= 0', "formula 'X - Y'"))).toEqual([]));
});

test('a name contradicts the comparison in many spellings', async () => {
  const constraint = (name: string, operator: string): string => model(`constraint model C { metric constraint ${name} : [M.c] ${operator} 5 }`);
  for (const name of ['LoadLessThan80', 'max_load', 'MaxLoad', 'loadAtMost5', 'BELOW_5']) {
    expect(await found('hint/name', constraint(name, '>=')), name).toEqual(['hint/name-contradicts >=']);
    expect(await found('hint/name', constraint(name, '<')), name).toEqual([]);
  }
  for (const name of ['MinAvailability', 'atLeast5', 'LoadAbove90']) expect((await found('hint/name', constraint(name, '<'))).length, name).toBe(1);
  for (const name of ['LatencyNotAbove5', 'LowLatency', 'TooLow']) expect((await found('hint/name', constraint(name, '>'))).length, name).toBe(1);
  for (const name of ['LatencyNotBelow5', 'LatencyTooHigh', 'TooManyErrors']) expect((await found('hint/name', constraint(name, '<'))).length, name).toBe(1);
  for (const name of ['LatencyNotAbove5', 'LowLatency', 'TooLow']) expect(await found('hint/name', constraint(name, '<')), name).toEqual([]);
  for (const name of ['MaxLoadExceeded', 'MinMaxRange', 'Maximise', 'Admin', 'TooManyBelow']) expect(await found('hint/name', constraint(name, '>')), name).toEqual([]);
});

test('the name of an SLO contradicts the comparison, where that of its constraint does not', async () => {
  const slo = (name: string, constraint: string): string =>
    model(`requirement model R { slo ${name} constraint C.${constraint} } constraint model C { metric constraint ${constraint} : [M.c] < 5 }`);
  expect(await found('hint/name', slo('LatencyAbove5', 'Bound'))).toEqual(['hint/name-contradicts LatencyAbove5']);
  expect(await found('hint/name', slo('LatencyAbove5', 'LoadAbove5'))).toEqual(['hint/name-contradicts <']);
  expect(await found('hint/name', slo('LatencyBelow5', 'Bound'))).toEqual([]);
});

describe('what is optimised depends on a decision', () => {
  const utility = (metrics: string): string =>
    model(`deployment model D { software W { } } metric model X { ${metrics} } requirement model R { optimisation requirement O { variable X.U } }`);
  const number = variable('N', 'ComponentInstanceTemplate', 'component D.W');
  test('through other formulas', async () => {
    expect(await found('objective', utility(`${number} ${variable('A', 'UtilityTemplate', "formula '1 / N'")} ${variable('U', 'UtilityTemplate', "formula 'A * 2'")}`))).toEqual(
      [],
    );
  });
  test.each([
    ['a template that there is not', variable('U', 'CostTemplateEuro')],
    ['no template', 'variable U { }'],
    ['a component that there is not', variable('U', 'ComponentInstanceTemplate', 'component D.Wed')],
  ])('of %s nobody can say', async (_, metrics) => {
    const scaled = utility(metrics)
      .replace('software W { }', 'software W { requirements Own { horizontal scale R.S } }')
      .replace('optimisation', 'horizontal scale requirement S [1, 4] optimisation');
    expect([...(await found('objective', scaled)), ...(await found('hint/cardinality', scaled))]).toEqual([]);
  });
  test('of a formula with a name that there is not nobody can say', async () => {
    expect(await found('objective', utility(variable('U', 'UtilityTemplate', "formula 'Coost'")))).toEqual([]);
  });
  test('not on measurements and lists of candidates alone', async () => {
    const list = variable('L', 'CostTemplateEuros', 'component D.W on candidates');
    expect(await found('objective', utility(`${list} ${variable('U', 'UtilityTemplate', "formula 'min(L)'")}`))).toEqual(['objective/constant X.U']);
  });
});

describe('credentials in clear', () => {
  const inSoftware = (text: string): string => model(`deployment model D { software W { ${text} } }`);
  const where = async (text: string): Promise<string[]> => found('credential/', inSoftware(text));
  test.each([
    ["attribute dbPassword : string 'correct horse'", false],
    ["attribute dbPassword : string 'horse'", true],
    ["attribute dbPassword : string '$DB_PASSWORD'", false],
    ["attribute dbPassword : string '${DB_PASSWORD}'", false],
    ["attribute e : string 'MYSQL_ROOT_PASSWORD horse'", true],
    ["attribute e : string 'MYSQL_ROOT_PASSWORD=horse'", true],
    ["attribute e : string 'MYSQL_ROOT_PASSWORD $PW'", false],
    ["attribute url : string 'postgres://shop:horse@db.example.com'", true],
    ["attribute url : string 'postgres://shop:$PW@db.example.com'", false],
    ["attribute k : string 'AKIAIOSFODNN7EXAMPLE'", true],
    ["attribute tokenizer : string 'wordpiece'", false],
    ["script configuration C { start './run --password horse' }", true],
    ["script configuration C { start 'PASSWORD=$PW ./run --token $TOKEN' }", false],
    ["script configuration C { start './run' install 'curl https://u:horse@example.com/x' }", true],
    ["container configuration C { image 'i' env feature E { attribute API_TOKEN : string 'horse' } }", true],
  ])('%s: %s', async (text, isCredential) => expect((await where(text)).length).toBe(isCredential ? 1 : 0));
  test.each([
    ["attribute dbPassword : string 'horse'", ["attribute dbPassword : string '$DB_PASSWORD'"]],
    ["attribute e : string 'API_TOKEN horse'", ["attribute e : string 'API_TOKEN $API_TOKEN'"]],
    ["attribute e : string 'API_TOKEN=horse'", ["attribute e : string 'API_TOKEN=$API_TOKEN'"]],
    // What of the text is the credential is not known.
    ["attribute url : string 'postgres://shop:horse@db.example.com'", []],
  ])('the fix of %s keeps all but the credential', async (text, mended) => {
    const whole = inSoftware(text);
    const { diagnostics } = await load(whole);
    const fixes = diagnostics.filter((d) => d.code === 'credential/in-clear').flatMap((d) => d.fixes ?? []);
    expect(fixes.map((fix) => applyFix(fix, whole))).toEqual(mended.map(inSoftware));
  });
  test.each([
    'attribute dbPassword : string horse-battery',
    'attribute dbPassword : horse-battery',
    'attribute dbPassword : string horse/battery',
    'attribute dbPassword : string hörsebattery',
    "attribute dbPassword : string 'horse",
    "attribute dbPassword 'horse'",
    "container configuration C { image 'i' env feature E { attribute API_TOKEN : string horse@battery } }",
  ])('are not in the message of a mistake: %s', async (text) => {
    const { diagnostics } = await load(inSoftware(text));
    expect(diagnostics.map((d) => d.code)).toContain('syntax/unexpected');
    expect(JSON.stringify(diagnostics)).not.toMatch(/h[oö]rse/);
  });
  test('are not in messages', async () => {
    const { diagnostics } = await load(inSoftware("attribute dbPassword : string 'horse' script configuration C { start './run --password horse' }"));
    expect(JSON.stringify(diagnostics)).not.toContain('horse');
  });
});

test('what nothing uses is told, and templates only in an application', async () => {
  const templates = 'metric model X { measurable attribute a template T { attribute a unit U.x } raw metric R { template T } sensor S { config x } }';
  expect(await found('hint/unused', model(templates))).toEqual(['hint/unused S']);
  expect(await found('hint/unused', model(`deployment model D { software W { } } ${templates}`))).toEqual(['hint/unused R', 'hint/unused S']);
  expect(
    await found(
      'hint/unused',
      model('deployment model D { software W { requirements Own { os R.o } } requirements Set { os R.o } } requirement model R { os requirement o { os linux } }'),
    ),
  ).toEqual(['hint/unused Set']);
});
