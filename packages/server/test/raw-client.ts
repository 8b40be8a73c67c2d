import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

interface Answer {
  id?: number | string | null;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

/** A client that can send a server anything, byte for byte. */
export class RawClient {
  readonly process: ChildProcess;
  readonly received: Answer[] = [];
  private buffer = Buffer.alloc(0);
  private readonly waiting: (() => void)[] = [];
  private nextId = 1;

  constructor() {
    this.process = spawn(process.execPath, [path.resolve(import.meta.dirname, '../dist/main.js'), '--stdio'], { stdio: 'pipe' });
    this.process.stdout!.on('data', (data: Buffer) => {
      this.buffer = Buffer.concat([this.buffer, data]);
      this.readMessages();
    });
  }

  private readMessages(): void {
    for (;;) {
      const header = /^[\s\S]*?Content-Length: (\d+)[\s\S]*?\r\n\r\n/.exec(this.buffer.toString('latin1'));
      if (!header || this.buffer.length < header[0].length + Number(header[1])) return;
      const end = header[0].length + Number(header[1]);
      const message = JSON.parse(this.buffer.subarray(header[0].length, end).toString('utf8')) as Answer;
      this.buffer = this.buffer.subarray(end);
      this.received.push(message);
      // What the server asks of its client.
      if (message.method && message.id !== undefined) this.send({ id: message.id, result: null });
      for (const done of this.waiting.splice(0)) done();
    }
  }

  write(bytes: string | Uint8Array): void {
    this.process.stdin!.write(bytes);
  }

  static encode(message: object): string {
    const json = JSON.stringify({ jsonrpc: '2.0', ...message });
    return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
  }
  send(message: object): void {
    this.write(RawClient.encode(message));
  }
  notify(method: string, params?: unknown): void {
    this.send({ method, params });
  }

  /** Waits until a message of the server fits. */
  async until(fits: (message: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const found = this.received.find(fits);
      if (found) return found;
      if (this.process.exitCode !== null) throw new Error(`the server ended with ${this.process.exitCode}`);
      await new Promise<void>((done) => this.waiting.push(done));
    }
  }

  ask(method: string, params?: unknown): Promise<Answer> {
    const id = this.nextId++;
    this.send({ id, method, params });
    return this.until((m) => m.id === id && !m.method);
  }

  async initialize(params: object = {}): Promise<Answer> {
    const answer = await this.ask('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null, ...params });
    this.notify('initialized', {});
    return answer;
  }

  open(uri: string, text: unknown, version = 1): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'camel', version, text } });
  }

  /** The codes of the diagnostics that were sent last for the document; waits for the first. */
  async diagnostics(uri: string): Promise<unknown[]> {
    await this.until((m) => m.method === 'textDocument/publishDiagnostics' && (m.params as { uri: string }).uri === uri);
    const last = this.received.findLast((m) => m.method === 'textDocument/publishDiagnostics' && (m.params as { uri: string }).uri === uri);
    return (last!.params as { diagnostics: { code: unknown }[] }).diagnostics.map((d) => d.code);
  }

  /** Forgets what came. */
  forget(): void {
    this.received.length = 0;
  }

  exitCode(): Promise<number | null> {
    return new Promise((done) => (this.process.exitCode === null ? this.process.once('exit', (code) => done(code)) : done(this.process.exitCode)));
  }

  end(): void {
    this.process.kill();
  }
}
