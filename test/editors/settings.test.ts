/** The settings of a folder in an editor, through the bundled server. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clear, diagnosed, gigaBytes, ram, shop, start } from './shop.js';

test('a file that settings name and that is not there is told where they name it', async () => {
  const e = await start({ 'shop.camel': shop(), 'camelc.config.json': '{ "candidates": ["none.json"] }' });
  await e.open('shop.camel');
  const fault = await diagnosed(e, 'camelc.config.json', 'file/unreadable');
  expect(fault.range).toEqual({ start: { line: 0, character: 17 }, end: { line: 0, character: 28 } });
});

test('what is wrong with the settings is told in their file, whatever is wrong with the models', async () => {
  const broken = 'camel model Shop { sofware }';
  const e = await start({ 'shop/a.camel': broken, 'shop/b.camel': broken, 'camelc.config.json': '{ "timelimit": 5, "currency": "DM" }' });
  await e.open('shop/a.camel');
  const codes = (): unknown[] | undefined => e.published.get(e.uri('camelc.config.json'))?.map((d) => d.code);
  await e.until('both faults', () => codes()?.join() === 'config/unknown,config/value');
  const changes = [{ uri: e.uri('camelc.config.json'), type: 2 }];
  writeFileSync(join(e.folder, 'camelc.config.json'), '{ "metrics": "none.json" }');
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await e.until('the missing file', () => codes()?.join() === 'file/unreadable');
  writeFileSync(join(e.folder, 'camelc.config.json'), '{}');
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await clear(e, 'camelc.config.json');
  expect(e.complaints).toEqual([]);
});

test('severities of the settings count in the editor too, and as they are when they change', async () => {
  const e = await start({ 'shop.camel': shop().replace('  requirement model R {', `  requirement model R {\n    resource requirement Spare { ${ram} : [int 2 ${gigaBytes} }`) });
  await e.open('shop.camel');
  const codes = (): unknown[] | undefined => e.published.get(e.uri('shop.camel'))?.map((d) => `${d.code} ${d.severity}`);
  await e.until('the diagnostics of the catalogue', () => codes()?.includes('objective/none 2') && codes()?.includes('hint/unused 3'));
  writeFileSync(join(e.folder, 'camelc.config.json'), JSON.stringify({ candidates: ['candidates.json'], severities: { 'objective/none': 'off', 'hint/unused': 'error' } }));
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: e.uri('camelc.config.json'), type: 2 }] });
  await e.until('those of the settings', () => !codes()!.includes('objective/none 2') && codes()!.includes('hint/unused 1'));
});

test('hints follow the settings of the editor as soon as they change', async () => {
  const e = await start({ 'shop.camel': shop() }, { capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } } });
  e.connection.onRequest('workspace/configuration', ({ items }: { items: [] }) => items.map(() => null));
  const refreshed = new Promise<void>((done) => e.connection.onRequest('workspace/inlayHint/refresh', () => (done(), null)));
  await e.open('shop.camel');
  const range = { start: e.at('shop.camel', 'camel'), end: { line: 99, character: 0 } };
  const labels = async (): Promise<string[]> => (await e.request<{ label: string }[]>('textDocument/inlayHint', 'shop.camel', { range })).map(({ label }) => label);
  expect(await labels()).toContain('1 instance');
  await e.connection.sendNotification('workspace/didChangeConfiguration', { settings: { camel: { inlayHints: { defaults: false } } } });
  await refreshed;
  expect(await labels()).not.toContain('1 instance');
});
