// Large models for the editor's benchmark: the elements of a model, many times over in one document, each time under names of their own.
import { createCamelServices, isFormula, standardLibrary } from '@camelc/language';
import { AstUtils, GrammarUtils, URI } from 'langium';

/**
 * @param model the text of one camel model
 * @returns a function that makes a document of about that many characters. All names in it end in the given mark, so that documents with different marks have no name in common.
 */
export async function multiplier(model) {
  const pieces = await piecesOf(model);
  return (length, mark) => {
    const copies = Math.max(1, Math.round(length / model.length));
    let text = '';
    for (const part of pieces) {
      if (part.head) text += write(part.head, mark);
      else for (let copy = 0; copy < copies; copy++) text += `${write(part.body, `${mark}_${copy}`, mark)}\n`;
    }
    return text;
  };
}

/** The names of elements get their copy's mark; those of sub-models and of the camel model only that of the document. */
const write = (parts, mark, ofDocument = mark) => parts.map((p) => (typeof p === 'string' ? p : `${p.name}_${p.isModel ? ofDocument : mark}`)).join('');

/** The text, cut at every own name: for each sub-model its head, its body, and then the closing brace. */
async function piecesOf(model) {
  const { shared } = createCamelServices(standardLibrary());
  const document = shared.workspace.LangiumDocumentFactory.fromString(model, URI.parse('memory:///model.camel'));
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: false });
  const [camelModel] = document.parseResult.value.models;

  const names = new Map();
  const isModel = (node) => node === camelModel || node.$container === camelModel;
  const add = (offset, name, node) => names.set(offset, { name, length: name.length, isModel: isModel(node) });
  for (const node of AstUtils.streamAst(document.parseResult.value)) {
    const name = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
    if (name && node.name) add(name.offset, node.name, node);
  }
  for (const { $refNode: path, $nodeDescription: target } of document.references) {
    // What is in the library has one name that any linker finds.
    if (target?.documentUri.scheme === 'camel-lib') names.set(path.offset, { text: `${target.camelModel}.${target.name}`, length: path.length });
    let node = target?.documentUri.scheme === 'memory' ? target.node : undefined;
    for (const { 0: word, index } of [...path.text.matchAll(/\w+/g)].reverse()) {
      while (node && !node.name) node = node.$container;
      if (node?.name !== word || isFormula(node)) break;
      add(path.offset + index, word, node);
      node = node.$container;
    }
  }

  const cut = (from, to) => {
    const parts = [];
    for (const [offset, name] of [...names].sort(([a], [b]) => a - b)) {
      if (offset < from || offset >= to) continue;
      parts.push(model.slice(from, offset), name.text ?? name);
      from = offset + name.length;
    }
    return [...parts, model.slice(from, to)];
  };
  const pieces = [];
  let done = 0;
  for (const { $cstNode: subModel } of camelModel.subModels) {
    const open = model.indexOf('{', subModel.offset) + 1;
    // An application has one of each property.
    if (/^application\b/.test(subModel.text)) continue;
    pieces.push({ head: cut(done, open) }, { body: cut(open, subModel.end - 1) });
    done = subModel.end - 1;
  }
  return [...pieces, { head: cut(done, model.length) }];
}
