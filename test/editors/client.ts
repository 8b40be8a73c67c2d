/** An editor, as far as the bundled server can tell: it speaks over standard input and output. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeLens, Diagnostic, Position } from 'vscode-languageserver';
import { CancellationTokenSource, createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';

export const repository = resolve(import.meta.dirname, '../..');
export const program = join(repository, 'extension/dist/server.mjs');

export interface EditorOptions {
  /** The server, with its arguments. */
  server?: string[];
  /** `initializationOptions`. */
  options?: object;
  /** Beyond those that every editor has. */
  capabilities?: object;
}

export class Editor {
  readonly connection: MessageConnection;
  readonly published = new Map<string, Diagnostic[]>();
  /** Errors that the server logged, and what it wrote on standard error. */
  readonly complaints: string[] = [];
  readonly messages: string[] = [];
  /** Titles of progress that began. */
  readonly progress: string[] = [];
  commands: string[] = [];
  private readonly versions = new Map<string, number>();
  private readonly texts = new Map<string, string>();
  private readonly watchers = new Set<() => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly folder: string,
  ) {
    process.stderr!.on('data', (text) => this.complaints.push(String(text)));
    this.connection = createMessageConnection(new StreamMessageReader(process.stdout!), new StreamMessageWriter(process.stdin!));
    this.connection.onNotification('textDocument/publishDiagnostics', (p: { uri: string; diagnostics: Diagnostic[] }) => {
      this.published.set(p.uri, p.diagnostics);
      this.changed();
    });
    this.connection.onNotification('window/logMessage', (p: { type: number; message: string }) => {
      if (p.type === 1) this.complaints.push(p.message);
      this.changed();
    });
    this.connection.onNotification('window/showMessage', (p: { message: string }) => void this.messages.push(p.message));
    this.connection.onNotification('$/progress', (p: { value: { kind: string; title?: string } }) => {
      if (p.value.kind === 'begin') this.progress.push(p.value.title!);
      this.changed();
    });
    for (const method of ['client/registerCapability', 'window/workDoneProgress/create']) this.connection.onRequest(method, () => null);
    this.connection.onRequest('workspace/codeLens/refresh', () => {
      this.changed();
      return null;
    });
    this.connection.listen();
  }

  /** Starts the server on a folder. */
  static async start(folder: string, { server = [program], options, capabilities }: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor(spawn(process.execPath, [...server, '--stdio'], { stdio: 'pipe' }), folder);
    const uri = pathToFileURL(folder).href;
    const { capabilities: answered } = await editor.connection.sendRequest<{ capabilities: { executeCommandProvider?: { commands: string[] } } }>('initialize', {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ name: 'models', uri }],
      capabilities: { workspace: { codeLens: { refreshSupport: true } }, window: { workDoneProgress: true }, ...capabilities },
      initializationOptions: options,
    });
    editor.commands = answered.executeCommandProvider?.commands ?? [];
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  stop(): void {
    this.connection.dispose();
    this.process.kill();
  }

  uri = (file: string): string => pathToFileURL(join(this.folder, file)).href;
  text = (file: string): string => this.texts.get(file)!;

  /** Opens a file of the folder. */
  async open(file: string): Promise<void> {
    const text = readFileSync(join(this.folder, file), 'utf8');
    this.texts.set(file, text);
    this.versions.set(file, 1);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: this.uri(file), languageId: 'camel', version: 1, text } });
  }

  /** Changes a text, and saves it as far as the server hears of it. */
  async edit(file: string, text: string): Promise<void> {
    this.texts.set(file, text);
    const version = this.versions.get(file)! + 1;
    this.versions.set(file, version);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri: this.uri(file), version }, contentChanges: [{ text }] });
  }
  async save(file: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(file) } });
  }

  request<T>(method: string, file: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(file) }, ...more });
  }
  /** A request of the server's own. */
  ask<T>(method: string, file: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { uri: this.uri(file), ...more });
  }

  /** Asks, and takes it back when the server has had time to begin. @returns the code of the error that is answered */
  async cancelled(method: string, file: string): Promise<number | undefined> {
    const source = new CancellationTokenSource();
    const answer = this.connection.sendRequest(method, { uri: this.uri(file) }, source.token);
    setTimeout(() => source.cancel(), 1000);
    return answer.then(
      () => undefined,
      (error: { code: number }) => error.code,
    );
  }

  lenses = (file: string): Promise<CodeLens[]> => this.request('textDocument/codeLens', file);
  titles = async (file: string): Promise<string[]> => (await this.lenses(file)).map((lens) => lens.command!.title);

  /** Waits until something holds, and asks again whenever the server says something. */
  async until<T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
    const end = Date.now() + 40_000;
    for (;;) {
      let heard = (): void => undefined;
      const change = new Promise<void>((done) => (heard = done));
      this.watchers.add(heard);
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; the server complained: ${this.complaints.join('\n') || 'of nothing'}`);
      await Promise.race([change, new Promise((done) => setTimeout(done, 1000))]);
      this.watchers.delete(heard);
    }
  }

  /** The position before a piece of a text. */
  at(file: string, piece: string): Position {
    const offset = this.text(file).indexOf(piece);
    if (offset < 0) throw new Error(`there is no ${piece}`);
    const lines = this.text(file).slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  }

  private changed(): void {
    this.watchers.forEach((heard) => heard());
  }
}
