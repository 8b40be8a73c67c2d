/** Values that stand for credentials in tests, and what finds them wherever they turn up. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const mark = 'canary7f3a9c';

/** A value that says where it was planted. */
export const canary = (place: string): string => `${mark}-${place}`;

/** What of the mark in base64 is the same wherever in a longer text it stands. */
const encoded = [0, 1, 2].map((before) => {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(mark)]);
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
});

/** The lines of a text in which a value stands, as it is or in base64. */
export const traces = (text: string): string[] => text.split('\n').filter((line) => [mark, ...encoded].some((form) => line.includes(form)));

/** The files in a folder, but those that the test put there. */
export const writtenIn = (folder: string, given: readonly string[] = []): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !given.includes(path.slice(folder.length + 1)));
