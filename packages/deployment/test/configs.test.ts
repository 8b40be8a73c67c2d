import { describe, expect, it } from 'vitest';
import type { ConfigFile, ReadConfig } from '../src/index.js';
import { application, attribute, build, component, container, docker, shop } from './fixtures.js';
import { readImages } from '../src/index.js';

const file = (content: string, more: Partial<ConfigFile> = {}): ConfigFile => ({
  id: content,
  content,
  encoding: 'utf8',
  size: content.length,
  hash: content.padEnd(64, '0'),
  ...more,
});
const files: Record<string, ConfigFile> = { 'a.cfg': file('A $HOME'), './conf/b.cfg': file('B'), 'logo.png': file('iVBO', { encoding: 'base64' }) };
const asked: [path: string, namedIn: string][] = [];
const readConfig: ReadConfig = (path, namedIn) => {
  asked.push([path, namedIn]);
  return files[path] ?? 'cannot be read: there is no such file or folder';
};
const config = (...texts: string[]) => texts.map((text, index) => attribute(`config${index || ''}`, text));
const codes = (result: ReturnType<typeof build>): string[] => result.diagnostics.map(({ code }) => code);

describe('a configuration file', () => {
  it('is asked for by an attribute, a docker argument, an attribute of the container, or the images file', () => {
    const { images } = readImages('{"Database": {"configs": {"/etc/logo": "logo.png"}}}', 'ops/images.json', ['Web', 'Database']);
    const app = shop(
      { attributes: config('a.cfg:/etc/a'), configuration: docker('w:1', 'config ./conf/b.cfg:/etc/b') },
      { configuration: container('d:1', { attributes: config('a.cfg:/x/a') }) },
    );
    asked.length = 0;
    const { deployment, diagnostics } = build(app, { images, readConfig });
    expect(diagnostics).toEqual([]);
    expect(deployment!.configs).toMatchObject([
      { name: 'conf-b.cfg', file: './conf/b.cfg', content: 'B', encoding: 'utf8' },
      { name: 'a.cfg', file: 'a.cfg', content: 'A $HOME', why: 'Web asks for a.cfg at /etc/a; Database asks for a.cfg at /x/a' },
      { name: 'logo.png', content: 'iVBO', encoding: 'base64' },
    ]);
    expect(deployment!.services.map(({ configs }) => configs.map(({ config, path }) => `${config} ${path}`))).toEqual([
      ['conf-b.cfg /etc/b', 'a.cfg /etc/a'],
      ['a.cfg /x/a', 'logo.png /etc/logo'],
    ]);
    expect(asked).toContainEqual(['a.cfg', 'shop.camel']);
    expect(asked).toContainEqual(['logo.png', 'ops/images.json']);
    expect(deployment!.services[0]!.environment.map(({ name }) => name)).not.toContain('config');
  });

  it('may be chosen by a variable, but no credential', () => {
    const app = shop({ attributes: config('$WHICH.cfg:/etc/a') });
    expect(build(app, { readConfig, variables: { WHICH: 'a' } }).deployment!.configs).toMatchObject([{ name: 'a.cfg' }]);
    expect(codes(build(app, { readConfig }))).toEqual(['deployment/unset-variable']);
    const leaking = shop({ attributes: config('$API_TOKEN:/etc/a'), configuration: docker('w:1', 'volume $API_TOKEN:/data') });
    const { diagnostics } = build(leaking, { readConfig, variables: { API_TOKEN: 'canary' } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['deployment/embedded-credential', 'deployment/embedded-credential']);
    expect(JSON.stringify(diagnostics)).not.toContain('canary');
  });

  it.each(['/etc/a', 'a.cfg', 'a.cfg:etc/a', 'a.cfg:/', 'a.cfg:/etc/', 'a.cfg:/etc//a', 'a.cfg:/etc/../a', '/a.cfg:/etc/a', ':/etc/a', 'a.cfg:/etc/a:ro', 'a.cfg:/etc/a b'])(
    'is not %s',
    (text) => expect(codes(build(shop({ attributes: config(text) }), { readConfig }))).toEqual(['deployment/config']),
  );

  it('stands alone at its path', () => {
    const twice = (more: Parameters<typeof shop>[0]) => codes(build(shop(more), { readConfig }));
    expect(twice({ attributes: config('a.cfg:/etc/a', './conf/b.cfg:/etc/a') })).toEqual(['deployment/config-clash']);
    expect(twice({ attributes: [...config('a.cfg:/etc/a'), attribute('volume', '/etc/a')] })).toEqual(['deployment/config-clash']);
    expect(twice({ attributes: config('a.cfg:/run/secrets/KEY_TOKEN'), configuration: docker('w:1', 'KEY_TOKEN $KEY_TOKEN') })).toEqual(['deployment/config-clash']);
  });

  it.each([
    ['is missing', {}, 'cannot be read: there is no such file or folder'],
    ['is empty', { 'c.cfg': file('', { size: 0 }) }, 'is empty'],
    ['is larger than a swarm takes', { 'c.cfg': file('x', { size: 1_024_000 }) }, 'has 1024000 bytes, and a config has fewer than 1024000'],
  ])('that %s is an error of the environment', (_, found: Record<string, ConfigFile>, problem) => {
    const { diagnostics } = build(shop({ attributes: config('c.cfg:/etc/c') }), { readConfig: (path) => found[path] ?? 'cannot be read: there is no such file or folder' });
    expect(diagnostics).toMatchObject([{ code: 'deployment/config-file', message: `the configuration file \`c.cfg\` ${problem}` }]);
  });

  it.each(['password = AKIAABCDEFGHIJKLMNOP', 'url = postgres://shop:word@db/shop', '-----BEGIN PRIVATE KEY-----'])('with a credential in it is warned of: %s', (content) => {
    const { deployment, diagnostics } = build(shop({ attributes: config('c.cfg:/etc/c') }), { readConfig: () => file(content) });
    expect(deployment).toBeDefined();
    expect(diagnostics).toMatchObject([{ code: 'deployment/config-credential', severity: 'warning' }]);
    expect(JSON.stringify(diagnostics)).not.toContain(content);
  });
});

describe('the name of a configuration', () => {
  const names = (...paths: string[]) => {
    const components = paths.map((path, index) => component(`C${index}`, { attributes: config(`${path}:/etc/a`) }));
    return build(application(components), { readConfig: (path) => file(path) }).deployment!.configs.map(({ name }) => name);
  };
  it('is made of its path, the end of it where it is long', () =>
    expect(names('../shared/x y.cfg', 'web/./../a.cfg', 'environments/production/gateway/haproxy.cfg', '.env', 'ü')).toEqual([
      'shared-x-y.cfg',
      'web-a.cfg',
      'uction-gateway-haproxy.cfg',
      'env',
      'unnamed',
    ]));
  it('tells files apart', () => expect(names('a/b.cfg', 'a-b.cfg', 'A/B.cfg')).toEqual(['a-b.cfg', 'a-b.cfg-2', 'A-B.cfg-3']));
});
