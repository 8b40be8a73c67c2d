import { functionParameters } from '@camelc/language';
import { functions } from '@camelc/problem';

/** A function of formulas as users see it. */
export interface Signature {
  /** `percentile(values…, p)` */
  label: string;
  parameters: readonly string[];
  meaning: string;
}

/** The signature of a built-in function. */
export function signatureOf(name: string): Signature | undefined {
  const parameters = functionParameters.get(name);
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return parameters && known && { ...labelled(name, parameters), meaning: known.meaning.replace(/^\w+\([^)]*\): /, '') };
}

export const labelled = (name: string, parameters: readonly string[]): Omit<Signature, 'meaning'> => ({ label: `${name}(${parameters.join(', ')})`, parameters });
