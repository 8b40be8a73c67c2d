import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { describe, expect, it } from 'vitest';
import { fingerprintsOf } from '../../src/engine/fingerprints.js';
import { secretsOf } from './fake-engine.js';

const absent = new DiagnosticError([diagnose('secret/missing', { name: 'B', variable: 'B' })]);
const known = secretsOf({ A: 'canary' });
const secrets = { ...known, resolve: (name: string) => (name === 'B' ? Promise.reject(absent) : known.resolve(name)) };

describe('a fingerprint', () => {
  it('is none of a credential that was applied and cannot be had here: it stays as it is, and that is told', async () => {
    const { fingerprints, diagnostics } = await fingerprintsOf(['A', 'B'], new Set(['B']), 'key', secrets);
    expect([[...fingerprints.keys()], diagnostics]).toMatchObject([['A'], [{ code: 'engine/secret-kept', severity: 'hint' }]]);
  });

  it('is refused of a credential that was never applied and cannot be had', async () => {
    await expect(fingerprintsOf(['A', 'B'], new Set(['A']), 'key', secrets)).rejects.toThrow(absent);
  });
});
