import { readFileSync } from 'node:fs';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { Secret } from '@camelc/plan';
import { CloudiatorTarget, type TargetOptions } from './target.js';

export { CloudiatorTarget, type TargetOptions } from './target.js';

/**
 * The server of Cloudiator that the options name, or else CLOUDIATOR_URL, with the account of CLOUDIATOR_EMAIL, CLOUDIATOR_TENANT and CLOUDIATOR_PASSWORD,
 * or the file that CLOUDIATOR_PASSWORD_FILE names. Nothing is asked of it yet.
 * @throws DiagnosticError cloudiator/setting where something is not said, cloudiator/address
 */
export function cloudiatorTarget(options: Partial<TargetOptions> = {}, env: Readonly<Record<string, string | undefined>> = process.env): CloudiatorTarget {
  const url = options.url ?? env['CLOUDIATOR_URL'];
  const email = options.email ?? env['CLOUDIATOR_EMAIL'];
  const password = options.password ?? passwordIn(env);
  const unreadable = password ? undefined : env['CLOUDIATOR_PASSWORD_FILE'];
  const missing = [...(url ? [] : ['CLOUDIATOR_URL']), ...(email ? [] : ['CLOUDIATOR_EMAIL']), ...(password ? [] : ['CLOUDIATOR_PASSWORD'])];
  if (!url || !email || !password) throw new DiagnosticError([diagnose('cloudiator/setting', { names: missing, unreadable })]);
  return new CloudiatorTarget({ ...options, url: addressOf(url), email, tenant: options.tenant ?? env['CLOUDIATOR_TENANT'] ?? 'admin', password });
}

/** An address as requests begin with it. What is wrong with it is not quoted: it may hold a password. */
function addressOf(text: string): string {
  const fail = (problem: string): never => {
    throw new DiagnosticError([diagnose('cloudiator/address', { problem })]);
  };
  const url = URL.parse(text) ?? fail('is no URL');
  if (!['http:', 'https:'].includes(url.protocol)) fail('does not begin with http:// or https://');
  if (url.username || url.password) fail('holds a user or a password');
  if (url.search || url.hash) fail('has something behind its path');
  return text.replace(/\/+$/, '');
}

function passwordIn(env: Readonly<Record<string, string | undefined>>): Secret | undefined {
  const file = env['CLOUDIATOR_PASSWORD_FILE'];
  const value = env['CLOUDIATOR_PASSWORD'] ?? (file ? readable(file) : undefined);
  return value ? new Secret(value) : undefined;
}

/** The text of a file without the newline at its end; undefined where it cannot be read. */
function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
