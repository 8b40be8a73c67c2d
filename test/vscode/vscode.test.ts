/** The packed extension in a real VS Code, as a user sees it. The tests build on each other. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
      container configuration WebContainer { image 'nginx:1.27' }
    }
    software Database {
      requirements DatabaseReqs
      provided communication Sql port 5432
      container configuration DatabaseContainer { image 'postgres:17' }
    }
    communication WebToDatabase from Web.SqlReq to Database.Sql

    requirements WebReqs { resource Machines.Small horizontal scale Machines.Several }
    requirements DatabaseReqs { resource Machines.Large horizontal scale Machines.One }
  }
  requirement model Machines {
    resource requirement Small {
      attribute ram [${memory}] : [int 2 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
    resource requirement Large {
      attribute ram [${memory}] : [int 16 UnitTemplateCamelModel.UnitTemplateModel.GigaBytes
    }
    horizontal scale requirement One [1, 1]
    horizontal scale requirement Several [2, 4]
    optimisation requirement Best { variable Metrics.Utility }
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
  await editor.putCursor(31, 15);
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

test('shows above each component how many candidates fit, and the optimum above the model', async () => {
  await editor.putCursor(1, 1);
  await editor
    .lens(/\d+ candidates fit, cheapest/)
    .first()
    .waitFor({ timeout: 30_000 });
  await editor
    .lens(/optimal: .*\/h/)
    .first()
    .waitFor({ timeout: 30_000 });
});

test('shows the topology, and leads from a component to its source', async () => {
  await editor.command('CAMEL: Show Topology');
  const view = await editor.webview('.picture svg');
  const component = view.locator('.component', { hasText: 'Database' }).first();
  await component.waitFor();
  expect(await view.locator('.communication title').allTextContents()).toEqual(['communication WebToDatabase: Web.SqlReq to Database.Sql']);
  expect(await view.locator('.total').textContent()).toMatch(/EUR\/h.*optimal/);
  // Nothing comes from elsewhere.
  expect(await view.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain("default-src 'none'");
  await component.focus();
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.statusbar-item', { hasText: 'Ln 9,' }).waitFor();
});

test('shows what fits each component, and what excludes the rest', async () => {
  await editor
    .lens(/candidates fit/)
    .nth(1)
    .click();
  const view = await editor.webview('.candidates');
  await view.locator('h2', { hasText: 'Database' }).waitFor();
  expect(await view.locator('h2').count()).toBe(1);
  await view.locator('a', { hasText: 'Large.ram' }).click();
  await editor.page.locator('.statusbar-item', { hasText: 'Ln 24,' }).waitFor();
});

test('shows the solution with its reasons', async () => {
  await editor.command('CAMEL: Solve');
  const view = await editor.webview('.solution');
  await view.locator('strong', { hasText: 'EUR/h' }).waitFor();
  expect(await view.locator('td').allTextContents()).toContain('Database');
});

test('shows the constraint problem as a document that cannot be changed', async () => {
  await editor.command('CAMEL: Show Constraint Problem');
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'MiniZinc' }).click();
  await editor.page.locator('.tab.active[data-resource-name="shop.mzn"]').waitFor();
  await editor
    .line(/constraint/)
    .first()
    .waitFor();
});

test('writes the files of a target to the folder that is chosen', async () => {
  const folder = join(editor.folder, 'deploy');
  mkdirSync(folder);
  await editor.open('shop.camel');
  await editor.command('CAMEL: Compile');
  const input = editor.page.locator('.quick-input-widget .quick-input-box input');
  await expect.poll(() => input.inputValue()).toBe(`${editor.folder}/`);
  await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'deploy' }).click();
  await expect.poll(() => input.inputValue()).toBe(`${folder}/`);
  await editor.picture('folder');
  await editor.page.locator('.quick-input-widget .monaco-button', { hasText: 'Compile Here' }).click();
  await editor.page.locator('.tab.active[data-resource-name="stack.yml"]').waitFor({ timeout: 30_000 });
  await editor.message('2 files in deploy').waitFor();
  expect(readFileSync(join(folder, 'stack.yml'), 'utf8')).toContain('image: nginx:1.27');
  expect(readFileSync(join(folder, 'hosts.json'), 'utf8')).toContain('cax31');
});

test('says why a command came to nothing, and tells a problem once', async () => {
  writeFileSync(join(editor.folder, 'camelc.config.json'), '{ "timelimit": 3 }');
  await editor.open('shop.camel');
  await editor.command('CAMEL: Check');
  await editor.message('1 error, 0 warnings in 1 file').waitFor({ timeout: 30_000 });
  // Beside notes of former commands VS Code does not always show another.
  await editor.command('Notifications: Clear All Notifications');
  await editor.command('CAMEL: Show Candidates');
  await editor.message('Candidates cannot be filtered: there is no setting `timelimit`').waitFor({ timeout: 30_000 });
  expect(await editor.problems()).toEqual(['1', '0']);
  rmSync(join(editor.folder, 'camelc.config.json'));
  await expect.poll(() => editor.problems()).toEqual(['0', '0']);
});

test('begins a new model that can be solved', async () => {
  await editor.command('CAMEL: New Model');
  await editor.line('provided communication Https port 443').first().waitFor();
  await editor
    .lens(/optimal/)
    .first()
    .waitFor({ timeout: 30_000 });
  await expect.poll(() => editor.problems()).toEqual(['0', '0']);
});

test('shows no code lens and no hint where the settings say so, at once', async () => {
  await editor.open('shop.camel');
  await editor.putCursor(28, 1);
  await editor.line('maximise').first().waitFor({ timeout: 30_000 });
  await editor.putCursor(1, 1);
  await editor
    .lens(/optimal/)
    .first()
    .waitFor({ timeout: 30_000 });
  editor.set({ 'camel.codeLens.enabled': false, 'camel.inlayHints.defaults': false });
  await expect.poll(() => editor.lens(/optimal/).count()).toBe(0);
  await editor.putCursor(28, 1);
  await editor.line('optimisation requirement Best').first().waitFor();
  await expect.poll(() => editor.line('maximise').count()).toBe(0);
});
