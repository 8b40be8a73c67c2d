/** Of the words, the one that is most like the given one, if any is like it. Equal likeness: the first. */
export function mostLike<T>(word: string, candidates: Iterable<T>, wordOf: (candidate: T) => string): T | undefined {
  const limit = Math.floor((word.length + 1) / 3);
  let best: T | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const other = wordOf(candidate);
    if (Math.abs(other.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), other.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment); `limit` or more is not told apart. */
function editDistance(a: string, b: string, limit = Infinity): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, beforePrevious[j - 2]! + 1);
    }
    if (Math.min(...row) >= limit) return limit;
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** The name that is most like a misspelt one, if any is. */
export const nearest = (name: string, names: Iterable<string>): string | undefined => mostLike(name, names, (other) => other);
