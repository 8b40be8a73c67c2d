import { readFileSync } from 'node:fs';
import { diagnose, DiagnosticError, type Code, type ParametersOf } from '@camelc/diagnostics';
import type { Redactor } from '@camelc/plan';
import { why } from '../files.js';
import { CommandFault, outputOf } from './command.js';
import type { ParsedReference } from './reference.js';

interface Surroundings {
  redactor: Redactor;
  env: Readonly<Record<string, string | undefined>>;
  ageIdentity?: string;
  signal?: AbortSignal;
}

/** Seconds that a command may take: it may wait for a person with a password or a key. */
const commandTimeout = 60;

/** Reads what references lead to; an encrypted file is decrypted once. @throws DiagnosticError */
export function bytesReader(surroundings: Surroundings): (name: string, reference: ParsedReference) => Promise<Buffer> {
  const { redactor, env, ageIdentity, signal } = surroundings;
  const decrypted = new Map<string, Promise<Uint8Array>>();

  return async (name, reference) => {
    switch (reference.kind) {
      case 'env': {
        const { variable } = reference;
        const value = own(env, variable);
        if (value !== undefined) return Buffer.from(value);
        const path = own(env, `${variable}_FILE`);
        return path ? withoutNewline(readFile(name, path)) : fail('secret/missing', { name, variable });
      }
      case 'file':
        return withoutNewline(readFile(name, reference.path));
      case 'command':
        try {
          return withoutNewline(await outputOf(reference.line, commandTimeout, env, signal));
        } catch (error) {
          if (!(error instanceof CommandFault)) throw error;
          return fail('secret/command', { name, problem: error.message });
        }
      case 'age': {
        const { path, key } = reference;
        const age = await import('./age.js');
        try {
          const text = decrypted.get(path) ?? age.decrypt(readFile(name, path), { identityFile: ageIdentity, env, redactor });
          decrypted.set(path, text);
          const bytes = Buffer.from(await text);
          return key === undefined ? withoutNewline(bytes) : Buffer.from(age.valueOf(bytes.toString('utf8'), key));
        } catch (error) {
          if (!(error instanceof age.AgeFault)) throw error;
          return fail('secret/age', { name, path, problem: error.message });
        }
      }
    }
  };
}

/** Not what every object has. */
const own = (env: Surroundings['env'], variable: string): string | undefined => (Object.hasOwn(env, variable) ? env[variable] : undefined);

function fail<C extends Code>(code: C, parameters: ParametersOf<C>): never {
  throw new DiagnosticError([diagnose(code, parameters)]);
}

function readFile(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return fail('secret/unreadable', { name, path, why: why(error) });
  }
}

/** Editors and commands put one at the end. */
function withoutNewline(bytes: Buffer): Buffer {
  const end = bytes.length - (bytes.at(-1) === 10 ? (bytes.at(-2) === 13 ? 2 : 1) : 0);
  return bytes.subarray(0, end);
}
