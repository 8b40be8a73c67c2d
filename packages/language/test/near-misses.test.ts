/** One mistake gives one message at its place, and a fix that mends it. */
import type { Diagnostic } from '@camelc/diagnostics';
import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../test/fixes.js';
import { codes, faults, marked } from './check.js';

/** A right model that has something of most kinds. */
const shop = `camel model Shop {
  deployment model Deploy {
    requirements WebReqs {
      resource Reqs.Small
      horizontal scale Reqs.Few
    }
    software Web {
      requirements WebReqs
      provided communication Http port 80
      required communication ToDb port 5432 mandatory
      container configuration WebContainer {
        image 'example.com/web:1'
        env feature Env { attribute MODE : string 'production' }
      }
    }
    software Db {
      requirements WebReqs
      provided communication Sql port 5432
      container configuration DbContainer { image 'example.com/db:1' }
    }
    communication WebToDb from Web.ToDb to Db.Sql
  }
  requirement model Reqs {
    resource requirement Small { attribute minCores : int 4 }
    horizontal scale requirement Few [1, 4]
    optimisation requirement Best { variable Metrics.Utility priority 1.0 }
    slo Fast constraint Limits.Quick
  }
  metric model Metrics {
    variable Instances { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component Deploy.Web }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '0.1 * min(Instances, 3)' }
    raw metric Response { template MetricTemplateCamelModel.MetricTemplateModel.ResponseTimeTemplate }
    sensor Probe { isPush config 'probe' }
    raw metric context OfResponse { metric Response sensor Probe }
  }
  constraint model Limits { metric constraint Quick : [Metrics.OfResponse] < 500.0 }
  scalability model Scaling {
    nonfunctional Slow { constraint Limits.Quick violation }
    horizontal scaling action Out { software Deploy.Web count 1 }
    rule More { event Slow actions [Out] }
  }
}
`;

const errors = async (text: string): Promise<Diagnostic[]> => (await faults(text)).filter((d) => d.severity === 'error');

/** The marked text, the message and the help. */
const told = async (text: string): Promise<string> => (await errors(text)).map((d) => `«${marked(text, d)}» ${d.message}${d.help ? ` | ${d.help}` : ''}`).join('\n');

test('the model is right', async () => expect(await codes(shop)).toEqual([]));

describe('what a fix mends', () => {
  test.each([
    ['a type of a value', "string 'production'", "sting 'production'", '«sting» `sting` is no type of a value | did you mean `string`?'],
    ['the type of another language', ': int 4', ': number 4', '«number» `number` is no type of a value | did you mean `int`?'],
    ['no type', "string 'production'", "'production'", "«'production'» the type of this text is missing | write `string` before it"],
    ['no type of a number', ': int 4', ': 4', '«4» the type of `4` is missing | write `int` before it'],
    ['a text without quotes', "'example.com/web:1'", 'example.com/web:1', '«example.com/web:1» `example.com/web:1` needs quotes | a text without quotes is one name'],
    ['a text without its first quote', "'example.com/web:1'", "example.com/web:1'", "«example.com/web:1'» `example.com/web:1` needs quotes | a text without quotes is one name"],
    ['a text without its last quote', "'example.com/web:1'", "'example.com/web:1", "«'example.com/web:1» this text is not closed | close it with '"],
    ['a text that ends with the other quote', "'example.com/web:1'", '\'example.com/web:1"', "«'example.com/web:1\"» this text is not closed | close it with '"],
    ['quotes of another language', "'example.com/web:1'", '`example.com/web:1`', '«`» ``` has no meaning here | write \' or " around a text'],
    ['an address without quotes', "'example.com/web:1'", 'info@example.com', '«info@example.com» `info@example.com` needs quotes | a text without quotes is one name'],
    [
      'a keyword cut short',
      'container configuration WebContainer',
      'container config WebContainer',
      '«config» `configuration` is missing before `config` | did you mean `configuration`?',
    ],
    ['a number in quotes', 'port 80', "port '80'", "«'80'» a number has no quotes | write `80`"],
    ['a name in quotes', 'slo Fast', "slo 'Fast'", "«'Fast'» a name has no quotes | write `Fast`"],
    ['a sign in a path', 'Reqs.Small', 'Reqs/Small', '«Reqs/Small» `Reqs/Small` is no name | the names of a path stand with `.` between them'],
    ['a comma in a number', 'priority 1.0', 'priority 1,0', '«1,0» `1,0` is no number | write the decimals behind a point'],
    ['a comma in a number of a formula', '0.1 *', '0,1 *', '«0,1» `0,1` is no number | write the decimals behind a point'],
    ['an operator of another language', '0.1 *', '0.1 **', '«**» `**` is no operator | did you mean `^`?'],
    ['a semicolon', 'port 80', 'port 80;', '«;» `;` cannot stand between members | nothing stands between them'],
    ['an equals sign', 'MODE :', 'MODE =', '«=» `:` has to stand here, not `=` | replace it by `:`'],
    ['a colon behind a keyword', 'port 80', 'port: 80', '«:» `:` cannot stand behind `port` | what `port` is about follows it after a blank'],
    [
      'a colon in the place of a blank',
      "image 'example.com/db:1'",
      "image:'example.com/db:1'",
      '«:» `:` cannot stand behind `image` | what `image` is about follows it after a blank',
    ],
    ['an equals sign behind a keyword', 'resource Reqs', 'resource = Reqs', '«=» `=` cannot stand behind `resource` | what `resource` is about follows it after a blank'],
    ['a colon before a block', 'software Db {', 'software Db: {', '«Db:» `Db:` is no name | a name that is declared has letters, digits and `_` only'],
    ['a comment before the model', 'camel model', '# our shop\ncamel model', '«#» `#` begins no comment | comments begin with `//`, or stand between `/*` and `*/`'],
    ['another bracket', '[1, 4]', '{1, 4]', '«{» `[` has to stand here, not `{` | replace it by `[`'],
    ['a comparison', '< 500.0', '=< 500.0', '«=<» `=<` is no comparison | did you mean `<=`?'],
    ['a sign of mathematics', '< 500.0', '≤ 500.0', '«≤» `≤` has no meaning here | did you mean `<=`?'],
    ['a flag', 'mandatory', 'mandatry', '«mandatry» `mandatry` cannot stand in a software | did you mean `mandatory`?'],
    ['another form of a keyword', 'horizontal scale Reqs', 'horizontal scaling Reqs', '«scaling» `scale` is missing before `scaling` | did you mean `scale`?'],
    ['the last word of a phrase', 'raw metric context', 'raw metric contxt', '«contxt» there is no `raw metric contxt` | did you mean `raw metric context`?'],
    ['a word of other languages', 'software Web', 'component Web', '«component» `component` cannot stand in a deployment model | did you mean `software`?'],
    ['a comment', '  requirement model', '  # needs\n  requirement model', '«#» `#` begins no comment | comments begin with `//`, or stand between `/*` and `*/`'],
    ['a character that nobody sees', 'slo Fast', 'slo \u200bFast', '«\u200b» an invisible character (U+200B) has no meaning here | remove it'],
    [
      'the ends of a communication',
      'from Web.ToDb to Db.Sql',
      'from Db.Sql to Web.ToDb',
      '«Db.Sql» there is no required communication `Db.Sql` | a communication leads from the required port to the provided one',
    ],
    ['a list that is not closed', 'actions [Out]', 'actions [Out', '«}» `]` is missing before `}`'],
    [
      'a brace too many',
      '{ attribute minCores : int 4 }',
      '{ attribute minCores : int 4 } }',
      '«horizontal» `horizontal` cannot stand in a camel model | it belongs in a requirement model: is there a `}` too many before it?',
    ],
  ] as const)('%s', async (_, right, wrong, message) => {
    expect(shop).toContain(right);
    const text = shop.replace(right, () => wrong);
    expect(await told(text)).toBe(message);
    const [fix] = (await errors(text)).flatMap((d) => d.fixes ?? []);
    expect(await told(applyFix(fix!, text))).toBe('');
  });
  test.each([
    ['a name with a dash', 'slo Fast', 'slo so-fast', '«so-fast» `so-fast` is no name | a name that is declared has letters, digits and `_` only', 'slo so_fast'],
    ['a name of two words', 'software Db {', 'software My Db {', '«My Db» a name is one word | write `My_Db`', 'software My_Db {'],
  ])('%s', async (_, right, wrong, message, mended) => {
    const text = shop.replace(right, wrong);
    const [d] = await errors(text);
    expect(`«${marked(text, d!)}» ${d!.message} | ${d!.help}`).toBe(message);
    expect(applyFix(d!.fixes![0]!, text)).toContain(mended);
  });
});

describe('what is only told', () => {
  test.each([
    ['a name in another script', 'slo Fast', 'slo Größenmaß', '«Größenmaß» `Größenmaß` is no name | a name has the letters A to Z, digits and `_` only; a text needs quotes'],
    ['an emoji', 'slo Fast', 'slo Fast🚀', '«Fast🚀» `Fast🚀` is no name | a name has the letters A to Z, digits and `_` only; a text needs quotes'],
    ['an arrow in the next line', 'to Db.Sql', '\n  --> Db.Sql', '«-->» `to` is missing before `-->`'],
    ['a missing name, on which others depend', 'software Web {', 'software {', '«{» a name is missing before `{`'],
    [
      'a comment in a comment',
      '  requirement',
      '  /* a /* b */ c */\n  requirement',
      '«*/» this `*/` closes nothing | a comment ends with its first `*/`, and comments do not nest',
    ],
    [
      'an element in one of its own kind',
      '  requirements WebReqs\n      provided communication Sql',
      '  software Cache {}\n      provided communication Sql',
      '«software» `software` cannot stand in a software | it belongs in a deployment model',
    ],
    [
      'a name of another kind',
      'horizontal scale Reqs.Few',
      'horizontal scale Reqs.Small',
      '«Reqs.Small» there is no horizontal scale requirement `Reqs.Small` | `Reqs.Small` is of another kind: resource requirement',
    ],
    [
      'a member of some other element',
      '    software Db {',
      "    image 'x'\n    software Db {",
      '«image» `image` cannot stand in a deployment model | it belongs in a requirements, a script configuration or a container configuration',
    ],
    ['a flag of another element', 'Sql port 5432', 'Sql port 5432 mandatory', '«mandatory» `mandatory` cannot stand in a software | it belongs to a required communication'],
    ['half a range', '[1, 4]', '[4]', '«]» `,` is missing before `]`'],
    ['no range', 'Few [1, 4]', 'Few', '«optimisation» `[` is missing before `optimisation`'],
    [
      'ends in the wrong order',
      '[1, 4]',
      '[4, 1]',
      '«1» 4 to 1 instances is no range | the minimum is at least 0; the maximum is at least 1 and not less than the minimum, or -1 for no maximum',
    ],
    [
      'formulas in a circle',
      'ComponentInstanceTemplate component Deploy.Web',
      "UtilityTemplate formula 'Utility'",
      '«Instances» the metric variable `Instances` is defined by itself: `Instances` → `Utility` → `Instances`',
    ],
    ['a brace too many at the end', /$/, '}\n', '«}» this `}` closes nothing | remove it, or open its block above'],
  ] as const)('%s', async (_, right, wrong, message) => {
    const text = shop.replace(right, wrong);
    expect(text).not.toBe(shop);
    expect(await told(text)).toBe(message);
  });
  test.each([
    ['nothing', '', '«» there is no camel model in this file | write `camel model NAME { … }`'],
    ['another language', '<?xml version="1.0"?>\n<camel:CamelModel xmi:version="2.0"/>', '«<» `<` cannot stand outside of a camel model | a file begins with `camel model NAME {`'],
    ['a sub-model by itself', 'requirement model R { }', '«requirement» `requirement` cannot stand outside of a camel model | put it in `camel model NAME { … }`'],
    [
      'an import',
      `import 'b.camel'\n${shop}`,
      '«import» `import` cannot stand outside of a camel model | nothing has to be imported: the models of all files that are given see each other',
    ],
  ])('%s', async (_, text, message) => expect(await told(text)).toBe(message));
});

test('a brace too many hides no other mistake', async () => {
  expect(await told(`${shop.replace('Reqs.Small', 'Reqs.Big')}}`)).toBe(
    '«Reqs.Big» there is no resource requirement `Reqs.Big`\n«}» this `}` closes nothing | remove it, or open its block above',
  );
});

test('a missing brace is looked for where its block begins', async () => {
  const text = shop.replace('int 4 }', 'int 4');
  const [d] = await errors(text);
  expect(d!.related!.map((r) => [r.place.range.start.line, r.message])).toEqual([[23, 'this block is not closed']]);
});
