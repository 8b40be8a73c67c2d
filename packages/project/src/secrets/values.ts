/** From references to the values of credentials. */
import { diagnose, DiagnosticError, type Place } from '@camelc/diagnostics';
import { referenceOf, Secret, type Redactor, type SecretReference, type SecretValues } from '@camelc/plan';
import type { Settings } from '../settings/settings.js';
import { bytesReader } from './bytes.js';
import { parseReference } from './reference.js';

export interface SecretOptions {
  /** Is told each value, before anybody else has it. */
  redactor: Redactor;
  /** Where the settings have the reference of a name. */
  places?: ReadonlyMap<string, Place>;
  /** A file of age identities, in place of those that the environment names. */
  ageIdentity?: string;
  /** That of the run, unless given. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Ends commands. */
  signal?: AbortSignal;
}

/** The references of a run, and where the settings have them: those of the command line, or of a plan, win over the settings. */
export function referencesOf(given: Readonly<Record<string, SecretReference>>, settings?: Settings): Required<Pick<SecretOptions, 'places'>> & Pick<SecretValues, 'references'> {
  const places = [...(settings?.secretPlaces ?? [])].filter(([name]) => !Object.hasOwn(given, name));
  return { references: { ...settings?.secrets, ...given }, places: new Map(places) };
}

/** Targets take values of fewer bytes. */
const sizeLimit = 500 * 1024;

/**
 * The values behind references; each is looked up when it is first asked for.
 * @throws DiagnosticError with all references that are none
 */
export function secretValues(references: Readonly<Record<string, SecretReference>>, options: SecretOptions): SecretValues {
  const { redactor, places } = options;
  const wrong = Object.keys(references).filter((name) => !parseReference(references[name]!) || name === '');
  if (wrong.length) throw new DiagnosticError(wrong.map((name) => diagnose('secret/reference', { name }, places?.get(name))));

  const read = bytesReader({ ...options, env: options.env ?? process.env });
  const lookUp = async (name: string): Promise<Secret> => {
    try {
      const bytes = await read(name, parseReference(referenceOf(references, name))!);
      const text = bytes.toString('utf8');
      const secret = new Secret(text);
      redactor.add(secret);
      const problem = problemOf(bytes, text);
      if (problem !== undefined) throw new DiagnosticError([diagnose('secret/value', { name, problem })]);
      return secret;
    } catch (error) {
      const place = places?.get(name);
      if (!(error instanceof DiagnosticError) || !place) throw error;
      throw new DiagnosticError(error.diagnostics.map((d) => ({ ...d, place })));
    }
  };

  const values = new Map<string, Promise<Secret>>();
  return {
    references,
    resolve(name) {
      const value = values.get(name) ?? lookUp(name);
      values.set(name, value);
      return value;
    },
    redact: (text) => redactor.redact(text),
    hide: (secret) => redactor.add(secret),
  };
}

function problemOf(bytes: Buffer, text: string): string | undefined {
  if (bytes.length === 0) return 'is empty';
  if (!bytes.equals(Buffer.from(text, 'utf8'))) return 'is no UTF-8 text';
  return bytes.length < sizeLimit ? undefined : `has ${bytes.length} bytes, and fewer than ${sizeLimit} are possible`;
}
