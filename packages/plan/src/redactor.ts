import { mask, type Secret } from './secret.js';

/**
 * Masks values of credentials in texts: as they are, within JSON, in URLs, and in base64, also of a longer text that holds the value. Values below
 * four characters are not masked, as they are parts of too much else; those below eight only where they are whole words.
 */
export class Redactor {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;

  add(secret: Secret): void {
    for (const form of formsOf(secret.reveal())) this.#forms.add(form);
    this.#pattern = undefined;
  }

  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#forms]
        .sort((a, b) => b.length - a.length)
        .map(patternOf)
        .join('|'),
      'g',
    );
    return text.replace(this.#pattern, mask);
  }

  /** A JSON text stays one: nothing but the values of its strings is masked. */
  redactJson(text: string): string {
    if (this.#forms.size === 0) return text;
    return text.replace(/("(?:[^"\\]|\\.)*")(\s*:)?/g, (whole, literal: string, colon?: string) => (colon ? whole : JSON.stringify(this.redact(JSON.parse(literal) as string))));
  }
}

const shortest = 4;
/** From here on a form is masked within words too. */
const telling = 8;

const patternOf = (form: string): string => {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return form.length < telling ? `(?<!\\w)${literal}(?!\\w)` : literal;
};

function formsOf(value: string): string[] {
  // Tools show a text of several lines line by line, and a line without what surrounds it.
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const texts = [value, value.trim(), ...lines.filter((line) => line.length >= telling)].filter((text) => text.length >= shortest);
  return [...new Set(texts)].flatMap((text) => {
    const url = encodeURIComponent(wellFormed(text));
    return [
      text,
      JSON.stringify(text).slice(1, -1),
      url,
      url.replaceAll('%20', '+'),
      url.replace(/%../g, (code) => code.toLowerCase()),
      ...base64Of(text).filter((form) => form.length >= telling),
    ];
  });
}

/** Without half characters, which no URL can have. */
const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

/** What of the base64 of a text with this in it does not hang on what stands around, in both alphabets: it begins at any of the three bytes of a group. */
function base64Of(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  return [0, 1, 2].flatMap((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const groups = btoa(Array.from(padded, (byte) => String.fromCharCode(byte)).join(''));
    const whole = groups.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
