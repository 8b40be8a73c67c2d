/** Credentials, which are references until the moment they are used. */

/** What stands for a value wherever it must not be read. */
export const mask = '[secret]';

/** A value that says nothing of itself, however it is printed, copied or sent; `reveal` is for the one place that uses it. */
export class Secret {
  // Private to the engine: no key to enumerate, spread, clone or inspect.
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return mask;
  }
  toJSON(): string {
    return mask;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

/**
 * Where the value of a credential comes from: `env:NAME` ($NAME, or else the file that $NAME_FILE names), `file:PATH`, `age:PATH` (an encrypted file with
 * this value alone), `age:PATH#KEY` (one of `KEY=VALUE` lines), `command:LINE`. Of texts, one newline at the end is no part of the value.
 */
export type SecretReference = string;

/** Where the value of a credential comes from, if nobody says otherwise: from the variable of its name. */
export const referenceOf = (references: Readonly<Record<string, SecretReference>>, name: string): SecretReference =>
  Object.hasOwn(references, name) ? references[name]! : `env:${name}`;

/** Resolves references when asked, each once. */
export interface SecretValues {
  /** Of names that have another one than `env:NAME`. */
  readonly references: Readonly<Record<string, SecretReference>>;
  /** @throws DiagnosticError where there is no value; it does not quote any */
  resolve(name: string): Promise<Secret>;
  /** Masks all that was resolved so far, for texts that come from elsewhere: answers of engines, errors of tasks, lines of logs. */
  redact(text: string): string;
  /** Masks from now on a value that was found elsewhere, such as the login of a registry in Docker's own settings. */
  hide(secret: Secret): void;
}
