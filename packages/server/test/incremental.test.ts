import type { CamelIndexManager } from '@camelc/language';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { CstUtils, EmptyFileSystem, isLeafCstNode, URI, type AstNode, type LangiumDocument, type Reference } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createServerServices } from '../src/services.js';
import { randomEdit, type Edit } from './random-edits.js';

const seed = Number(process.env['CAMELC_SEED'] ?? fc.readConfigureGlobal().seed);
const steps = Number(process.env['CAMELC_EDITS'] ?? (process.env['CI'] ? 2000 : 200));

/** A workspace that an editor has open. */
class Workspace {
  readonly shared: LangiumSharedServices = createServerServices(EmptyFileSystem).shared;

  constructor(texts: Readonly<Record<string, string>>) {
    this.shared.workspace.DocumentBuilder.updateBuildOptions = { validation: true };
    for (const [name, text] of Object.entries(texts)) this.shared.workspace.TextDocuments.set(TextDocument.create(uriOf(name), 'camel', 1, text));
  }

  text = (name: string): string => this.shared.workspace.TextDocuments.get(uriOf(name))!.getText();

  async update(names: string[], edit?: Edit): Promise<void> {
    const { TextDocuments, DocumentBuilder } = this.shared.workspace;
    for (const name of edit ? names : []) {
      const document = TextDocuments.get(uriOf(name))!;
      const range = { start: document.positionAt(edit!.offset), end: document.positionAt(edit!.offset + edit!.deleted) };
      TextDocuments.set(TextDocument.update(document, [{ range, text: edit!.inserted }], document.version + 1));
    }
    await DocumentBuilder.update(
      names.map((name) => URI.parse(uriOf(name))),
      [],
    );
  }

  /** All that an editor can learn of the documents. */
  state(): unknown {
    const { LangiumDocuments, IndexManager } = this.shared.workspace;
    const documents = LangiumDocuments.all.filter((d) => d.uri.scheme === 'file').toArray();
    return documents
      .sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1))
      .map((document) => ({
        uri: document.uri.toString(),
        diagnostics: document.diagnostics,
        symbols: (IndexManager as CamelIndexManager)
          .tableOf(document.uri)!
          .symbols.map(({ name, type, camelModel, path, node }) => [type, camelModel, name, path, node!.$cstNode?.offset]),
        references: document.references.map((r) => [r.$refText, r.$refNode?.offset, targetOf(r as Reference)]),
        tree: treeOf(document),
        words: wordsOf(document),
      }));
  }
}
const uriOf = (name: string): string => `file:///${name}`;
const targetOf = ({ $nodeDescription: target }: Reference): unknown => target && [target.documentUri.path, target.name, target.node?.$cstNode?.offset];

function treeOf({ parseResult }: LangiumDocument): unknown {
  const show = (node: AstNode): unknown => ({
    type: node.$type,
    name: (node as { name?: string }).name,
    at: [node.$containerProperty, node.$containerIndex, node.$cstNode?.range],
    children: Object.entries(node)
      .filter(([property]) => !property.startsWith('$'))
      .map(([property, value]) => [
        property,
        (Array.isArray(value) ? value : [value]).map((v: unknown) => (typeof v === 'object' && v !== null ? ('$type' in v ? show(v as AstNode) : '→') : v)),
      ]),
  });
  return show(parseResult.value);
}

const wordsOf = ({ parseResult: { value, lexerErrors, parserErrors } }: LangiumDocument): unknown => [
  CstUtils.streamCst(value.$cstNode!)
    .map((n) => [n.offset, n.end, n.range, n.hidden, isLeafCstNode(n) ? n.text : n.astNode.$type])
    .toArray(),
  lexerErrors.map((e) => [e.offset, e.line, e.column, e.message]),
  parserErrors.map((e) => [e.token.startOffset, e.token.startLine, e.token.endColumn, e.message]).sort(),
];

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/camel-2.5');
const fcr = path.join(corpus, 'FCRwithDataLocality.camel');
const example = path.resolve(import.meta.dirname, '../../../examples/two-component/two-component.camel');
const small = `camel model Small {
  requirement model Needs { os requirement Linux { os ubuntu } }
  metric model Costs { measurable attribute cost template T { attribute cost unit UnitTemplateCamelModel.UnitTemplateModel.Euros } variable Spare { template T } }
}`;
const user = `camel model User {
  deployment model D { software Web { requirements Set } requirements Set { os Needs.Linux } }
  metric model M { variable Price { template Costs.T component D.Web } variable Sum { template Costs.T formula '2 * Price + Spare' } }
}`;
// Nobody refers to it: whether that is said depends on whether all can be read.
const idle = `camel model Idle { requirement model Alone { os requirement Linux { os ubuntu } } }`;

// Files that declare the same names, so that an edit of one may change what the others mean.
const twin = (camelModel: string, os: string): string =>
  `camel model ${camelModel} { requirement model Needs { os requirement Linux { os ${os} } } metric model M { variable Spare { formula '${os.length}' } } }`;
const chooser = `camel model Chooser { deployment model D { requirements Set { os Needs.Linux } } metric model Own { variable Sum { formula 'Spare + 1' } } }`;

test(`after any edit the documents are as if read anew (CAMELC_SEED=${seed})`, { timeout: 300_000 }, async () => {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  // A large model is dear to read anew, and small ones meet more of each other.
  const workspaces: { share: number; texts: Readonly<Record<string, string>> }[] = [
    { share: 0.2, texts: { 'big.camel': readFileSync(existsSync(fcr) ? fcr : example, 'utf8') } },
    { share: 0.5, texts: { 'small.camel': small, 'user.camel': user, 'idle.camel': idle } },
    { share: 0.3, texts: { 'one.camel': twin('One', 'ubuntu'), 'two.camel': twin('Two', 'debian'), 'same.camel': twin('Two', 'alpine'), 'chooser.camel': chooser } },
  ];
  for (const { share, texts } of workspaces) {
    const workspace = new Workspace(texts);
    const names = Object.keys(texts);
    await workspace.update(names);
    const history: [name: string, edit: Edit][] = [];
    for (let step = 0; step < steps * share; step++) {
      const undone = history.length > 6 || (history.length > 0 && below(3) === 0) ? history.pop()! : undefined;
      const name = undone?.[0] ?? names[below(names.length)]!;
      const before = workspace.text(name);
      const edit = undone?.[1] ?? randomEdit(before, below);
      if (!undone) history.push([name, { offset: edit.offset, deleted: edit.inserted.length, inserted: before.slice(edit.offset, edit.offset + edit.deleted) }]);
      await workspace.update([name], edit);
      const fresh = new Workspace(Object.fromEntries(names.map((n) => [n, workspace.text(n)])));
      await fresh.update(names);
      const [updated, anew] = [workspace.state(), fresh.state()];
      // To compare texts is much faster than what `expect` does to show a difference.
      if (JSON.stringify(updated) !== JSON.stringify(anew)) expect(updated, `step ${step} in ${name}: ${JSON.stringify(edit)} on\n${before}`).toEqual(anew);
    }
  }
});
