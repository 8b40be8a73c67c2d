import { AstUtils, type AstNode, type Reference } from 'langium';
import { describe, expect, test } from 'vitest';
import { isCamelModel, qualifiedNameOf } from '../src/index.js';
import { load } from './check.js';

/** What each reference of that text means, by qualified name; `?` where it means nothing. */
async function targets(files: string | Record<string, string>, refText: string): Promise<string[]> {
  const { models } = await load(files);
  return models.flatMap((model) =>
    AstUtils.streamAst(model)
      .flatMap((node) => AstUtils.streamReferences(node))
      .filter(({ reference }) => reference.$refText === refText)
      .map(({ reference }) => {
        const target: AstNode | undefined = (reference as Reference).ref;
        return target ? qualifiedNameOf(target) : '?';
      })
      .toArray(),
  );
}

const shop = `camel model Shop {
  deployment model D {
    software A { required communication Port port 80 requirements Set }
    software B { provided communication Port port 80 requirements D.Set }
    communication C from A.Port to B.Port
    communication E from D.A.Port to Shop.D.B.Port
    requirements Set { os R.O }
  }
  requirement model R { os requirement O { os 'linux' } os requirement Set { os 'x' } }
  metric model M { object context X { communication D.C component A } object context Y { component D.A } object context Z { component Shop.D.A } }
}`;

describe('a name is looked up', () => {
  test('by the path from an enclosing element', async () => {
    expect(await targets(shop, 'A.Port')).toEqual(['Shop.D.A.Port']);
    expect(await targets(shop, 'B.Port')).toEqual(['Shop.D.B.Port']);
  });
  test('by longer paths', async () => {
    expect(await targets(shop, 'D.A.Port')).toEqual(['Shop.D.A.Port']);
    expect(await targets(shop, 'Shop.D.B.Port')).toEqual(['Shop.D.B.Port']);
    expect([...(await targets(shop, 'D.A')), ...(await targets(shop, 'Shop.D.A'))]).toEqual(['Shop.D.A', 'Shop.D.A']);
  });
  test('in its own kind only', async () => {
    expect(await targets(shop, 'Set')).toEqual(['Shop.D.Set']);
    expect(await targets(shop, 'R.O')).toEqual(['Shop.R.O']);
  });
  test('not bare in another sub-model', async () => expect(await targets(shop, 'A')).toEqual(['?']));
  test('from the innermost element outwards', async () => {
    const nested = 'camel model S { metadata model MM { concept A { concept B { property p { range B } concept B { property q { range B.C } } } } concept B { } } }';
    expect(await targets(nested, 'B')).toEqual(['S.MM.A.B.B']);
  });
});

describe('files see each other', () => {
  const files = {
    'a.camel': 'camel model A { constraint model C { variable constraint c : M.V > 0 variable constraint d : B.M.V > 0 } }',
    'b.camel': 'camel model B { metric model M { variable V { } } }',
  };
  test('with and without the camel model', async () => expect([...(await targets(files, 'M.V')), ...(await targets(files, 'B.M.V'))]).toEqual(['B.M.V', 'B.M.V']));
  test('the own camel model comes first', async () => {
    const both = {
      ...files,
      'b.camel': 'camel model Z { metric model M { variable V { } } }',
      'a.camel': 'camel model A { constraint model C { variable constraint c : M.V > 0 } metric model M { variable V { } } }',
    };
    expect(await targets(both, 'M.V')).toEqual(['A.M.V']);
  });
});

describe('the standard library', () => {
  const using = 'camel model S { metric model M { template T { attribute M.a unit UnitTemplateCamelModel.UnitTemplateModel.Seconds } measurable attribute a } }';
  test('is there', async () => expect(await targets(using, 'UnitTemplateCamelModel.UnitTemplateModel.Seconds')).toEqual(['UnitTemplateCamelModel.UnitTemplateModel.Seconds']));
  test('gives way to a model of the user of the same name', async () => {
    const own = (unit: string): Record<string, string> => ({
      'a.camel': using,
      'units.camel': `camel model UnitTemplateCamelModel { unit model UnitTemplateModel { single unit ${unit} { } } }`,
    });
    expect((await load(own('Seconds'))).diagnostics).toEqual([]);
    expect((await load(own('Minutes'))).diagnostics.map((d) => d.code)).toEqual(['reference/unresolved']);
  });
  test('follows its own references', async () => {
    const { models } = await load('camel model S { metric model M { raw metric R { template MetricTemplateCamelModel.MetricTemplateModel.ResponseTimeTemplate } } }');
    const [metrics] = models[0]!.subModels;
    const template = metrics?.$type === 'MetricModel' ? metrics.metrics[0]!.template!.ref : undefined;
    expect(template?.unit?.ref?.name).toBe('Seconds');
    expect(template?.attribute?.ref?.annotations[0]?.ref?.name).toBe('ResponseTime');
    expect(template?.valueType?.ref?.$type).toBe('ValueRange');
  });
});

describe('requirement sets', () => {
  test('are those of the same deployment model', async () => {
    const text =
      'camel model S { deployment model A { requirements Set { os R.O } } deployment model B { global requirements A.Set software C { requirements Set } } requirement model R { os requirement O { os x } } }';
    expect([...(await targets(text, 'A.Set')), ...(await targets(text, 'Set'))]).toEqual(['?', '?']);
  });
});

describe('annotations', () => {
  const annotated = (path: string): Record<string, string> => ({
    'a.camel': `camel model S { deployment model D { software A { [${path}] } } }`,
    'mms.camel':
      'camel model X { metadata model MetaDataModel { concept Application_Placement_Model { name a uri a concept Processing_ { name b uri b property hasCapacity_2 { name c uri c } } } } }',
  });
  const target = 'X.MetaDataModel.Application_Placement_Model.Processing_';
  for (const path of [
    'MetaDataModel.Application_Placement_Model.Processing_',
    'MetadataModel.ApplicationPlacementModel.Processing',
    'metadatamodel.applicationPlacementModel.processing_',
  ]) {
    test(path, async () => expect(await targets(annotated(path), path)).toEqual([target]));
  }
  test('digits at the end do not count', async () => {
    const path = 'MetaDataModel.ApplicationPlacementModel.Processing.hasCapacity';
    expect(await targets(annotated(path), path)).toEqual([`${target}.hasCapacity_2`]);
  });
  test('other names do', async () => {
    const path = 'MetaDataModel.ApplicationPlacementModel.Procession';
    expect(await targets(annotated(path), path)).toEqual(['?']);
  });
});

describe('of several files with an element of the name', () => {
  const needs = (camelModel: string, os: string): string => `camel model ${camelModel} { requirement model R { os requirement O { os ${os} } } }`;
  const user = 'camel model User { deployment model D { requirements Set { os R.O } } }';
  const ambiguous = async (files: Record<string, string>): Promise<string[]> =>
    (await load(files)).diagnostics
      .filter((d) => d.code === 'reference/ambiguous' || d.code === 'model/shared-name')
      .map((d) => `${d.place!.file} ${d.code} ${d.help} ${d.related!.map((r) => r.place.file).join(' ')}`);

  test.each([
    ['the same folder, before one below', ['a/deep/n.camel', 'a/n.camel'], 'a/u.camel', 'B.R.O'],
    ['a folder below, before the one above', ['n.camel', 'a/b/n.camel'], 'a/u.camel', 'B.R.O'],
    ['the folder above, before one beside', ['x/n.camel', 'n.camel'], 'y/u.camel', 'B.R.O'],
    ['the folder that shares most of the path', ['b/n.camel', 'a/x/n.camel'], 'a/y/u.camel', 'B.R.O'],
  ])('that of %s is meant', async (_, [first, second], from, expected) => {
    const files = { [first!]: needs('A', 'ubuntu'), [second!]: needs('B', 'debian'), [from]: user };
    expect(await targets(files, 'R.O')).toEqual([expected]);
    expect(await ambiguous(files)).toEqual([]);
  });
  test('copies of a project mean their own', async () => {
    const copy = (folder: string): Record<string, string> => ({ [`${folder}/n.camel`]: needs('N', 'ubuntu'), [`${folder}/u.camel`]: user });
    const { models, diagnostics } = await load({ ...copy('./a'), ...copy('./b') });
    const [, inA, , inB] = models.map(
      (model) =>
        AstUtils.streamAst(model)
          .flatMap((node) => AstUtils.streamReferences(node))
          .head()?.reference as Reference | undefined,
    );
    expect([AstUtils.getContainerOfType(inA!.ref, isCamelModel), AstUtils.getContainerOfType(inB!.ref, isCamelModel)]).toEqual([models[0], models[2]]);
    expect(diagnostics.filter((d) => d.message.includes('`O`'))).toEqual([]);
  });
  test('the first by path is meant of those as near, with a warning', async () => {
    const files = { 'two.camel': needs('Two', 'debian'), 'one.camel': needs('One', 'ubuntu'), 'u.camel': user };
    expect(await targets(files, 'R.O')).toEqual(['One.R.O']);
    expect(await ambiguous(files)).toEqual(['u.camel reference/ambiguous write `One.R.O` or `Two.R.O` one.camel two.camel']);
    expect(await ambiguous({ ...files, 'u.camel': user.replace('R.O', 'Two.R.O') })).toEqual([]);
  });
  test('it does not matter which, where all say the same', async () => {
    expect(await ambiguous({ 'one.camel': needs('One', 'ubuntu'), 'two.camel': needs('Two', ' ubuntu'), 'u.camel': user })).toEqual([]);
  });
  test('a name in a formula cannot say which', async () => {
    const metrics = (camelModel: string, value: number): string => `camel model ${camelModel} { metric model M { variable Cost { formula '${value}' } } }`;
    const files = { 'one.camel': metrics('One', 1), 'two.camel': metrics('Two', 2), 'u.camel': "camel model U { metric model N { variable V { formula 'Cost' } } }" };
    expect(await ambiguous(files)).toEqual(['u.camel reference/ambiguous give them different names one.camel two.camel']);
  });
  test('what says the same of other things is not the same', async () => {
    const both = (camelModel: string, os: string): string =>
      needs(camelModel, os).replace('requirement model', 'deployment model D { requirements Set { os R.O } software Web { requirements Set } } requirement model');
    const files = {
      'one.camel': both('One', 'ubuntu'),
      'two.camel': both('Two', 'debian'),
      'u.camel': 'camel model U { metric model M { object context C { component D.Web } } }',
    };
    expect(await ambiguous(files)).toEqual(['u.camel reference/ambiguous write `One.D.Web` or `Two.D.Web` one.camel two.camel']);
  });
  test('camel models of one name in one folder are told at each', async () => {
    expect(await ambiguous({ 'one.camel': needs('N', 'ubuntu'), 'two.camel': needs('N', 'debian'), 'x/three.camel': needs('N', 'alpine') })).toEqual([
      'one.camel model/shared-name rename one of them, or move it to another folder two.camel',
      'two.camel model/shared-name rename one of them, or move it to another folder one.camel',
    ]);
  });
});
