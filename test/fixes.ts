import type { Fix } from '@camelc/diagnostics';

/** The text after the edits of a quick fix. */
export function applyFix({ edits }: Fix, text: string): string {
  const starts = text.split('\n').reduce<number[]>((all, line) => [...all, all.at(-1)! + line.length + 1], [0]);
  const offset = ({ line, character }: { line: number; character: number }): number => starts[line]! + character;
  const ordered = edits.toSorted((a, b) => offset(b.place.range.start) - offset(a.place.range.start));
  return ordered.reduce((mended, { place: { range }, text: put }) => mended.slice(0, offset(range.start)) + put + mended.slice(offset(range.end)), text);
}
