/** Compares by code point, which is the same on every machine and in every language. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  const [p, q] = [[...a], [...b]];
  for (let i = 0; i < p.length && i < q.length; i++) {
    if (p[i] !== q[i]) return p[i]!.codePointAt(0)! - q[i]!.codePointAt(0)!;
  }
  return p.length - q.length;
}
