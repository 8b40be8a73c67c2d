/** What engines answer, without one. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redactor, Secret, type SecretValues } from '@camelc/plan';

/** A server at a socket of its own that answers as it is told, until it is closed. */
export async function fakeEngine(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<{ host: string; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'camelc-fake-engine-'));
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
  return {
    host: `unix://${folder}/socket`,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Credentials with these values, which are masked in texts. */
export function secretsOf(values: Readonly<Record<string, string>>): SecretValues {
  const redactor = new Redactor();
  for (const value of Object.values(values)) redactor.add(new Secret(value));
  return { references: {}, resolve: async (name) => new Secret(values[name]!), redact: (text) => redactor.redact(text), hide: (secret) => redactor.add(secret) };
}
