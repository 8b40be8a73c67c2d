/**
 * How far one file is from another: 0 for itself, then 1 for a file of the same folder, 2 for one in a folder below, 3 for one of the folder
 * above, 4 for one below that, and so on.
 */
export function distance(from: string, to: string): number {
  if (from === to) return 0;
  const [here, there] = [foldersOf(from), foldersOf(to)];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared++;
  return 1 + 2 * (here.length - shared) + (there.length > shared ? 1 : 0);
}

const foldersOf = (file: string): string[] =>
  file
    .split(/[/\\]/)
    .slice(0, -1)
    .filter((folder) => folder !== '.');
