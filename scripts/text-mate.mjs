// Completes the TextMate grammar that Langium writes, which knows keywords, strings and comments: formulas in strings, annotations, paths, numbers, names.

const constants = ['true', 'false', 'TREE', 'EXACT'];
const types = ['int', 'double', 'float', 'string', 'boolean'];
const name = '[A-Za-z_][A-Za-z0-9_]*';

/** The grammar with the patterns that are missing. Earlier patterns count before later ones. */
export function completeTextMate(grammar) {
  const [comments, keywords, ...strings] = grammar.patterns;
  const [, listed] = keywords.match.match(/^\\b\(([^)]*)\)\\b/);
  const words = listed.split('|');
  const among = (list) => `(?<![\\w.-])(?:${list.join('|')})(?![\\w-]|\\s*\\.)`;
  const number = { name: 'constant.numeric.camel', match: '(?<![\\w.])-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b' };
  const formula = (quote) => ({
    begin: `(?<![\\w.-])(formula)\\s*:?\\s*(${quote})`,
    beginCaptures: { 1: { name: 'keyword.control.camel' }, 2: { name: 'string.quoted.camel punctuation.definition.string.begin.camel' } },
    end: quote,
    endCaptures: { 0: { name: 'string.quoted.camel punctuation.definition.string.end.camel' } },
    contentName: 'meta.formula.camel',
    patterns: [{ include: '#formula' }],
  });
  return {
    ...grammar,
    patterns: [
      comments,
      formula('"'),
      formula("'"),
      ...strings,
      // The path of an annotation; other paths are names.
      { name: 'variable.other.enummember.camel', match: `(?<![\\w.])(?:MetaDataModel|${name}MetadataSchema)(?:\\.${name})+` },
      { name: 'variable.other.readwrite.camel', match: `(?<![\\w.])${name}(?:\\.${name})+` },
      { name: 'constant.language.camel', match: among(constants) },
      { name: 'storage.type.camel', match: among(types) },
      // What opens a block declares a name.
      { name: 'entity.name.type.camel', match: `(?<![\\w.-])(?!(?:${words.join('|')})(?![\\w-]))${name}(?=\\s*(?:\\[[^\\]]*\\]\\s*)?\\{)` },
      { name: 'keyword.control.camel', match: among(words) },
      number,
      { name: 'keyword.operator.camel', match: '<=|>=|==|<>|[<>]' },
    ],
    repository: {
      ...grammar.repository,
      formula: {
        patterns: [
          { name: 'support.function.camel', match: `${name}(?=\\s*\\()` },
          number,
          { name: 'keyword.operator.camel', match: '<=|>=|==|<>|&&|\\|\\||[-+*/^#!<>~&|=]' },
          { name: 'variable.other.readwrite.camel', match: `${name}(?:\\.${name})*` },
        ],
      },
    },
  };
}
