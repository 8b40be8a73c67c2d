import type { AstNode } from 'langium';
import { createCamelServices } from '../camel-module.js';
import { syntaxDiagnostics } from '../parser/syntax-diagnostics.js';
import { isMeasurableAttribute, isMetricTemplate, isRawMetric, isCompositeMetric, isValueRange } from '../generated/ast.js';
import type { Facts } from '../meaning/facts.js';
import { limitsOfRange } from '../meaning/quantity.js';
import { decisionOf } from '../meaning/meaning.js';
import { lastName, symbolsOf } from '../scoping/symbols.js';
import { Library, type LibraryFile } from './library.js';
import { libraryUri } from './uris.js';

/**
 * Makes the library's files, to be written into src/library/generated/library.ts (scripts/generate.mjs).
 * @throws when a text is not CAMEL
 */
export function buildLibrary(texts: readonly { name: string; text: string }[]): LibraryFile[] {
  const { shared, Camel } = createCamelServices(new Library([]));
  const documents = texts.map(({ name, text }) => {
    const document = shared.workspace.LangiumDocumentFactory.fromString(text, libraryUri(name));
    const [error] = syntaxDiagnostics(document, Camel);
    if (error) throw new Error(`${name}:${error.place!.range.start.line + 1}: ${error.message}`);
    return { name, text, symbols: symbolsOf(document) };
  });
  const all = new Map(documents.flatMap(({ symbols }) => symbols.map((s) => [`${s.type} ${lastName(s.name)}`, s.node!])));
  return documents.map(({ name, text, symbols }) => {
    const types: string[] = [];
    const camelModels: string[] = [];
    const numberOf = (list: string[], item: string): number => (list.includes(item) ? list.indexOf(item) : list.push(item) - 1);
    const rows = symbols.map((s) => {
      const row = [s.name, numberOf(types, s.type), numberOf(camelModels, s.camelModel), s.path] as const;
      const facts = factsOf(s.node!, all);
      return facts ? ([...row, facts] as const) : row;
    });
    return { name, text, types, camelModels, rows };
  });
}

/** What checks must know of an element. References are not linked here; the library's names are unique for each kind. */
function factsOf(node: AstNode, all: ReadonlyMap<string, AstNode>): Facts | undefined {
  const find = (type: string, path: string | undefined): AstNode | undefined => (path === undefined ? undefined : all.get(`${type} ${lastName(path)}`));
  if (isValueRange(node)) return { limits: limitsOfRange(node) };
  if (isRawMetric(node) || isCompositeMetric(node)) {
    const template = find('MetricTemplate', node.template?.$refText);
    return template && factsOf(template, all);
  }
  if (isMeasurableAttribute(node)) {
    const decision = decisionOf(node)?.attribute;
    return decision && { decision };
  }
  if (!isMetricTemplate(node)) return undefined;
  const range = find('ValueRange', node.valueType?.$refText);
  const attribute = find('MeasurableAttribute', node.attribute?.$refText);
  return { ...(node.unit && { unit: lastName(node.unit.$refText) }), ...(range && factsOf(range, all)), ...(attribute && factsOf(attribute, all)) };
}
