import type { Style } from './style.js';

/** Lines that stay, or that others replace. */
interface Part {
  before: string[];
  after: string[];
  isSame: boolean;
}

/** The unified diff between a text and the same text formatted, which differ in white space alone. */
export function unifiedDiff(path: string, before: string, after: string, style: Style): string {
  const parts = comparedByInk(linesOf(before), linesOf(after));
  const lines = [style.bold(`--- ${path}`), style.bold(`+++ ${path}`)];
  let [atBefore, atAfter] = [1, 1];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i]!.isSame) {
      const { length } = parts[i]!.before;
      [atBefore, atAfter] = [atBefore + length, atAfter + length];
      continue;
    }
    // Changes with few lines between them share a hunk.
    let end = i + 1;
    while (end + 1 < parts.length && parts[end]!.before.length <= 2 * context) end += 2;
    const lead = parts[i - 1]?.before.slice(-context) ?? [];
    const changed = parts.slice(i, end);
    const hunk = [same(lead), ...changed, same(parts[end]?.before.slice(0, context) ?? [])];
    const count = (side: 'before' | 'after'): number => hunk.reduce((sum, part) => sum + part[side].length, 0);
    lines.push(style.cyan(`@@ -${extent(atBefore - lead.length, count('before'))} +${extent(atAfter - lead.length, count('after'))} @@`));
    for (const part of hunk) {
      if (part.isSame) lines.push(...part.before.map((line) => shown(' ', line)));
      else lines.push(...part.before.map((line) => style.red(shown('-', line))), ...part.after.map((line) => style.green(shown('+', line))));
    }
    for (const part of changed) [atBefore, atAfter] = [atBefore + part.before.length, atAfter + part.after.length];
    i = end - 1;
  }
  return lines.join('\n') + '\n';
}

/** Lines shown around a change. */
const context = 3;
const same = (lines: string[]): Part => ({ before: lines, after: lines, isSame: true });
/** Of no lines the one before is named. */
const extent = (first: number, count: number): string => `${count === 0 ? first - 1 : first},${count}`;
const shown = (sign: string, line: string): string => (line.endsWith('\n') ? sign + line.slice(0, -1) : `${sign}${line}\n\\ No newline at end of file`);

/** Each with its line break. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Lines correspond where as many visible characters stand before them. Parts that stay and parts that change alternate. */
function comparedByInk(before: readonly string[], after: readonly string[]): Part[] {
  const parts: Part[] = [];
  const add = (isSame: boolean, b: string[], a: string[]): void => {
    if (b.length + a.length === 0) return;
    const last = parts.at(-1);
    if (last?.isSame !== isSame) parts.push({ before: b, after: a, isSame });
    else {
      last.before.push(...b);
      last.after.push(...a);
    }
  };
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (before[i] === after[j]) {
      add(true, [before[i++]!], [after[j++]!]);
      continue;
    }
    const [b, a]: [string[], string[]] = [[], []];
    let difference = 0;
    let isInked = false;
    while ((difference !== 0 || !isInked) && (i < before.length || j < after.length)) {
      const takesBefore = i < before.length && (difference <= 0 || j === after.length);
      const line = takesBefore ? before[i++]! : after[j++]!;
      const ink = line.replace(/\s/g, '').length;
      isInked ||= ink > 0;
      difference += takesBefore ? ink : -ink;
      (takesBefore ? b : a).push(line);
    }
    const common: string[] = [];
    while (b.length > 0 && b.at(-1) === a.at(-1)) {
      common.unshift(b.pop()!);
      a.pop();
    }
    add(false, b, a);
    add(true, common, [...common]);
  }
  return parts;
}
