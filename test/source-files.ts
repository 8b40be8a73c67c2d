/** The files that stand in one text, by name, the first with a name of its own: a line `// --- file: NAME` begins a further one. */
export function filesOf(text: string, name = 'a.camel'): Record<string, string> {
  const [first, ...more] = text.split(/^\/\/ --- file: (.+)\n/m);
  return Object.fromEntries([[name, first!], ...more.flatMap((further, i) => (i % 2 === 0 ? [[further, more[i + 1]!] as const] : []))]);
}
