import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith } from '../../../../../test/folders.js';
import { connect } from '../../src/engine/connection/connect.js';
import { authorise, digestOf } from '../../src/engine/registries.js';
import { fakeEngine, secretsOf } from './fake-engine.js';

const folder = folderWith({});
const secrets = secretsOf({ REGISTRY_USER: 'ann', REGISTRY_PASSWORD: 'canary?>~' });
const path = process.env['PATH'];
afterEach(() => {
  delete process.env['DOCKER_CONFIG'];
  process.env['PATH'] = path;
});

const login = (headers: Record<string, string>): unknown => {
  const text = headers['X-Registry-Auth'];
  if (text === undefined) return undefined;
  // The Engine wants the padding.
  expect(text).toMatch(/^([\w-]{4})*([\w-]{4}|[\w-]{3}=|[\w-]{2}==)$/);
  return JSON.parse(Buffer.from(text, 'base64url').toString());
};
const configure = (config: object): void => {
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  process.env['DOCKER_CONFIG'] = folder;
};

describe('a login to a registry', () => {
  const image = 'registry.example.com/shop/web:1';
  const labels = { 'camelc.registry.user': 'REGISTRY_USER', 'camelc.registry.password': 'REGISTRY_PASSWORD' };

  it('is made of the credentials that the labels name', async () => {
    configure({ auths: { 'registry.example.com': { auth: Buffer.from('bob:other').toString('base64') } } });
    expect(login(await authorise({ image, labels }, secrets))).toEqual({ username: 'ann', password: 'canary?>~', serveraddress: 'registry.example.com' });
  });

  it('is else that of `docker login`', async () => {
    configure({
      auths: {
        'registry.example.com': { auth: Buffer.from('bob:pass:word').toString('base64') },
        'https://index.docker.io/v1/': { identitytoken: 'token' },
      },
    });
    expect(login(await authorise({ image }, secrets))).toEqual({ username: 'bob', password: 'pass:word', serveraddress: 'registry.example.com' });
    expect(login(await authorise({ image: 'shop/web' }, secrets))).toEqual({ identitytoken: 'token', serveraddress: 'https://index.docker.io/v1/' });
    expect(login(await authorise({ image: 'localhost:5000/web' }, secrets))).toBeUndefined();
    expect(secrets.redact('it is pass:word')).toBe('it is [secret]');
  });

  it('is else that of the program that keeps logins', async () => {
    configure({ auths: { 'registry.example.com': {} }, credsStore: 'test' });
    writeFileSync(
      join(folder, 'docker-credential-test'),
      '#!/bin/sh\nread server\n[ "$server" = registry.example.com ] && echo \'{"Username":"bob","Secret":"kept-value"}\' || exit 1\n',
    );
    chmodSync(join(folder, 'docker-credential-test'), 0o755);
    process.env['PATH'] = `${folder}:${path}`;
    expect(login(await authorise({ image }, secrets))).toEqual({ username: 'bob', password: 'kept-value', serveraddress: 'registry.example.com' });
    expect(login(await authorise({ image: 'other.example.com/web' }, secrets))).toBeUndefined();
  });
});

describe('the digest of an image', () => {
  it('is what the registry says, to whom the manager logs in', async () => {
    configure({});
    const asked: unknown[] = [];
    const fake = await fakeEngine((request, response) => {
      response.setHeader('api-version', '1.41');
      if (!request.url!.includes('distribution')) return void response.end(JSON.stringify({ ID: 'x' }));
      asked.push([request.url, login({ 'X-Registry-Auth': String(request.headers['x-registry-auth']) })]);
      if (request.url!.includes('web')) response.end(JSON.stringify({ Descriptor: { digest: 'sha256:0123' } }));
      else response.writeHead(500).end(JSON.stringify({ message: 'Get "https://registry.example.com/v2/": unauthorized for canary?>~' }));
    });
    const { engine } = await connect({ host: fake.host });
    const names = { user: 'REGISTRY_USER', password: 'REGISTRY_PASSWORD' };
    expect(await digestOf(engine, 'registry.example.com/web:1', names, secrets)).toEqual({ digest: 'sha256:0123' });
    expect(await digestOf(engine, 'registry.example.com/gone:1', names, secrets)).toEqual({ why: 'Get "https://registry.example.com/v2/": unauthorized for [secret]' });
    expect(asked[0]).toEqual(['/v1.41/distribution/registry.example.com/web:1/json', { username: 'ann', password: 'canary?>~', serveraddress: 'registry.example.com' }]);
    engine.close();
    fake.close();
  });
});
