/**
 * About how wide a text is, in multiples of the font size. There is no font to measure with, and the reader's is unknown: the widths are those of
 * DejaVu Sans, which is wider than the other fonts that pictures ask for.
 */
export function textWidth(text: string, bold = false): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return bold ? width * 1.12 : width;
}

function widthOf(character: string): number {
  if (/[\u1100-\u115f\u2e80-\uffdc\u{1f000}-\u{3ffff}]/u.test(character)) return 1.05;
  if (/[ iljtfrI.,:;'|!()[\]/\\-]/.test(character)) return 0.42;
  if (/[mwMWQOG@%×→…]/.test(character)) return 0.98;
  return /[A-Z_&#<>=+~]/.test(character) ? 0.84 : 0.65;
}

/** The text, cut with an ellipsis where it is wider than so many multiples of the font size. */
export function fitText(text: string, width: number, bold = false): string {
  if (textWidth(text, bold) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, bold) > width) characters.pop();
  return `${characters.join('')}…`;
}
