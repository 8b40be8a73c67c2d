/**
 * Names that credentials end with, written without separators and in lower case: `MYSQL_ROOT_PASSWORD`, `apiKey`, `s3.secret-key`.
 * The list is documented in docs/language.md; a name that ends otherwise (`PASSWORD_FILE`, `tokenizer`) is none.
 */
const credentialEndings = [
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

/** Texts that are keys of services whatever they are called: their makers gave them a form of their own. */
const keyForms =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\bAIza[\w-]{35}\b|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Whether a key of a service, or a private key, stands in the text. */
export const hasKey = (text: string): boolean => keyForms.test(text);

/** Whether the text stands for a value that is given elsewhere: it is empty, or nothing but variables. */
export const isReference = (text: string): boolean => /^\s*(\$\w+|\$\{[^}]*\}|\s)*$/.test(text);
