/** Fingerprints of credentials: part of the names of secrets, so that another value is another secret. */
import { diagnose, DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import { fingerprint, type Plan, type SecretValues } from '@camelc/plan';
import type { SecretForm } from '../normal/others.js';

/** The label of a secret that says whose value it has: the name of a reference. */
export const secretLabel = 'camelc.secret';
/** The label of a config with its name in the model. */
export const configLabel = 'camelc.config';

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

/** Credentials that a plan needs and that are missing, or others than when it was made. */
export async function checkSecrets({ steps }: Plan, key: string, secrets: SecretValues): Promise<Diagnostic[]> {
  const found = await Promise.all(
    steps
      .filter(({ kind, wanted }) => kind === 'secret' && wanted !== undefined)
      .map(async (step): Promise<Diagnostic[]> => {
        const name = (step.wanted as unknown as SecretForm).labels[secretLabel] ?? step.name;
        try {
          return step.key.endsWith(`-${fingerprint(await secrets.resolve(name), key)}`) ? [] : [diagnose('engine/secret-changed', { name })];
        } catch (error) {
          if (error instanceof DiagnosticError) return error.diagnostics;
          throw error;
        }
      }),
  );
  return found.flat();
}
