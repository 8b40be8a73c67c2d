/** The packed extension in the part of VS Code that runs in the browser, as in VS Code for the Web. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Editor } from './editor.js';

const vsix = resolve(import.meta.dirname, '../../extension/dist/camel.vsix');
const shop = `camel model Shop {
  deployment model D {
    software Web { requirements WebReq }
    requirements WebReqs { os Parts.R.Linux }
  }
}
`;

let editor: Editor;
beforeAll(async () => {
  const files = { 'shop.camel': shop, 'parts.camel': 'camel model Parts { requirement model R { os requirement Linux { os ubuntu } } }\n' };
  editor = await Editor.start(vsix, files, { 'remote.extensionKind': { 'camelc.camel': ['web'] } });
});
afterAll(() => editor?.stop());

test('the language services work, with names of other files', async () => {
  await editor.open('shop.camel');
  await editor.page.keyboard.press('Control+Shift+m');
  const problem = editor.page.locator('.markers-panel .monaco-list-row', { hasText: 'there is no' });
  await problem.first().waitFor({ timeout: 60_000 });
  expect(await problem.allTextContents()).toEqual([expect.stringMatching(/`WebReq`; did you mean `WebReqs`/)]);
  await editor.putCursor(3, 39);
  await editor.page.keyboard.press('Control+Space');
  await editor.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'WebReqs' }).first().waitFor();
  await editor.picture('web');
});
