/** Text in columns and lines. */

/** Columns that a text takes on a terminal: wide characters take two, combining ones none. */
export function displayWidth(text: string): number {
  // Latin, dashes and quotes, currencies, box drawing: no segmenter is needed, which takes its time to start.
  if (/^[ -~\u00a0-\u02ff\u2010-\u2027\u20a0-\u20bf\u2500-\u257f]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(segment) ? 2 : 1;
  return width;
}

/** Lays out rows in columns; `right` names those aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = [], gap = '   '): string {
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(0, ...rows.map((r) => displayWidth(r[c] ?? ''))));
  const pad = (cell: string, c: number): string => {
    const space = ' '.repeat(Math.max(0, widths[c]! - displayWidth(cell)));
    return right.includes(c) ? space + cell : cell + space;
  };
  return rows.map((r) => r.map(pad).join(gap).trimEnd()).join('\n');
}

/** Breaks a text between words into lines of at most `width` columns; a longer word keeps a line of its own. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
