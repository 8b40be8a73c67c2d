import type { SecretReference, SecretValues } from '@camelc/plan';
import type { Settings } from '@camelc/project';
import type { Console } from '../console.js';

export interface SecretOptions {
  /** References by name, of the command line. */
  secret?: Record<string, SecretReference>;
  ageIdentity?: string;
}

/**
 * The values of credentials behind references; those of the command line come first, then those of a plan, then those of the settings. What is
 * resolved is masked in all that is printed.
 * @param folder that of the plan, where it lies in a file; the plan of an apply that was interrupted lies in none
 */
export async function secretsOf(
  { secret, ageIdentity }: SecretOptions,
  { planned = {}, folder = '', settings }: { planned?: Readonly<Record<string, SecretReference>>; folder?: string; settings?: Settings },
  c: Console,
): Promise<SecretValues> {
  const { namedIn, referencesOf, secretValues } = await import('@camelc/project/secrets');
  const ofPlan = Object.fromEntries(Object.entries(planned).map(([name, reference]) => [name, namedIn(folder, reference)]));
  const { references, places } = referencesOf({ ...ofPlan, ...secret }, settings);
  return secretValues(references, { redactor: c.redactor, places, ageIdentity });
}
