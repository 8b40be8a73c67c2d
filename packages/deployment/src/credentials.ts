/**
 * Names that credentials end with, written without separators and in lower case: `MYSQL_ROOT_PASSWORD`, `apiKey`, `s3.secret-key`.
 * The list is documented in docs/language.md; a name that ends otherwise (`PASSWORD_FILE`, `tokenizer`) is none.
 */
export const credentialEndings = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'secret',
  'token',
  'apikey',
  'privatekey',
  'secretkey',
  'secretkeybase',
  'accesskey',
  'encryptionkey',
  'credential',
  'credentials',
] as const;

/** Shell variables that end like a credential and are none. */
const harmless = ['pwd', 'oldpwd'];

/** Whether what has this name, or this annotation, is a credential. */
export function isCredentialName(name: string): boolean {
  const bare = name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return !harmless.includes(bare) && credentialEndings.some((ending) => bare.endsWith(ending));
}

/** Whether the text is an address with a password in it: `postgres://user:word@host`. */
export const hasPasswordInAddress = (text: string): boolean => /:\/\/[^/\s@]*:[^/\s]+@/.test(text);

/** Docker arguments and attributes of a configuration that are logins to the image's registry, in lower case. */
export const registryKeys: ReadonlyMap<string, 'user' | 'password'> = new Map([
  ['username', 'user'],
  ['dockerusername', 'user'],
  ['password', 'password'],
  ['dockerpassword', 'password'],
]);
