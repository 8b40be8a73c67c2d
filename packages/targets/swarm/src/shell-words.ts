/** Words between spaces; in double quotes a backslash keeps only what would mean something there. */
const part = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\([^])|[^\s'"\\]+|['"\\]/gy;

/** The words of a line as a shell splits it, without replacing anything in them. A quote that does not end is itself. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let position = 0;
  while (position < line.length) {
    if (/\s/.test(line[position]!)) {
      position++;
      continue;
    }
    let word = '';
    part.lastIndex = position;
    for (let match = part.exec(line); match; match = part.exec(line)) {
      const [text, single, double, escaped] = match;
      word += single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? (escaped === '\n' ? '' : escaped) ?? text;
      position = part.lastIndex;
    }
    words.push(word);
  }
  return words;
}
