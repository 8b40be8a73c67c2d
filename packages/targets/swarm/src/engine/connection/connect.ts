/** From a host or a context to the manager of a swarm. */
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { fingerprintOf } from '@camelc/plan';
import { findEndpoint, type EngineOptions } from './endpoint.js';
import { Engine, EngineError } from './engine.js';

/** The first with `max_replicas_per_node` and with jobs; and the last that this package was written against. */
const oldest = '1.41';
const newest = '1.51';

export interface Swarm {
  engine: Engine;
  /** Tells this swarm from others, and nothing of it. */
  id: string;
  /** Known to those alone who may ask a manager. */
  clusterId: string;
}

/**
 * Connects with a swarm, in one request.
 * @throws DiagnosticError engine/…
 */
export async function connect(options: EngineOptions = {}): Promise<Swarm> {
  const endpoint = findEndpoint(options);
  const engine = new Engine(endpoint);
  try {
    const { headers, body } = await engine.answer('/swarm', { timeout: 35_000 });
    const version = headers['api-version'];
    if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) throw new DiagnosticError([diagnose('engine/stranger', { name: endpoint.name })]);
    if (compare(version, oldest) < 0) throw new DiagnosticError([diagnose('engine/old', { name: endpoint.name, version, oldest })]);
    engine.speak(compare(version, newest) < 0 ? version : newest);
    const clusterId = (JSON.parse(body.toString()) as { ID: string }).ID;
    return { engine, clusterId, id: fingerprintOf(`camelc swarm ${clusterId}`).slice(0, 24) };
  } catch (error) {
    engine.close();
    throw refusal(error, endpoint.name);
  }
}

function refusal(error: unknown, name: string): unknown {
  if (error instanceof SyntaxError) return new DiagnosticError([diagnose('engine/stranger', { name })]);
  if (!(error instanceof EngineError)) return error;
  const { message, status } = error;
  if (message.includes('HTTP request to an HTTPS server')) return new DiagnosticError([diagnose('engine/tls', { name, why: 'it takes TLS alone' })]);
  if (message.includes('not a swarm manager')) return new DiagnosticError([diagnose('engine/no-manager', { name, member: message.includes('Worker nodes') })]);
  if (status === 401 || status === 403) return new DiagnosticError([diagnose('engine/denied', { name })]);
  if (status === 404) return new DiagnosticError([diagnose('engine/stranger', { name })]);
  return refused(error);
}

/** What the engine says no to, where nothing better is known of it. */
export const refused = ({ message }: EngineError): DiagnosticError => new DiagnosticError([diagnose('engine/refused', { message })]);

function compare(a: string, b: string): number {
  const [majorA, minorA] = a.split('.').map(Number) as [number, number];
  const [majorB, minorB] = b.split('.').map(Number) as [number, number];
  return majorA - majorB || minorA - minorB;
}
