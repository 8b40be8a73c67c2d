import { describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import type { NodeCandidate } from '../src/api.js';
import { Definition, hasDefinition, jobExample } from './stand-in/definition.js';
import { account } from './stand-in/server.js';
import { offer, rig, type Rig } from './fixtures.js';

type Ask = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }>;

/** Asks without the executor, with a token. */
async function askerOf({ server }: Rig): Promise<Ask> {
  let token = '';
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${server.url}${path}`, { method, headers: { 'X-API-Key': token }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const { email, tenant, password } = account;
  expect((await ask('GET', '/jobs')).status).toBe(401);
  token = String((await ask('POST', '/login', { email, tenant: { tenant }, password })).body['token']);
  return ask;
}

describe.runIf(hasDefinition)('the stand-in for a server of Cloudiator', () => {
  const examples = hasDefinition ? new Definition().examples() : [];
  const exampleOf = (definition: string): Record<string, unknown> => examples.find(({ of }) => of === definition)!.value as Record<string, unknown>;

  it('takes the example of a job, and nothing else', async () => {
    const r = await rig();
    const ask = await askerOf(r);
    const example = structuredClone(jobExample());
    // Numbers and truth values of YAML in quotes.
    const port = { type: 'object', properties: { isMandatory: { type: 'boolean' } } };
    new Ajv({ coerceTypes: true }).validate(
      { type: 'object', properties: { tasks: { type: 'array', items: { type: 'object', properties: { ports: { type: 'array', items: port } } } } } },
      example,
    );
    const tasks = (example as { tasks: { behaviour: { interval?: { period: unknown } } }[] }).tasks;
    for (const { behaviour } of tasks) if (behaviour.interval) behaviour.interval.period = Number(behaviour.interval.period);
    expect((await ask('POST', '/jobs', example)).status).toBe(200);
    expect(r.server.faults).toEqual([]);
    expect((await ask('POST', '/jobs', { ...(example as object), more: 1 })).status).toBe(400);
    expect((await ask('POST', '/process', { processType: 'SingleProcessNew', schedule: 's', task: 't', taskInterface: 'i' })).status).toBe(400);
    expect((await ask('DELETE', '/jobs/job-1')).status).toBe(404);
    expect(r.server.faults).toEqual([
      'request addJob: the body must NOT have additional properties {"additionalProperty":"more"}',
      `request createProcess: the body must have required property 'node' {"missingProperty":"node"}`,
      'there is no DELETE /jobs/job-1',
    ]);
  });

  it('takes the examples of requests: requirements of candidates, a task, a login', async () => {
    const r = await rig();
    const ask = await askerOf(r);
    for (const { of, value } of examples.filter((example) => example.of.endsWith('Requirement'))) expect((await ask('POST', '/nodeCandidates', [value])).status, of).toBe(202);
    // As it stands it lacks a behaviour, and has an update action where there is none.
    const { ports, ...task } = exampleOf('Task') as { ports: Record<string, unknown>[] };
    const behaviour = { type: 'ServiceBehaviour', restart: true };
    const mended = { ...task, ports: ports.map((port) => ({ ...port, updateAction: undefined })), behaviour };
    expect((await ask('POST', '/jobs', { ...exampleOf('JobNew'), tasks: [mended], communications: [] })).status).toBe(200);
    const interfaces = ['FaasInterface', 'LanceInterface'].map((type) => {
      const { name: _, ...example } = exampleOf(type);
      return { type, ...example, ...(type === 'FaasInterface' && { functionName: exampleOf(type)['name'], triggers: [exampleOf('HttpTrigger')] }) };
    });
    const tasks = interfaces.map((one) => ({ name: one.type, ports: [], interfaces: [one], behaviour }));
    expect((await ask('POST', '/jobs', { ...exampleOf('JobNew'), tasks, communications: [] })).status).toBe(200);
    expect((await ask('POST', '/login', { ...exampleOf('Login'), tenant: exampleOf('Tenant') })).status).toBe(401);
    expect(r.server.faults).toEqual([]);
  });

  it('gives the examples of answers: a machine that is offered and started, errors', async () => {
    const r = await rig();
    const ask = await askerOf(r);
    const example = {
      ...offer('small'),
      cloud: { ...offer('small').cloud, api: exampleOf('Api'), credential: exampleOf('CloudCredential'), cloudConfiguration: exampleOf('CloudConfiguration') },
      hardware: { ...exampleOf('Hardware'), state: 'OK' },
      location: { ...exampleOf('Location'), geoLocation: exampleOf('GeoLocation') },
      image: { ...exampleOf('Image'), operatingSystem: { operatingSystemVersion: Number(exampleOf('OperatingSystem')['operatingSystemVersion']) } },
    };
    r.server.offers = [example as unknown as NodeCandidate];
    expect((await ask('GET', '/nodeCandidates/offer-of-small')).body).toEqual(example);
    expect((await ask('POST', '/node', { groupName: 'example', nodeCandidate: example })).status).toBe(202);
    expect((await ask('GET', '/node')).body).toMatchObject([{ nodeCandidate: 'offer-of-small', state: 'RUNNING', nodeProperties: { numberOfCores: 4, memory: 2048 } }]);
    const errors = examples.flatMap(({ of, value }) => (of === 'Error' ? [value as { code: number; message: string }] : []));
    expect(errors).toHaveLength(7);
    for (const { code, message } of errors) {
      r.server.turns.refuse = () => ({ status: code, message });
      expect(await ask('GET', '/clouds')).toEqual({ status: code, body: { code, message } });
    }
    expect(r.server.faults).toEqual([]);
  });

  it('finds in the examples what contradicts the definition', () => {
    const definition = new Definition();
    const faults = examples.flatMap(({ of, value }) => definition.faultsOf(of, value).map((fault) => `${of}: ${fault}`));
    // Those of single properties lack others.
    expect(faults.filter((fault) => !fault.includes('must have required property'))).toEqual([
      'OperatingSystem: /operatingSystemVersion must be number {"type":"number"}',
      'PortRequired: the body must NOT have additional properties {"additionalProperty":"updateAction"}',
    ]);
    expect(examples.length - faults.length).toBeGreaterThan(20);
  });
});
