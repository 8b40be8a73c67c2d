import { loadModels } from '@camelc/language';
import { expect, it } from 'vitest';
import { applyFix } from '../../../test/fixes.js';
import { buildApplication, chooseApplication } from '../src/build.js';

const built = async (text: string): Promise<ReturnType<typeof buildApplication>> => {
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'a.camel', text }]);
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return buildApplication(chooseApplication(models, undefined), models, libraryRegions);
};

it.each([
  ['without requirements', 'deployment model D { software Web { } }', 'requirement model WebGoals { horizontal scale requirement WebScale [1, 1] }'],
  [
    'with a set of others',
    'deployment model D { software Web { requirements S } requirements S { os R.Linux } } requirement model R { os requirement Linux { os ubuntu } }',
    'SScale',
  ],
  [
    'with a set of its own',
    'deployment model D { software Web { requirements Own { os R.Linux } } } requirement model R { os requirement Linux { os ubuntu } }',
    'Own { os R.Linux horizontal scale R.OwnScale }',
  ],
  [
    'where the name is taken',
    'deployment model D { software Web { } requirements S { os R.WebScale } } requirement model R { os requirement WebScale { os ubuntu } }',
    'WebScales',
  ],
])('a component %s gets the requirement that says how many instances it has', async (_, text, expected) => {
  const model = `camel model Shop {\n${text}\n}`;
  const [fix] = (await built(model)).diagnostics.find((d) => d.code === 'scale/default')!.fixes!;
  const mended = applyFix(fix!, model);
  expect(mended.replaceAll(/\s+/g, ' ')).toContain(expected);
  const { application, diagnostics } = await built(mended);
  expect(diagnostics.map((d) => d.code)).not.toContain('scale/default');
  expect(application.components[0]!.scale).toMatchObject({ minimum: 1, maximum: 1 });
});
