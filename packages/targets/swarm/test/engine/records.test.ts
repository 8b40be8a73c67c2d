import { randomBytes } from 'node:crypto';
import { DiagnosticError } from '@camelc/diagnostics';
import { expect, it } from 'vitest';
import { pack } from '../../src/engine/records/read-records.js';

it('records that are too large for a swarm are refused', () => {
  const incompressible = (bytes: number): object => ({ text: randomBytes(bytes).toString('base64') });
  expect(pack(incompressible(900_000), 'the plan').length).toBeLessThan(1_000_000);
  expect(() => pack(incompressible(1_100_000), 'the plan')).toThrow(DiagnosticError);
  expect(() => pack(incompressible(1_100_000), 'the plan')).toThrow(/^the plan of the application takes \d+ kB, and the swarm keeps at most 1000 kB/);
});
