import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCredentialName } from '@camelc/diagnostics';
import { readImages } from '../src/index.js';
import { at, attribute, build, container, docker, shop } from './fixtures.js';

const canary = 'canary-7f3a';
const inputs = { variables: { DB_PASSWORD: canary, DOCKER_PASSWORD: canary, DOCKER_USER: canary, SESSION: canary } };

describe('a credential', () => {
  it.each(['password', 'MYSQL_ROOT_PASSWORD', 'dockerPassword', 'api_key', 'apiKey', 's3.secret-key', 'AWS_SECRET_ACCESS_KEY', 'authToken', 'MYSQL_PWD', 'credentials'])(
    'is %s',
    (name) => {
      expect(isCredentialName(name)).toBe(true);
    },
  );

  it.each(['PASSWORD_FILE', 'tokenizer', 'maxTokens', 'PWD', 'keyboard', 'username', 'passwordLength'])('is not %s', (name) => {
    expect(isCredentialName(name)).toBe(false);
  });

  it('becomes a secret and the name of its file, never a value', () => {
    const { deployment } = build(shop({}, { configuration: docker('db:1', 'MYSQL_ROOT_PASSWORD $DB_PASSWORD', 'SESSION_STORE ${DB_PASSWORD}') }), inputs);
    expect(deployment!.secrets.map(({ name }) => name)).toEqual(['DB_PASSWORD']);
    const database = deployment!.services.find(({ name }) => name === 'database')!;
    expect(database.secrets).toEqual([
      { secret: 'DB_PASSWORD', file: '/run/secrets/MYSQL_ROOT_PASSWORD' },
      { secret: 'DB_PASSWORD', file: '/run/secrets/SESSION_STORE' },
    ]);
    expect(database.environment.map(({ name, value }) => [name, value])).toEqual([
      ['MYSQL_ROOT_PASSWORD_FILE', '/run/secrets/MYSQL_ROOT_PASSWORD'],
      ['SESSION_STORE_FILE', '/run/secrets/SESSION_STORE'],
    ]);
    expect(JSON.stringify(deployment)).not.toContain(canary);
  });

  it('is recognised by its annotation too', () => {
    const app = shop({ configuration: container('w:1', { environment: [attribute('SESSION', '$SESSION', { annotations: ['Password'] })] }) });
    const { deployment } = build(app, inputs);
    expect(deployment!.secrets.map(({ name }) => name)).toEqual(['SESSION']);
    expect(JSON.stringify(deployment)).not.toContain(canary);
  });

  it('is one wherever its variable stands, whatever the name there', () => {
    const secret = docker('db:1', 'DB_PASSWORD $SESSION');
    const plain = build(shop({ configuration: docker('w:1', 'STORE $SESSION') }, { configuration: secret }), inputs);
    expect(plain.deployment!.services[0]!.secrets).toEqual([{ secret: 'SESSION', file: '/run/secrets/STORE' }]);
    for (const configuration of [docker('w:1', 'STORE at $SESSION'), docker('w:$SESSION'), docker('w:1', 'volume $SESSION:/x'), docker('w:1', 'config $SESSION:/x')]) {
      const { diagnostics } = build(shop({ configuration }, { configuration: secret }), inputs);
      expect(diagnostics.map(({ code }) => code)).toEqual(['deployment/embedded-credential']);
      expect(JSON.stringify(diagnostics)).not.toContain(canary);
    }
    expect(JSON.stringify(plain)).not.toContain(canary);
  });

  it("for the registry is a login, and never a service's", () => {
    const app = shop({ configuration: docker('registry.example.com:443/shop/web:1', 'username $DOCKER_USER', 'password $DOCKER_PASSWORD', 'dynamicgroup group1') });
    const { deployment } = build(app, inputs);
    expect(deployment!.registries).toMatchObject([{ server: 'registry.example.com:443', user: 'DOCKER_USER', password: 'DOCKER_PASSWORD' }]);
    expect(deployment!.secrets).toEqual([]);
    expect(deployment!.services[0]!.environment.map(({ name, value }) => [name, value])).toEqual([
      ['PUBLIC_Db', 'database'],
      ['dynamicgroup', 'group1'],
    ]);
    expect(JSON.stringify(deployment)).not.toContain(canary);
  });

  it.each([
    ['docker argument', shop({ configuration: docker('w:1', `DB_PASSWORD ${canary}`) })],
    ['registry login', shop({ configuration: docker('w:1', `password ${canary}`) })],
    ['address of the image', shop({ configuration: container(`u:${canary}@registry.example.com/web:1`) })],
    ['command', shop({ configuration: container('w:1', { start: `serve --db postgres://u:${canary}@db/shop` }) })],
    ['health check', shop({ attributes: [attribute('command', `curl http://u:${canary}@localhost`, { path: 'healthCheck.command' })] })],
    ['environment', shop({ configuration: container('w:1', { environment: [attribute('apiKey', canary)] }) })],
    ['half a variable', shop({ configuration: docker('w:1', `DB_PASSWORD ${canary}$DB_PASSWORD`) })],
    ['address', shop({ configuration: docker('w:1', `URL postgres://shop:${canary}@db/shop`) })],
    ['login of a container', shop({ configuration: container('w:1', { attributes: [attribute('dockerPassword', canary)] }) })],
    ['attribute of a script', shop({ configuration: { kind: 'script', name: 'S', place: at(1), commands: {}, attributes: [attribute('secret', canary)] } })],
    ['attribute of the component', shop({ attributes: [attribute('adminPassword', canary)] })],
  ])('written out is an error that does not show it: %s', (_, app) => {
    const { deployment, diagnostics } = build(app, inputs);
    expect(deployment).toBeUndefined();
    expect(diagnostics.filter(({ code }) => code === 'deployment/literal-credential')).toHaveLength(1);
    expect(diagnostics.every(({ place }) => place)).toBe(true);
    expect(JSON.stringify(diagnostics)).not.toContain(canary);
  });

  it('in a literal of the images file is an error there', () => {
    const { images } = readImages(`{\n  "Web": { "image": "w:1", "environment": { "DB_PASSWORD": "${canary}" } } }`, 'images.json', ['Web']);
    const { diagnostics } = build(shop(), { ...inputs, images });
    expect(diagnostics).toMatchObject([{ code: 'deployment/literal-credential', place: { file: 'images.json', range: { start: { line: 1 } } } }]);
    expect(JSON.stringify(diagnostics)).not.toContain(canary);
  });

  it.each([
    ['text', shop({ configuration: docker('w:1', 'URL postgres://shop:$DB_PASSWORD@db') })],
    ['an image', shop({ configuration: docker('$DB_PASSWORD/web:1') })],
  ])('mixed into %s is an error', (_, app) => {
    const { diagnostics } = build(app, inputs);
    expect(diagnostics.map(({ code }) => code)).toEqual(['deployment/embedded-credential']);
    expect(JSON.stringify(diagnostics)).not.toContain(canary);
  });

  it('has its value nowhere, whatever it is named and wherever it is used', () => {
    const name = fc.stringMatching(/^[A-Z]{0,8}(PASSWORD|_TOKEN|_API_KEY|_SECRET)$/);
    const form = fc.constantFrom(
      (v: string) => `$${v}`,
      (v: string) => `\${${v}}`,
      (v: string) => `x$${v}`,
      (v: string) => v,
    );
    fc.assert(
      fc.property(name, name, form, (key, variable, write) => {
        const result = build(shop({ configuration: docker('w:1', `${key} ${write(variable)}`, `OTHER ${write(variable)}`) }), { variables: { [variable]: canary } });
        expect(JSON.stringify(result)).not.toContain(canary);
      }),
    );
  });
});
