import { mkdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiagnosticError } from '@camelc/diagnostics';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../../../../../test/folders.js';
import { connect } from '../../src/engine/connection/connect.js';
import { findEndpoint, type EngineOptions } from '../../src/engine/connection/endpoint.js';
import { EngineError } from '../../src/engine/connection/engine.js';
import { fakeEngine } from './fake-engine.js';

const folder = folderWith({});

/** The settings of the `docker` command, with contexts by their names. */
function settings(name: string, config: object, contexts: Record<string, object> = {}): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'config.json'), JSON.stringify(config));
  for (const [context, meta] of Object.entries(contexts)) {
    const own = join(path, 'contexts/meta', createHash('sha256').update(context).digest('hex'));
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'meta.json'), JSON.stringify(meta));
  }
  return path;
}

const contextOf = (host: string): object => ({ Endpoints: { docker: { Host: host } } });
const found = (options: EngineOptions): string => findEndpoint({ environment: { DOCKER_CONFIG: folder }, ...options }).name;

describe('where the engine is', () => {
  const DOCKER_CONFIG = settings('contexts', { currentContext: 'west' }, { west: contextOf('ssh://ann@west.example.com'), east: contextOf('tcp://east.example.com:2376') });

  it('is told by the option, else by the environment, else by a context', () => {
    const environment = { DOCKER_CONFIG, DOCKER_HOST: 'tcp://10.0.0.1:2375', DOCKER_CONTEXT: 'east' };
    expect(found({ host: 'unix:///a/socket', environment })).toBe('unix:///a/socket');
    expect(found({ context: 'west', environment })).toBe('ssh://ann@west.example.com');
    expect(found({ environment })).toBe('tcp://10.0.0.1:2375');
    expect(found({ environment: { DOCKER_CONFIG, DOCKER_CONTEXT: 'east' } })).toBe('tcp://east.example.com:2376');
    expect(found({ environment: { DOCKER_CONFIG } })).toBe('ssh://ann@west.example.com');
    expect(found({ environment: { DOCKER_CONFIG, DOCKER_CONTEXT: 'default' } })).toMatch(/^unix:.*docker\.sock$/);
  });

  it('takes certificates from where the `docker` command does', () => {
    const certificates = join(folder, 'certificates');
    mkdirSync(certificates);
    for (const file of ['ca', 'cert', 'key']) writeFileSync(join(certificates, `${file}.pem`), file);
    const host = 'tcp://east.example.com:2376';
    const tls = { ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key') };
    expect(findEndpoint({ host, environment: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates } }).tls).toEqual({ ...tls, rejectUnauthorized: true });
    expect(findEndpoint({ host, environment: { DOCKER_TLS: '1', DOCKER_CERT_PATH: certificates } }).tls).toEqual({ ...tls, rejectUnauthorized: false });
    expect(findEndpoint({ host, environment: {} }).tls).toBeUndefined();
  });

  it('never shows a password', () => {
    expect(found({ host: 'ssh://ann:canary@west.example.com' })).toBe('ssh://ann@west.example.com');
  });

  it.each([
    [{ host: 'manager' }, 'engine/host', '`manager`, from `--host`, is no place of a Docker engine'],
    [{ environment: { DOCKER_HOST: 'ftp://manager' } }, 'engine/host', '`ftp://manager`, from DOCKER_HOST, is no place of a Docker engine'],
    [{ context: 'north', environment: { DOCKER_CONFIG } }, 'engine/context', 'there is no context `north` of Docker'],
  ])('refuses %j', (options, code, message) => {
    expect(() => findEndpoint(options)).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code, message })] }));
  });
});

describe('an engine that cannot be used', () => {
  const refusal = async (host: string): Promise<object> => {
    const error = await connect({ host, environment: {} }).then(
      ({ engine }) => engine.close(),
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(DiagnosticError);
    const { code, message } = (error as DiagnosticError).diagnostics[0]!;
    return { code, message: message.replace(host, 'HOST') };
  };
  const answering = async (status: number, body: object | string, version?: string): Promise<object> => {
    const fake = await fakeEngine((_, response) => {
      if (version) response.setHeader('api-version', version);
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    return refusal(fake.host).finally(() => fake.close());
  };

  it('is told with what is wrong', async () => {
    expect(await refusal(`unix://${folder}/nothing`)).toEqual({ code: 'engine/unreachable', message: 'no Docker engine answers at HOST: there is no such socket' });
    expect(await refusal('tcp://127.0.0.1:1')).toEqual({ code: 'engine/unreachable', message: 'no Docker engine answers at HOST: nothing listens there' });
    expect(await answering(404, 'page not found')).toEqual({ code: 'engine/stranger', message: 'what answers at HOST is no Docker engine with swarms' });
    expect(await answering(200, '<html>')).toMatchObject({ code: 'engine/stranger' });
    expect(await answering(200, { ID: 'x' }, '1.40')).toEqual({
      code: 'engine/old',
      message: 'the Docker engine at HOST has version 1.40 of the interface; at least 1.41 is needed',
    });
    expect(await answering(503, { message: 'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" …' }, '1.41')).toEqual({
      code: 'engine/no-manager',
      message: 'the Docker engine at HOST is part of no swarm',
    });
    expect(await answering(400, 'Client sent an HTTP request to an HTTPS server.')).toEqual({
      code: 'engine/tls',
      message: 'there is no secure connection with HOST: it takes TLS alone',
    });
    expect(await answering(403, { message: 'authorization denied by plugin' }, '1.41')).toMatchObject({ code: 'engine/denied' });
    expect(await answering(500, { message: 'rpc error: code = Unknown desc = The swarm does not have a leader.' }, '1.41')).toEqual({
      code: 'engine/refused',
      message: 'the Docker engine refuses: The swarm does not have a leader.',
    });
  });

  it('that closes an idle connection is asked again', async () => {
    let requests = 0;
    const fake = await fakeEngine((request, response) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.setHeader('api-version', '1.47').end(JSON.stringify(request.url === '/swarm' ? { ID: 'x' } : { url: request.url }));
    });
    const { engine } = await connect({ host: fake.host });
    expect(await engine.ask('/nodes', { filters: { label: ['a=b c'] } })).toEqual({ url: '/v1.47/nodes?filters=%7B%22label%22%3A%5B%22a%3Db%20c%22%5D%7D' });
    engine.close();
    fake.close();
  });

  it('says what it refuses', async () => {
    const fake = await fakeEngine((request, response) => {
      response.setHeader('api-version', '1.41');
      if (request.method === 'GET') response.end(JSON.stringify({ ID: 'x' }));
      else response.writeHead(500).end(JSON.stringify({ message: 'rpc error: code = Unknown desc = update out of sequence' }));
    });
    const { engine } = await connect({ host: fake.host });
    const error = await engine.ask('/nodes/1/update', { method: 'POST', body: {} }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ status: 500, message: 'update out of sequence', outOfSequence: true });
    engine.close();
    fake.close();
  });

  it('is sent no login that a log of requests would show', async () => {
    const fake = await fakeEngine((_, response) => void response.setHeader('api-version', '1.41').end(JSON.stringify({ ID: 'x' })));
    const module = fileURLToPath(new URL('../../dist/engine/connection/connect.js', import.meta.url));
    const program = `const { engine } = await (await import(${JSON.stringify(module)})).connect({ host: '${fake.host}' }); await engine.ask('/services/create', { method: 'POST', body: { a: 1 }, headers: { 'X-Registry-Auth': 'canary-login' } }); engine.close();`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { env: { ...process.env, DEBUG: '*' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    child.stderr.on('data', (data: Buffer) => (log += data.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(log).toContain('/services/create');
    expect(log).not.toContain('canary-login');
    fake.close();
  });
});
