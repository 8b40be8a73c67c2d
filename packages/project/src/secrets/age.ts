/** Files that are encrypted by age (age-encryption.org), whole or with one credential a line. */
import { readFileSync } from 'node:fs';
import { armor, Decrypter } from 'age-encryption';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { Secret, type Redactor } from '@camelc/plan';
import { why } from '../files.js';

/** Where the identities are that decrypt. */
export interface AgeKeys {
  /** A file of identities; it comes before those of the environment. */
  identityFile?: string;
  env: Readonly<Record<string, string | undefined>>;
  redactor: Redactor;
}

/** Why a file gives no value, in words without anything of its content. */
export class AgeFault extends Error {}

/** @throws AgeFault, or DiagnosticError about the identities */
export async function decrypt(file: Uint8Array, { identityFile, env, redactor }: AgeKeys): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  const hidden = (value: string): string => {
    redactor.add(new Secret(value));
    return value;
  };
  const passphrase = env['CAMELC_AGE_PASSPHRASE'];
  const identities = identitiesOf(identityFile, env);
  if (!identities && !passphrase) refuse('', 'there is none');
  if (passphrase) decrypter.addPassphrase(hidden(passphrase));
  for (const identity of identities?.lines ?? []) {
    try {
      decrypter.addIdentity(hidden(identity));
    } catch {
      refuse(identities!.source, 'holds something else than identities of age (AGE-SECRET-KEY-1…)');
    }
  }
  try {
    const text = Buffer.from(file).toString('latin1');
    return await decrypter.decrypt(/^\s*-----BEGIN AGE/.test(text) ? armor.decode(text) : file);
  } catch (error) {
    throw new AgeFault(/no identity/.test(String(error)) ? 'is encrypted for other identities' : 'is not encrypted by age, or damaged');
  }
}

/** Those of the file that is named, else of the environment. */
function identitiesOf(named: string | undefined, env: AgeKeys['env']): { lines: string[]; source: string } | undefined {
  const own = env['CAMELC_AGE_IDENTITY'];
  const file = named ?? (own ? undefined : env['CAMELC_AGE_IDENTITY_FILE']);
  if (!file && !own) return undefined;
  const source = file || '$CAMELC_AGE_IDENTITY';
  const lines = (file ? readIdentities(file) : own!)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length ? { lines, source } : refuse(source, 'holds no identity');
}

function readIdentities(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(path, `cannot be read: ${why(error)}`);
  }
}

function refuse(source: string, problem: string): never {
  throw new DiagnosticError([diagnose('secret/identity', { source, problem })]);
}

/**
 * The value of a key in lines `KEY=VALUE`; lines that begin with `#` are comments. Of several lines with the key the last counts.
 * @throws AgeFault
 */
export function valueOf(text: string, key: string): string {
  const line = text.split(/\r?\n/).findLast((line) => line.startsWith(`${key}=`));
  if (line === undefined) throw new AgeFault(`has no line \`${key}=…\``);
  return line.slice(key.length + 1);
}
