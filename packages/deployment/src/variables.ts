import { diagnose, hasPasswordInAddress, isCredentialName, type Diagnostic, type Place } from '@camelc/diagnostics';

const reference = /\$(?:\$|\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

/** The variables that a text mentions as `$NAME` or `${NAME}`; `$$` is a dollar sign. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(reference)].map((match) => match[1] ?? match[2]).filter((name) => name !== undefined);
}

/** The variable's name, if the text is one variable and nothing else. */
export function soleVariable(text: string): string | undefined {
  return /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/
    .exec(text.trim())
    ?.slice(1)
    .find((name) => name !== undefined);
}

/** Puts values in the place of variables, and remembers those that have none, so that all can be told at once. */
export class VariableResolver {
  readonly #unset = new Map<string, Place[]>();

  /**
   * @param values by name; inherited properties do not count
   * @param credentials variables that stand for credentials although their names do not say so
   */
  constructor(
    private readonly values: Readonly<Record<string, string | undefined>>,
    private readonly credentials: ReadonlySet<string> = new Set(),
  ) {}

  isCredential = (name: string): boolean => isCredentialName(name) || this.credentials.has(name);

  /** The credential that a text mentions. */
  credentialIn(text: string): string | undefined {
    return variablesIn(text).find(this.isCredential) ?? (hasPasswordInAddress(text) ? variablesIn(text)[0] : undefined);
  }

  /** The text with its variables replaced; those without a value stay as they are. */
  resolve(text: string, place: Place): string {
    return text.replace(reference, (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return '$';
      const value = this.#valueOf(name);
      if (value !== undefined) return value;
      this.#unset.set(name, [...(this.#unset.get(name) ?? []), place]);
      return whole;
    });
  }

  /** Whether every variable that the text mentions has a value. */
  knowsAllOf(text: string): boolean {
    return variablesIn(text).every((name) => this.#valueOf(name) !== undefined);
  }

  #valueOf(name: string): string | undefined {
    return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
  }

  /** One error that names every variable without a value, at the first place that needs one. */
  diagnostics(): Diagnostic[] {
    const places = [...this.#unset].flatMap(([name, uses]) => uses.map((place) => ({ message: `\`$${name}\` is needed here`, place })));
    return places.length ? [diagnose('deployment/unset-variable', { names: [...this.#unset.keys()] }, places[0]!.place, places.slice(1))] : [];
  }
}
