/** A real VS Code with the packed extension: code-server, driven by Chromium. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
/** Kept after the run, to be looked at. */
export const artefacts = join(root, 'artefacts/vscode');
const codeServer = join(import.meta.dirname, 'node_modules/.bin/code-server');
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
/** Where Chromium is. */
export function browserPath(): string {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (!found) throw new Error('the tests in VS Code need Chromium: apt-get install chromium');
  return found;
}

const settings = {
  'editor.minimap.enabled': false,
  'editor.suggestOnTriggerCharacters': false,
  'editor.quickSuggestions': { other: 'off' },
  'editor.autoClosingBrackets': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
};

export class Editor {
  private constructor(
    readonly page: Page,
    readonly folder: string,
    private readonly browser: Browser,
    private readonly server: ChildProcess,
    private readonly home: string,
  ) {}

  /** Installs the packed extension in a new editor with more settings, and opens a folder with these files in it. */
  static async start(vsix: string, files: Readonly<Record<string, string>>, more: object = {}): Promise<Editor> {
    const home = mkdtempSync(join(tmpdir(), 'camelc-vscode-'));
    const folder = join(home, 'models');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(home, 'user/User'), { recursive: true });
    writeFileSync(join(home, 'user/User/settings.json'), JSON.stringify({ ...settings, ...more }));
    mkdirSync(artefacts, { recursive: true });
    const places = ['--extensions-dir', join(home, 'extensions'), '--user-data-dir', join(home, 'user'), '--config', join(home, 'config.yaml')];
    const installed = spawnSync(codeServer, ['--install-extension', vsix, ...places], { env, encoding: 'utf8' });
    if (!installed.stdout.includes('was successfully installed')) throw new Error(`the extension was not installed:\n${installed.stdout}${installed.stderr}`);

    const port = await freePort();
    const server = spawn(
      codeServer,
      [
        '--auth',
        'none',
        '--bind-addr',
        `127.0.0.1:${port}`,
        '--disable-workspace-trust',
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-getting-started-override',
        ...places,
      ],
      { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    await new Promise<void>((done, fail) => {
      server.stdout.on('data', (text) => String(text).includes('HTTP server listening') && done());
      server.once('exit', (code) => fail(new Error(`code-server ended with ${code}`)));
    });
    const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const editor = new Editor(page, folder, browser, server, home);
    await page.goto(`http://127.0.0.1:${port}/?folder=${folder}`);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    return editor;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    process.kill(-this.server.pid!);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Gives the folder settings. */
  set(folderSettings: object): void {
    mkdirSync(join(this.folder, '.vscode'));
    writeFileSync(join(this.folder, '.vscode/settings.json'), JSON.stringify(folderSettings));
  }

  /** Keeps a picture of the editor. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(artefacts, `${name}.png`) });
  }

  /** Opens a file of the folder, and waits for its text. */
  async open(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.line(/\S/).first().waitFor();
  }

  /** Lines of the active editor with such a text. */
  line(text: string | RegExp): Locator {
    return this.page.locator('.editor-group-container.active .view-line', { hasText: text });
  }

  /** Code lenses of the active editor with such a title. */
  lens(title: RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: title });
  }

  /** A note in the corner with such a text. */
  message(text: string): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** The numbers of errors, warnings and hints that the status bar tells. */
  async problems(): Promise<string[]> {
    return (await this.page.locator('#status\\.problems').innerText()).match(/\d+/g) ?? [];
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** Puts the cursor of the active editor somewhere. */
  async putCursor(line: number, column: number): Promise<void> {
    await this.command('Go to Line/Column');
    const input = this.page.locator('.quick-input-widget .quick-input-box input');
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** The content of the webview that holds such an element. */
  async webview(selector: string): Promise<Frame> {
    const found = Date.now() + 60_000;
    while (Date.now() < found) {
      for (const frame of this.page.frames())
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      await this.page.waitForTimeout(200);
    }
    throw new Error(`no webview shows ${selector}`);
  }
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
