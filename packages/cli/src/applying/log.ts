/** What an apply did and when, in a file for whoever asks later. Other than what goes into a plan it has times. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { why } from '@camelc/project';
import type { Console } from '../console.js';

/** The folder of logs, in the one where camelc runs. */
const folder = '.camelc';

export interface Log {
  /** Adds a line, with its time. */
  add(entry: object): void;
  /** Writes what there is. @returns where, or why that could not be */
  write(outcome: object): { file: string } | { why: string };
}

export function startLog(about: object, c: Console): Log {
  const started = new Date();
  const events: object[] = [];
  const file = fileFor(started);
  return {
    add: (entry) => void events.push({ time: new Date().toISOString(), ...entry }),
    write(outcome) {
      const text = JSON.stringify({ formatVersion: 1, ...about, started: started.toISOString(), ended: new Date().toISOString(), ...outcome, events }, undefined, 2);
      try {
        mkdirSync(folder, { recursive: true });
        // No repository takes it in by mistake.
        writeFileSync(join(folder, '.gitignore'), '*\n');
        writeFileSync(file, `${c.redactor.redactJson(text)}\n`);
        return { file };
      } catch (error) {
        return { why: why(error) };
      }
    },
  };
}

/** `.camelc/apply-2026-11-21T21-40-03.json`; those of the same second are numbered. */
function fileFor(time: Date): string {
  const name = join(folder, `apply-${time.toISOString().slice(0, 19).replaceAll(':', '-')}`);
  let file = `${name}.json`;
  for (let n = 2; existsSync(file); n++) file = `${name}-${n}.json`;
  return file;
}
