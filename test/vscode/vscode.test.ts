/** The packed extension in a real VS Code, as a user sees it. The tests build on each other. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { artefacts, Editor } from './editor.js';

const vsix = resolve(import.meta.dirname, '../../extension/dist/camel.vsix');
const memory = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory';
/** `WebReq` is misspelt. */
const broken = `camel model Shop {
  application Shop { version '1.0' }
  deployment model ShopDeployment {
    software Web {
      requirements WebReq
      required communication SqlReq port 5432 mandatory
    }
    software Database {
      requirements DatabaseReqs
      provided communication Sql port 5432
    }
    communication WebToDatabase from Web.SqlReq to Database.Sql

    requirements WebReqs { resource Machines.Small }
    requirements DatabaseReqs { resource Machines.Large }
  }
  requirement model Machines {
    resource requirement Small {
      attribute ram [${memory}] : [int 2 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
    resource requirement Large {
      attribute ram [${memory}] : [int 16 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
  }
  metric model Metrics {
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 / (1 + Cost)' }
  }
}
`;

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.start(vsix, { 'shop.camel': broken });
  console.log(`pictures are kept in ${artefacts}`);
});
afterEach(async ({ task }) => {
  await editor.picture(task.name.replace(/\W+/g, '-'));
});
afterAll(async () => {
  await editor?.stop();
});

const saved = (): string => readFileSync(join(editor.folder, 'shop.camel'), 'utf8');
test('shows the problem of a broken model, with what was meant', async () => {
  await editor.open('shop.camel');
  await editor.page.keyboard.press('Control+Shift+m');
  const problem = editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'there is no requirement set' });
  await problem.waitFor({ timeout: 60_000 });
  expect(await problem.textContent()).toMatch(/`WebReq`; did you mean `WebReqs`.*reference\/unresolved/);
  expect(await editor.page.locator('.squiggly-error').count()).toBeGreaterThan(0);
});

test('completes the name', async () => {
  await editor.putCursor(5, 26);
  await editor.page.keyboard.press('Control+Space');
  const proposal = editor.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'WebReqs' });
  await proposal.first().waitFor();
  await editor.picture('proposals');
  await proposal.first().click();
  await editor.line('requirements WebReqs').first().waitFor();
  await editor.page.keyboard.press('Control+s');
  await expect.poll(saved).toBe(broken.replace('WebReq\n', 'WebReqs\n'));
  await editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'there is no requirement set' }).waitFor({ state: 'detached' });
});

test('renames an element everywhere, in formulas too', async () => {
  await editor.putCursor(26, 15);
  await editor.page.keyboard.press('F2');
  const name = editor.page.locator('.rename-box input');
  await name.waitFor();
  await name.fill('HourlyCost');
  await editor.page.keyboard.press('Enter');
  await editor.line('variable HourlyCost').first().waitFor();
  await editor.page.keyboard.press('Control+s');
  await expect.poll(saved).toContain('variable HourlyCost { template');
  expect(saved()).toContain("formula '1 / (1 + HourlyCost)'");
});
