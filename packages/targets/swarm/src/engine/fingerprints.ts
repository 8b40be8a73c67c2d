/** Fingerprints of credentials: part of the names of secrets, so that another value is another secret. */
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import { fingerprint, type Plan, type Secret, type SecretValues } from '@camelc/plan';
import { engineName, secretLabel } from '../names.js';
import type { SecretForm } from '../normal/others.js';
import type { ServiceForm } from '../normal/service-form.js';
import { loginsOf } from './registries.js';

/** What nobody knows who may not ask a manager; plans and texts never hold it. */
export const keyOfSwarm = (clusterId: string, application: string): string => `camelc ${clusterId} ${application}`;

/**
 * A credential that was applied before and cannot be had here stays as it is.
 * @throws DiagnosticError where the value of another is missing
 */
export async function fingerprintsOf(
  names: readonly string[],
  applied: ReadonlySet<string>,
  key: string,
  secrets: SecretValues,
): Promise<{ fingerprints: Map<string, string>; diagnostics: Diagnostic[] }> {
  const fingerprints = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const missing: Diagnostic[] = [];
  for (const name of names) {
    try {
      fingerprints.set(name, fingerprint(await secrets.resolve(name), key));
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      if (applied.has(name)) diagnostics.push(diagnose('engine/secret-kept', { name, why: error.diagnostics[0]?.message ?? error.message }));
      else missing.push(...error.diagnostics);
    }
  }
  if (missing.length > 0) throw new DiagnosticError(missing);
  return { fingerprints, diagnostics };
}

/**
 * Credentials that the steps of a plan need and that are missing, or others than when it was made.
 * @param made names of the secrets that the swarm has already: their values are not needed any more
 */
export async function checkSecrets({ id, steps }: Plan, made: ReadonlySet<string>, key: string, secrets: SecretValues): Promise<Diagnostic[]> {
  const diagnostics = await Promise.all(
    steps.flatMap(({ kind, key: resource, name, wanted }): Promise<Diagnostic[]>[] => {
      if (wanted === undefined) return [];
      if (kind === 'service') return loginsOf(wanted as unknown as ServiceForm).map((login) => faultOf(login, secrets));
      if (kind !== 'secret' || made.has(engineName(id, resource))) return [];
      const credential = (wanted as unknown as SecretForm).labels[secretLabel] ?? name;
      return [faultOf(credential, secrets, (value) => resource.endsWith(`-${fingerprint(value, key)}`))];
    }),
  );
  const told = new Map(diagnostics.flat().map((diagnostic) => [diagnostic.message, diagnostic]));
  return [...told.values()];
}

async function faultOf(name: string, secrets: SecretValues, isPlanned: (value: Secret) => boolean = () => true): Promise<Diagnostic[]> {
  try {
    return isPlanned(await secrets.resolve(name)) ? [] : [diagnose('engine/secret-changed', { name })];
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}
