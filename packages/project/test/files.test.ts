import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith } from '../../../test/folders.js';
import { writeFile } from '../src/index.js';

describe.skipIf(process.platform === 'win32')('an output that is', () => {
  it('no file stays what it is, and gets the text', async () => {
    const folder = folderWith({});
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    onTestFinished(() => void reader.kill());
    reader.stdout.setEncoding('utf8');
    const read: string[] = [];
    reader.stdout.on('data', (text: string) => read.push(text));
    writeFile(pipe, 'all of it');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    await once(reader, 'close');
    expect(read.join('')).toBe('all of it');
  });

  it('a symbolic link stays one, and the file that it leads to is written', () => {
    const folder = folderWith({ 'there/plan.json': 'former' });
    const link = join(folder, 'link.json');
    symlinkSync('there/plan.json', link);
    writeFile(link, 'new');
    expect([lstatSync(link).isSymbolicLink(), readFileSync(join(folder, 'there/plan.json'), 'utf8')]).toEqual([true, 'new']);
  });
});
