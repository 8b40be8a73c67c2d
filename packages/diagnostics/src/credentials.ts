/**
 * Names that credentials end with, written without separators and in lower case: `MYSQL_ROOT_PASSWORD`, `apiKey`, `s3.secret-key`.
 * The list is documented in docs/targets/swarm.md; a name that ends otherwise (`PASSWORD_FILE`, `tokenizer`) is none.
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

/** One of these is in each of them: to look for words is much faster than to look for forms. */
const keyWords = ['AKIA', 'ASIA', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'glpat-', 'xox', 'AIza', 'eyJ', '-----BEGIN '];

/** Whether a key of a service, or a private key, stands in the text. */
export const hasKey = (text: string): boolean => keyWords.some((word) => text.includes(word)) && keyForms.test(text);

/** Whether a credential stands in the text for sure: a key, or an address with a password in it that is no variable. */
export const holdsCredential = (text: string): boolean => hasKey(text) || (hasPasswordInAddress(text) && !/:\/\/[^/\s@]*:(\$\w+|\$\{[^}]*\})@/.test(text));

/** Whether the text stands for a value that is given elsewhere: it is empty, or nothing but variables. */
export const isReference = (text: string): boolean => /^\s*(\$\w+|\$\{[^}]*\}|\s)*$/.test(text);

/**
 * A model or a JSON file with dots over all in it that looks like a credential, character for character: for quotes from files in which mistakes keep
 * credentials from being told. It goes by words alone, and rather hides too much.
 */
export function hideCredentials(text: string): string {
  const values = new Set<string>();
  // Each quote may be an opening one, as another may be missing.
  for (const { 0: quote, index } of text.matchAll(/["']/g)) {
    const [content = ''] = text.slice(index + 1).split(quote === '"' ? /["\n]/ : /['\n]/, 1);
    if (content.includes('$') || !/^[^\s:,;=})\]]/.test(content)) continue;
    const before = text.slice(Math.max(0, index - 300), index);
    const [, argument = '', value = ''] = /^\s*([\w.-]+)[\s=]+(\S.*)$/s.exec(content) ?? [];
    const reference = /^(env|file|age|command):/.test(content);
    if (isConfidentialAfter(before) && !reference) values.add(content);
    else if (isCredentialName(argument)) values.add(value.trim());
  }
  // A text without its quotes.
  for (const [, name = '', value = ''] of text.matchAll(/([\w.-]+)\s*:[\s:]*(?:string\s+)?([^\s"'$:,{}()[\]]+)/g))
    if (isCredentialName(name) && value !== 'string') values.add(value);
  for (const [, password = ''] of text.matchAll(/:\/\/[^/\s@:]*:([^/\s@]+)@/g)) if (!password.startsWith('$')) values.add(password);
  for (const [key] of text.matchAll(new RegExp(keyForms, 'g'))) values.add(key);
  // A name is as often written out, and short, and no credential.
  return [...values].sort((a, b) => b.length - a.length).reduce((hidden, value) => hidden.replace(wherever(value), (found) => found.replace(/\S/g, '•')), text);
}

/** Whether what stands before a literal says that it is a credential: a name, a keyword, an annotation in its line, the secrets of an images file. */
function isConfidentialAfter(before: string): boolean {
  const [, name = ''] = /([\w.-]+)["']?[\s:=]*(?:string\b[\s:=]*)*$/.exec(before) ?? [];
  if (isCredentialName(name) || /(private\s+SSH\s+key|credentials\s+\w+\s*:?)\s*$/.test(before) || /"secrets"\s*:\s*\{[^}]*:\s*$/.test(before)) return true;
  return [...before.slice(before.lastIndexOf('\n') + 1).matchAll(/\[[^\]]*\b(\w+)\s*\]/g)].some(([, annotation]) => isCredentialName(annotation!));
}

/** A short value only as a whole literal, or at its end. */
function wherever(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return new RegExp(value.length < 8 ? `(?<=["'\\s=:])${literal}(?=["'@])` : literal, 'g');
}
