import { applicationModels, buildApplication } from '@camelc/application';
import { loadModels } from '@camelc/language';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { openCase } from './cases.js';
import { edited } from './edits.js';

const repository = path.resolve(import.meta.dirname, '../../..');
const corpus = path.join(repository, '../shared/corpus');
const models = [
  ...['smartwe/smartwe', 'two-component/two-component', 'flex4apps/flex4apps', 'benchmarks/wordpress-3'].map((f) => path.join(repository, `examples/${f}.camel`)),
  ...(existsSync(corpus) ? ['camel-2.5/FCRwithDataLocality', 'camel-3.0/CRM', 'camel-3.0/Scalarm', 'camel-3.0/PeopleFlow'].map((f) => path.join(corpus, `${f}.camel`)) : []),
];

/** The text as CAMEL of that version. */
async function written(text: string, version: '25' | '30'): Promise<string> {
  const c = await openCase(text);
  const start = { line: 0, character: 0 };
  const params = { textDocument: { uri: c.document.uri.toString() }, range: { start, end: start }, context: { diagnostics: [], only: [`source.camel${version}`] } };
  const [action] = (await c.services.lsp.CodeActionProvider!.getCodeActions(c.document, params)) as CodeAction[];
  return action ? [...edited(c, action.edit!).values()][0]! : text;
}

/** What the text says as an application, wherever it says it and however it names the bounds of an attribute, and the codes of its errors. */
async function meaningOf(text: string): Promise<unknown> {
  const { models: loaded, diagnostics, libraryRegions } = await loadModels([{ path: 'model.camel', text }]);
  const [model] = applicationModels(loaded);
  const { application } = buildApplication(model!, loaded, libraryRegions);
  const isAttribute = (value: unknown): value is { kind: string; id: string } => (value as { kind?: string } | null)?.kind === 'attribute';
  const said = JSON.parse(
    JSON.stringify(application, (key, value: unknown) => (/^places?$|Places?$/.test(key) ? undefined : isAttribute(value) ? { ...value, id: value.id.split('.')[0] } : value)),
  ) as { constraints: { condition: unknown }[] };
  // A part of another constraint is told of by itself too where it is defined by itself.
  const isPart = (c: { condition: unknown }): boolean => said.constraints.some((other) => other !== c && JSON.stringify(other.condition).includes(JSON.stringify(c.condition)));
  const constraints = said.constraints.filter((c) => !isPart(c));
  return { said: { ...said, constraints }, errors: diagnostics.filter((d) => d.severity === 'error').map((d) => d.code) };
}

describe.each(models.map((file) => ({ name: path.basename(file), file })))('$name', ({ file }) => {
  const text = readFileSync(file, 'utf8');
  test('means the same as CAMEL 2.5 and as CAMEL 3.0', async () => {
    const meaning = await meaningOf(text);
    const old = await written(text, '25');
    expect(await meaningOf(old)).toEqual(meaning);
    const young = await written(text, '30');
    expect(await meaningOf(young)).toEqual(meaning);
    expect(await meaningOf(await written(old, '30'))).toEqual(meaning);
  });
  test('is written so once and for all', async () => {
    for (const version of ['25', '30'] as const) {
      const once = await written(text, version);
      expect(await written(once, version)).toBe(once);
    }
  });
});
