/** Credentials, which are references until the moment they are used. */

/** A value that says nothing of itself, however it is printed; `reveal` is for the one place that uses it. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

/**
 * Where the value of a credential comes from: `env:NAME`, `file:PATH`, `age:PATH` (an encrypted file with this value alone), `age:PATH#KEY` (one of
 * `KEY=VALUE` lines), `command:LINE`.
 */
export type SecretReference = string;

/** Resolves references when asked, each once. */
export interface SecretValues {
  readonly references: Readonly<Record<string, SecretReference>>;
  /** @throws DiagnosticError where there is no value; it does not quote any */
  resolve(name: string): Promise<Secret>;
}
