/** What the README tells a new user to type works as it stands there. */
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith } from '../folders.js';
import { camelc, repository } from './camelc.js';

const text = readFileSync(join(repository, 'README.md'), 'utf8');
const [model = ''] = /^ {4}camel model[^]*?^ {4}\}$/m.exec(text) ?? [];
const cwd = folderWith({ 'shop.camel': `${model.replace(/^ {4}/gm, '')}\n` });

/** What takes a running system is tried where there is one, and the server does not end. */
const elsewhere = /^(plan|apply|rollback|status|destroy|lsp)\b/;
const commands = [...text.matchAll(/^\| `camelc ([^`]+)`/gm)].map(([, command]) => command!).filter((command) => !elsewhere.test(command));

it('has a model without any problem, in the layout of fmt', () => {
  expect(camelc(['check', 'shop.camel'], { cwd })).toEqual({ status: 0, stderr: '', stdout: 'no problems in 1 file.\n' });
  expect(camelc(['fmt', '--check', 'shop.camel'], { cwd }).status).toBe(0);
});

it.each(commands)('camelc %s', (command) => {
  expect(camelc(command.replace('CODE', 'reference/unresolved').split(' '), { cwd })).toMatchObject({ status: 0, stderr: '' });
});

it('shows all verbs', () => expect(commands.length).toBeGreaterThan(7));

it('every --help has examples, and those that need no target work when they are pasted', () => {
  symlinkSync(join(repository, 'examples'), join(cwd, 'examples'));
  const commands = (...args: string[]): string[] =>
    [
      ...camelc([...args, '--help'])
        .stdout.split('Example:\n')[1]!
        .matchAll(/^ {2}camelc (.*)/gm),
    ].map(([, words]) => words!);
  const verbs = [
    ...camelc(['--help'])
      .stdout.split('Commands:')[1]!
      .matchAll(/^ {2}([a-z]+) /gm),
  ]
    .map(([, verb]) => verb!)
    .filter((verb) => verb !== 'help');
  expect(verbs.length).toBeGreaterThan(10);
  for (const verb of [undefined, ...verbs]) {
    const examples = verb ? commands(verb) : commands();
    expect(examples.length, verb).toBeGreaterThan(0);
    if (elsewhere.test(verb ?? '')) continue;
    for (const example of examples) expect(camelc(example.split(/ [>&]/)[0]!.split(' '), { cwd }), example).toMatchObject({ status: 0, stderr: '' });
  }
});
