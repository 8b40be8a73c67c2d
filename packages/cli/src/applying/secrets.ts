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
 */
export async function secretsOf(
  { secret, ageIdentity }: SecretOptions,
  { planned, settings }: { planned?: Readonly<Record<string, SecretReference>>; settings?: Settings },
  c: Console,
): Promise<SecretValues> {
  const { referencesOf, secretValues } = await import('@camelc/project/secrets');
  const { references, places } = referencesOf({ ...planned, ...secret }, settings);
  return secretValues(references, { redactor: c.redactor, places, ageIdentity });
}
