import { Encrypter, armor, generateIdentity, identityToRecipient } from 'age-encryption';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DiagnosticError, exitCodeOf, type Diagnostic } from '@camelc/diagnostics';
import { mask, Redactor, Secret } from '@camelc/plan';
import { openProject, settingsFile } from '@camelc/project';
import { referencesOf, secretOption, secretValues, type SecretOptions } from '@camelc/project/secrets';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../../test/folders.js';
import { namedFrom, namedIn } from '../src/secrets/reference.js';
import { settingsFaults } from '../src/settings/faults.js';

const canary = 'canary-7f3a';
const identity = await generateIdentity();

async function encrypted(text: string, passphrase?: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  if (passphrase === undefined) encrypter.addRecipient(await identityToRecipient(identity));
  else {
    encrypter.setScryptWorkFactor(2);
    encrypter.setPassphrase(passphrase);
  }
  return encrypter.encrypt(text);
}
const lines = await encrypted(`# a comment=1\nDB=${canary}\nURL=a=b#c \r\nEMPTY=\n`);
const folder = folderWith({
  plain: canary,
  newline: `${canary}\n`,
  windows: `${canary}\r\n`,
  newlines: `${canary}\n\n`,
  empty: '\n',
  bytes: Buffer.from([0xff, 0xfe]),
  large: 'x'.repeat(512_000),
  'whole.age': Buffer.from(await encrypted(`${canary}\n`)),
  'whole.age.txt': `\n${armor.encode(await encrypted(canary))}`,
  'lines.age': Buffer.from(lines),
  'passphrase.age': Buffer.from(await encrypted(canary, 'open sesame')),
  'damaged.age': Buffer.from(lines.map((byte, at) => (at === lines.length - 20 ? byte ^ 1 : byte))),
  'identity.txt': `# created today\n${await generateIdentity()}\n${identity}\n`,
  'ssh.txt': '-----BEGIN OPENSSH PRIVATE KEY-----\n',
  'comments.txt': '# nothing\n',
});
const at = (file: string): string => join(folder, file);

const valueOf = async (reference: string | undefined, options: Partial<SecretOptions> = {}): Promise<string> =>
  (await secretValues(reference === undefined ? {} : { TOKEN: reference }, { redactor: new Redactor(), env: {}, ...options }).resolve('TOKEN')).reveal();
async function errorOf(action: () => unknown): Promise<Diagnostic> {
  const error = await Promise.try(action).catch((e: unknown) => e);
  if (!(error instanceof DiagnosticError)) throw new Error('no diagnostic', { cause: error });
  expect(JSON.stringify(error.diagnostics)).not.toContain(canary);
  expect(exitCodeOf(error.diagnostics)).toBe(5);
  return error.diagnostics[0]!;
}
const age = { env: { CAMELC_AGE_IDENTITY_FILE: at('identity.txt') } };

describe('a reference leads to a value', () => {
  test.each<[string, string | undefined, string, Partial<SecretOptions>?]>([
    ['of the variable of its name', undefined, canary, { env: { TOKEN: canary, TOKEN_FILE: at('missing') } }],
    ['of the file that this variable names', undefined, canary, { env: { TOKEN_FILE: at('newline') } }],
    ['of another variable, as it is', 'env:OTHER', `${canary}\n`, { env: { OTHER: `${canary}\n` } }],
    ['of the file that the other names', 'env:OTHER', canary, { env: { OTHER_FILE: at('plain') } }],
    ['of a file', `file:${at('plain')}`, canary],
    ['of a file without the newline at its end', `file:${at('newline')}`, canary],
    ['of a file of Windows', `file:${at('windows')}`, canary],
    ['of a file without more than one newline', `file:${at('newlines')}`, `${canary}\n`],
    ['of a command', `command:printf '%s\\n' ${canary} | cat; echo oops >&2`, canary],
    ['of a command in the environment of the run', 'command:echo $A', canary, { env: { A: canary } }],
    ['of an encrypted file', `age:${at('whole.age')}`, canary, age],
    ['of an armored one', `age:${at('whole.age.txt')}`, canary, age],
    ['of a line of one', `age:${at('lines.age')}#DB`, canary, age],
    ['of a line, all behind its first equals sign', `age:${at('lines.age')}#URL`, 'a=b#c ', age],
    ['with an identity of the environment', `age:${at('whole.age')}`, canary, { env: { CAMELC_AGE_IDENTITY: identity, CAMELC_AGE_IDENTITY_FILE: 'missing' } }],
    ['with a named file of identities', `age:${at('whole.age')}`, canary, { ageIdentity: at('identity.txt'), env: { CAMELC_AGE_IDENTITY: 'wrong' } }],
    ['with a passphrase', `age:${at('passphrase.age')}`, canary, { env: { CAMELC_AGE_PASSPHRASE: 'open sesame' } }],
  ])('%s', async (_, reference, value, options) => expect(await valueOf(reference, options)).toBe(value));

  test('once, and an encrypted file is decrypted once', async () => {
    const marks = join(folder, 'marks');
    const values = secretValues({ A: `command:echo x >> ${marks}; wc -l < ${marks}` }, { redactor: new Redactor() });
    const both = await Promise.all([values.resolve('A'), values.resolve('A')]);
    expect(both.map((value) => value.reveal().trim())).toEqual(['1', '1']);
  });

  test('only when it is asked for', () => {
    secretValues({ A: `command:touch ${at('touched')}` }, { redactor: new Redactor() });
    expect(existsSync(at('touched'))).toBe(false);
  });

  test('and from then on it is masked, as are the keys that led to it', async () => {
    const redactor = new Redactor();
    const values = secretValues({ DB: `age:${at('lines.age')}#DB` }, { redactor, env: { CAMELC_AGE_IDENTITY: identity } });
    expect(values.redact(`${canary} ${identity}`)).toContain(canary);
    await values.resolve('DB');
    expect(values.redact(`denied for ${canary} with ${identity}`)).toBe(`denied for ${mask} with ${mask}`);
    expect(redactor.redact(canary)).toBe(mask);
  });
});

test('a value that was found elsewhere is masked, too', () => {
  const values = secretValues({}, { redactor: new Redactor() });
  values.hide(new Secret('open sesame'));
  expect(values.redact('open sesame')).toBe(mask);
});

describe('a reference without a value is an error that shows nothing of one', () => {
  test.each<[string, string | undefined, string, RegExp, Partial<SecretOptions>?]>([
    ['no variable', undefined, 'secret/missing', /TOKEN has no value: neither \$TOKEN nor \$TOKEN_FILE/],
    ['an inherited one', 'env:toString', 'secret/missing', /neither \$toString/],
    ['an empty variable', undefined, 'secret/value', /is empty/, { env: { TOKEN: '', TOKEN_FILE: at('plain') } }],
    ['no file', `file:${at('missing')}`, 'secret/unreadable', /missing, cannot be read: there is no such file/],
    ['a folder', `file:${folder}`, 'secret/unreadable', /it is a folder/],
    ['no file of a variable', undefined, 'secret/unreadable', /there is no such file/, { env: { TOKEN_FILE: at('missing') } }],
    ['an empty file', `file:${at('empty')}`, 'secret/value', /is empty/],
    ['a file of bytes', `file:${at('bytes')}`, 'secret/value', /is no UTF-8 text/],
    ['a large file', `file:${at('large')}`, 'secret/value', /512000 bytes/],
    ['a silent command', 'command:true', 'secret/value', /is empty/],
    ['a failing command', `command:echo ${canary}; echo ${canary} >&2; exit 3`, 'secret/command', /ended with exit code 3/],
    ['a command that is ended', 'command:kill -9 $$', 'secret/command', /SIGKILL/],
    ['a missing command', 'command:no-such-command-7f3a', 'secret/command', /exit code 127/],
    ['a command without end', 'command:yes', 'secret/command', /prints too much/],
    ['no encrypted file', `age:${at('missing.age')}`, 'secret/unreadable', /there is no such file/, age],
    ['a file in clear', `age:${at('plain')}`, 'secret/age', /is not encrypted by age, or damaged/, age],
    ['a damaged file', `age:${at('damaged.age')}`, 'secret/age', /is not encrypted by age, or damaged/, age],
    ['no such line', `age:${at('lines.age')}#OTHER`, 'secret/age', /has no line `OTHER=…`/, age],
    ['an empty line', `age:${at('lines.age')}#EMPTY`, 'secret/value', /is empty/, age],
    ['other identities', `age:${at('passphrase.age')}`, 'secret/age', /is encrypted for other identities/, age],
    ['another passphrase', `age:${at('passphrase.age')}`, 'secret/age', /is encrypted for other identities/, { env: { CAMELC_AGE_PASSPHRASE: 'shut' } }],
    ['no identity', `age:${at('whole.age')}`, 'secret/identity', /there is no age identity/],
    ['a missing identity', `age:${at('whole.age')}`, 'secret/identity', /cannot be read: there is no such file/, { ageIdentity: at('missing') }],
    ['an identity of another kind', `age:${at('whole.age')}`, 'secret/identity', /ssh\.txt holds something else/, { ageIdentity: at('ssh.txt') }],
    ['a file without identities', `age:${at('whole.age')}`, 'secret/identity', /comments\.txt holds no identity/, { ageIdentity: at('comments.txt') }],
    ['what is no identity', `age:${at('whole.age')}`, 'secret/identity', /CAMELC_AGE_IDENTITY holds something else/, { env: { CAMELC_AGE_IDENTITY: canary } }],
  ])('%s', async (_, reference, code, message, options) => {
    const error = await errorOf(() => valueOf(reference, options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('a command ends with the run that asks for it', async () => {
    const stop = new AbortController();
    const asked = errorOf(() => valueOf('command:sleep 1000', { signal: stop.signal }));
    stop.abort();
    expect((await asked).message).toContain('was interrupted');
  });

  test.each([canary, '', 'env:', 'env:A B', 'file:', 'age: ', 'command:', `ENV:${canary}`])('what is no reference is told at once: %s', async (text) => {
    expect(await errorOf(() => secretValues({ TOKEN: text }, { redactor: new Redactor() }))).toMatchObject({ code: 'secret/reference' });
  });
});

describe('an option --secret', () => {
  test('is a name with its reference', () => {
    expect(secretOption('B=command:a=b', secretOption(' A = env:X '))).toEqual({ A: 'env:X', B: 'command:a=b' });
  });
  test.each([canary, `=${canary}`, `TOKEN=${canary}`])('that is none is told without what it says: %s', async (text) => {
    expect((await errorOf(() => secretValues(secretOption(text), { redactor: new Redactor() }))).code).toBe('secret/reference');
  });
});

test.each([
  ['file:keys/a', 'plans', 'file:plans/keys/a', 'file:../keys/a'],
  ['age:../b.age#B', 'plans/new', 'age:plans/b.age#B', 'age:../../../b.age#B'],
  ['file:keys/a', '.', 'file:keys/a', 'file:keys/a'],
  ['file:/run/a', 'plans', 'file:/run/a', 'file:/run/a'],
  ['env:A', 'plans', 'env:A', 'env:A'],
  ['command:cat keys/a', 'plans', 'command:cat keys/a', 'command:cat keys/a'],
])('%s of a file in %s is %s here, and that of this folder is %s there', (reference, folder, here, there) => {
  expect(namedIn(folder, reference)).toBe(here);
  expect(namedFrom(folder, reference)).toBe(there);
  expect(namedIn(folder, there)).toBe(reference);
});

describe('settings', () => {
  test('give references, with paths from their folder, and the places for errors', async () => {
    const there = folderWith({ 'a/m.camel': '', [`a/${settingsFile}`]: '{ "secrets": { "A": "file:keys/a", "B": "age:/etc/b.age#B",\n "C": "env:C" } }' });
    const { settings } = openProject([join(there, 'a')], {}, { sources: new Map() });
    const { references, places } = referencesOf({ B: 'env:B' }, settings);
    expect([...places.keys()]).toEqual(['A', 'C']);
    expect(references).toEqual({ ...settings!.secrets, B: 'env:B' });
    expect(settings!.secrets).toEqual({ A: `file:${relative('', join(there, 'a/keys/a'))}`, B: 'age:/etc/b.age#B', C: 'env:C' });
    const error = await errorOf(() => secretValues(references, { redactor: new Redactor(), places, env: {} }).resolve('C'));
    expect(error).toMatchObject({ code: 'secret/missing', place: { file: join(there, 'a', settingsFile), range: { start: { line: 1, character: 6 } } } });
  });

  test.each([`{ "secrets": { "A": "${canary}" } }`, `{ "secrets": { "A": ["${canary}"] } }`, `{ "secrets": "${canary}" }`, `{ "secrets": { "": "env:A" } }`])(
    'with a value in the place of a reference are refused without showing it: %s',
    (text) => {
      const faults = settingsFaults(text, settingsFile);
      expect(faults.map(({ code }) => code)).toEqual(['secret/reference']);
      expect(JSON.stringify(faults)).not.toContain(canary);
    },
  );
});
