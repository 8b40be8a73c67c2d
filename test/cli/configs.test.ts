import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith } from '../folders.js';
import { camelc } from './camelc.js';

const model = `camel model Shop { deployment model D { software Web { container configuration C { image 'shop/web:1' } attribute config : string 'conf/web.conf:/etc/web.conf' } } }`;
const binary = Buffer.from([0xff, 0, 1]);

test('configuration files are written beside the stack, byte for byte, from wherever it runs', () => {
  const cwd = folderWith({
    'models/shop.camel': model,
    'models/conf/web.conf': 'root $HOME;\r\n',
    'models/logo': binary,
    'models/images.json': '{ "Web": { "configs": { "/logo": "logo" } } }',
  });
  const { status, stdout, stderr } = camelc(['compile', 'models', '--out', 'deploy'], { cwd });
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  expect(stdout).toContain('2 configs beside it');
  expect(readFileSync(join(cwd, 'deploy/configs/conf-web.conf'), 'utf8')).toBe('root $HOME;\r\n');
  expect(readFileSync(join(cwd, 'deploy/configs/logo'))).toEqual(binary);
  const stack = () => parse(readFileSync(join(cwd, 'deploy/stack.yml'), 'utf8')) as { configs: Record<string, { name: string }> };
  const { configs } = stack();
  expect(configs['logo']!.name).toMatch(/^shop_logo-[0-9a-f]{12}$/);
  camelc(['compile', '.', '--out', '../deploy'], { cwd: join(cwd, 'models') });
  expect(stack().configs).toEqual(configs);
});

test('a missing one is told where it is named, and nothing is written', () => {
  const cwd = folderWith({ 'shop.camel': model });
  const { status, stdout, stderr } = camelc(['compile', 'shop.camel'], { cwd });
  expect(status).toBe(5);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/the configuration file `conf\/web\.conf` cannot be read: there is no such file or folder[^]*shop\.camel:1:/);
  expect(() => readFileSync(join(cwd, 'deploy/stack.yml'))).toThrow();
});
