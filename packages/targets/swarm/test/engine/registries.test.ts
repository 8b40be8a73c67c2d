import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningState } from '@camelc/plan';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith } from '../../../../../test/folders.js';
import { connect } from '../../src/engine/connection/connect.js';
import { authorise, pinImages } from '../../src/engine/registries.js';
import { service } from '../fixtures.js';
import { state } from '../states.js';
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

describe('digests of images', () => {
  it('are what the registries say, to whom the manager logs in; what is not known is told once for each reason', async () => {
    configure({});
    const asked: unknown[] = [];
    let port = 40_000;
    const fake = await fakeEngine((request, response) => {
      response.setHeader('api-version', '1.41');
      const url = request.url!;
      if (!url.includes('distribution')) return void response.end(JSON.stringify({ ID: 'x' }));
      if (url.includes('registry.example.com')) asked.push([url, login({ 'X-Registry-Auth': String(request.headers['x-registry-auth']) })]);
      if (url.includes('web')) return void response.end(JSON.stringify({ Descriptor: { digest: 'sha256:0123' } }));
      const why = url.includes('private') ? 'unauthorized for canary?>~' : `read udp 192.0.2.1:${port++}->192.0.2.53:53: i/o timeout`;
      response.writeHead(500).end(JSON.stringify({ message: why }));
    });
    const { engine } = await connect({ host: fake.host });
    const server = { server: 'registry.example.com', user: 'REGISTRY_USER', password: 'REGISTRY_PASSWORD', why: '', from: [] };
    const images = ['registry.example.com/web:1', 'registry.example.com/private:1', 'shop/log:1', 'shop/api', 'shop/known:1', `shop/fixed@sha256:${'0'.repeat(64)}`];
    const known = { kind: 'service', spec: { image: 'shop/known:1@sha256:4567' } } as unknown as RunningState['resources'][number];
    const deployment = { services: images.map((image) => service('Any', { image })), registries: [server] };
    const { digests, hints } = await pinImages(engine, deployment, state([], { resources: [known] }), secrets);
    expect([...digests]).toEqual([['registry.example.com/web:1', 'sha256:0123']]);
    expect(hints.map(({ message }) => message)).toEqual([
      'the digest of registry.example.com/private:1 is not known, so each host takes what the tag means to it: unauthorized for [secret]',
      'the digests of 2 images are not known, so each host takes what their tags mean to it (shop/api, shop/log:1): read udp 192.0.2.53:53: i/o timeout',
    ]);
    expect(asked).toContainEqual(['/v1.41/distribution/registry.example.com/web:1/json', { username: 'ann', password: 'canary?>~', serveraddress: 'registry.example.com' }]);
    engine.close();
    fake.close();
  });
});
