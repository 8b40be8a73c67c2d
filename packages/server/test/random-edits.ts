/** Random edits as people and tools make them: words, lines and blocks typed, deleted, exchanged, moved, undone. */
export interface Edit {
  offset: number;
  deleted: number;
  inserted: string;
}

const typed = [
  ' ',
  '\n',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '.',
  ',',
  '"',
  "'",
  '/',
  '//',
  '/*',
  '*/',
  '\\',
  '\0',
  '\r\n',
  '#',
  '^',
  '-',
  '0',
  '7',
  '1.5',
  'x',
  'é',
  '😀',
  'requirements ',
  'software X { }',
  'port',
  '/* c */',
  '// c\n',
  "formula 'a + '",
];

export function randomEdit(text: string, below: (limit: number) => number): Edit {
  const words = [...text.matchAll(/\w+/g)];
  const lines = [...text.matchAll(/[^\n]*\n/g)];
  const word = words[below(words.length)];
  const line = lines[below(lines.length)];
  const other = words[below(words.length)]?.[0] ?? 'x';
  switch (below(10)) {
    case 0:
      return { offset: below(text.length + 1), deleted: 0, inserted: typed[below(typed.length)]! };
    case 1:
      return { offset: below(text.length + 1), deleted: 1 + below(3), inserted: '' };
    case 2:
      if (line) return { offset: line.index, deleted: line[0].length, inserted: '' };
      break;
    case 3:
      if (line) return { offset: line.index, deleted: 0, inserted: lines[below(lines.length)]![0] };
      break;
    case 4:
      if (word) return { offset: word.index + word[0].length, deleted: 0, inserted: typed[below(typed.length)]! };
      break;
    case 5:
    case 6:
      if (word) return { offset: word.index, deleted: word[0].length, inserted: other };
      break;
    case 7:
      if (word) return { offset: word.index, deleted: 0, inserted: '\n' };
      break;
    default:
      // A letter more or less in a name: what most keys do.
      if (word) return below(2) === 0 ? { offset: word.index + 1, deleted: 0, inserted: 'x' } : { offset: word.index, deleted: 1, inserted: '' };
  }
  return { offset: 0, deleted: 0, inserted: 'camel model M { }\n' };
}
