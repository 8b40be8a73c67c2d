import { expect, it } from 'vitest';
import { exitCodeOf } from '@camelc/diagnostics';
import { readImages } from '../src/index.js';

const read = (text: string) => readImages(text, 'images.json', ['Web', 'Database']);
const placed = (line: number, character: number) => ({ file: 'images.json', range: { start: { line, character } } });

it('reads an image as a text or in an object', () => {
  const { images, diagnostics } = read('{"Web": "shop/web:1", "Database": {"image": "db:2", "command": "run it"}}');
  expect(diagnostics).toEqual([]);
  expect(images).toMatchObject({ Web: { image: { text: 'shop/web:1' } }, Database: { image: { text: 'db:2' }, command: 'run it' } });
});

it.each([
  ['no JSON', '{\n  "Web" "a"\n}', 'deployment/images-not-json', placed(1, 8)],
  ['a comment', '{ // note\n}', 'deployment/images-not-json', placed(0, 2)],
  ['nothing', '', 'deployment/images-not-json', placed(0, 0)],
  ['deep nesting', '{"Web":'.repeat(100_000), 'deployment/images-not-json', placed(0, 3507)],
  ['a list', '["web"]', 'deployment/images-shape', placed(0, 0)],
  ['a number for an image', '{"Web":\r\n  {"image": 5}}', 'deployment/images-shape', placed(1, 12)],
  ['an unknown key', '{"Web": {"image": "a", "comand": "b"}}', 'deployment/images-shape', placed(0, 23)],
  ['a health check without command', '{"Web": {"healthCheck": {"interval": 5}}}', 'deployment/images-shape', placed(0, 24)],
  ['a path twice', '{"Web": {"configs": {"/a": "b", "/a": "c"}}}', 'deployment/images-shape', placed(0, 32)],
  ['a component twice', '{"Web": "a", "Web": "b"}', 'deployment/images-shape', placed(0, 13)],
])('%s is an error with its place, and the environment is to blame', (_, text, code, place) => {
  const { images, diagnostics } = read(text);
  expect(images).toBeUndefined();
  expect(diagnostics[0]).toMatchObject({ code, place });
  expect(exitCodeOf(diagnostics)).toBe(5);
});

it('suggests the component that was meant', () => {
  expect(read('{"web": "a", "Databse": "b", "__proto__": "c"}').diagnostics).toMatchObject([
    { code: 'deployment/images-unknown-component', help: 'did you mean `Web`?' },
    { help: 'did you mean `Database`?' },
    { place: placed(0, 29), help: 'the components are Web, Database' },
  ]);
});

it('names what may stand in the place of an unknown key', () => {
  const [message] = read('{"Web": {"imge": "a"}}').diagnostics.map((d) => d.message);
  expect(message).toBe('images file: Web has no `imge`, only image, command, environment, secrets, configs, healthCheck');
});
