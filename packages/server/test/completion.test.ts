import { formatSource } from '@camelc/language';
import { EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver';
import { createServerServices } from '../src/services.js';
import { openCase, showPosition, testCases, type Case } from './cases.js';

const shown = 30;

async function complete({ services, document }: Case, position: Case['cursors'][number]): Promise<CompletionList> {
  const list = await services.lsp.CompletionProvider!.getCompletion(document, { textDocument: { uri: document.uri.toString() }, position });
  return list ?? { isIncomplete: false, items: [] };
}
const newText = (item: CompletionItem): string => (item.textEdit as TextEdit).newText;

/** `label = what is inserted (what finds it)  detail, where it is; documentation` */
function showItem(item: CompletionItem): string {
  const { label, detail, filterText, labelDetails, documentation } = item;
  const inserted = newText(item) === label ? '' : ` = ${newText(item)}`;
  const about = [detail, labelDetails?.description].filter(Boolean).join(', ');
  return [`${label}${inserted}${filterText ? ` (${filterText})` : ''}`, about, typeof documentation === 'string' ? documentation.replaceAll('\n\n', '; ') : '']
    .filter(Boolean)
    .join('  ');
}

testCases('completion', async (c) => {
  const lists = c.cursors.map(async (position) => {
    const { items, isIncomplete } = await complete(c, position);
    const [first] = items;
    const replaced = first ? `  replaces «${c.document.textDocument.getText((first.textEdit as TextEdit).range)}»` : '';
    const more = items.length > shown ? [`… ${items.length} in all`] : [];
    return [`${showPosition(position)}${replaced}${isIncomplete ? ', again with each letter' : ''}`, ...items.slice(0, shown).map((item) => `  ${showItem(item)}`), ...more].join(
      '\n',
    );
  });
  return (await Promise.all(lists)).join('\n\n');
});

test('of a great many names those are offered that are like the typed one', async () => {
  const components = Array.from({ length: 2000 }, (_, i) => `software S${i} { }`).join(' ');
  const at = (typed: string): Promise<Case> => openCase(`camel model X { deployment model D { ${components} } metric model M { variable V { component ${typed}┆ } } }`);
  const [all, some] = [await at(''), await at('S199')];
  expect(await complete(all, all.cursors[0]!)).toMatchObject({ isIncomplete: true, items: { length: 400 } });
  expect((await complete(some, some.cursors[0]!)).items.map(({ label }) => label)).toEqual(['D.S199', ...Array.from({ length: 10 }, (_, i) => `D.S199${i}`)]);
});

describe('snippets', () => {
  const places = [
    '┆',
    'camel model X { ┆ }',
    'camel model X { deployment model D { ┆ } }',
    'camel model X { deployment model D { software S { ┆ } } }',
    'camel model X { requirement model R { ┆ } }',
    'camel model X { metric model M { ┆ } }',
    'camel model X { constraint model C { ┆ } }',
    'camel model X { scalability model S { ┆ } }',
    ...['unit', 'type', 'data type', 'data instance', 'organisation', 'security'].map((kind) => `camel model X { ${kind} model M { ┆ } }`),
    'camel model X { location model L { ┆ } unit model U { } }',
    'camel model X { metric type model M { ┆ } }',
    'camel model X { requirement model R { ┆ } deployment type model D { } }',
    'camel model X { constraint model C { ┆ } deployment type model D { } }',
    'camel model X { deployment model D { vm V { ┆ } } }',
    'camel model X { deployment model D { software S { feature f { ┆ } } } }',
    'camel model X { organisation model O { user U { ┆ } } }',
  ];
  /** The text of a snippet where nothing is filled in; the first of a choice. */
  const expanded = (body: string): string => {
    const names = new Map([...body.matchAll(/\$\{(\d+):([^}]*)\}/g)].map((m) => [m[1]!, m[2]!]));
    return body
      .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
      .replace(/\$\{\d+:([^}]*)\}/g, '$1')
      .replace(/\$(\d+)/g, (_, n: string) => names.get(n) ?? '');
  };
  const snippetsAt = async (source: string): Promise<{ c: Case; items: CompletionItem[] }> => {
    const c = await openCase(source);
    await c.services.shared.lsp.LanguageServer.initialize({
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
    });
    return { c, items: (await complete(c, c.cursors[0]!)).items.filter((item) => item.insertTextFormat === 2) };
  };

  test.for(places)('make elements that are right: %s', async (source) => {
    const { c, items } = await snippetsAt(source);
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      const { document, documents } = await openCase(source.replace('┆', expanded(newText(item))));
      const { lexerErrors, parserErrors } = document.parseResult;
      expect([item.label, ...lexerErrors, ...parserErrors].map(String)).toEqual([item.label]);
      const missing = documents[0]!.references
        .filter((r) => 'error' in r && r.error && /^(Unit|Type|Metric)TemplateCamelModel|^MetaDataModel|^Locations/.test(r.$refText))
        .map((r) => r.$refText);
      expect([item.label, ...missing]).toEqual([item.label]);
      const before = c.document.diagnostics?.map(({ message }) => message);
      // What a snippet refers to is for the user to write.
      const wrong = document.diagnostics?.filter(({ severity, code, message }) => severity === 1 && code !== 'reference/unresolved' && !before?.includes(message));
      expect([item.label, ...(wrong?.map(({ message }) => message) ?? [])]).toEqual([item.label]);
    }
  });

  test.for(places)('are laid out as the formatter does it: %s', async (source) => {
    const { items } = await snippetsAt(source);
    const depth = [...source.slice(0, source.indexOf('┆')).matchAll(/\{/g)].length;
    const spread = source.replaceAll('{ ', '{\n').replaceAll(' }', '\n}');
    // An empty block awaits what is written into it.
    for (const text of items.map((item) => expanded(newText(item))).filter((t) => !/^\s+$/m.test(t))) {
      const indented = text.replaceAll(/^(?=.)/gm, '  '.repeat(depth));
      const formatted = formatSource({ path: 'a.camel', text: spread.replace('┆', text) }).text;
      expect(formatted).toContain(indented);
    }
  });

  /** The keywords before the name of an element. */
  function headOf(definition: GrammarAST.AbstractElement): string[] {
    const elements = GrammarAST.isGroup(definition) ? definition.elements : [];
    const name = elements.findIndex((e) => GrammarAST.isAssignment(e) && e.feature === 'name');
    const words = elements.slice(0, Math.max(name, 0));
    return words.length > 0 && words.every((e) => GrammarAST.isKeyword(e)) ? [words.map((e) => e.value).join(' ')] : [];
  }

  test('are there for every element that may be declared', async () => {
    const { Camel } = createServerServices(EmptyFileSystem);
    const declared = new Set(Camel.Grammar.rules.flatMap((rule) => (GrammarAST.isParserRule(rule) ? headOf(rule.definition) : [])));
    expect(declared).toContain('required host');
    // A component has data sources that are declared elsewhere.
    declared.delete('data source');
    for (const place of places) {
      const { c, items } = await snippetsAt(place);
      const offered = (await complete(c, c.cursors[0]!)).items.filter(({ label, sortText }) => declared.has(label) && !sortText!.startsWith('4'));
      expect([place, ...offered.map(({ label }) => label).filter((label) => !items.some((i) => i.label.startsWith(label)))]).toEqual([place]);
    }
  });

  test('follow the dialect of the document', async () => {
    const bodies = async (source: string): Promise<string> => (await snippetsAt(source)).items.map(newText).join('\n');
    expect(await bodies('camel model X { metric model M { ┆ } }')).toContain("formula 'mean");
    expect(await bodies('camel model X { metric type model M { ┆ } }')).toContain("formula: ('mean");
    expect(await bodies('camel model X { ┆ metric type model M { } }')).not.toContain('deployment model');
  });

  test('are not offered to an editor that has none', async () => {
    const c = await openCase('camel model X { ┆ }');
    expect((await complete(c, c.cursors[0]!)).items.filter((item) => item.insertTextFormat)).toEqual([]);
  });
});
