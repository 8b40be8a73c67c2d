/** Asks before something is changed. */
import { createInterface } from 'node:readline/promises';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import type { Console } from '../console.js';

export interface Approval {
  /** Not to be asked. */
  autoApprove?: boolean;
}

/**
 * Refuses at once where nobody could be asked, before anything is read or solved.
 * @throws DiagnosticError usage/invalid
 */
export function mustBeAskable(verb: string, { autoApprove }: Approval, c: Console): void {
  if (autoApprove) return;
  const why = c.format === 'json' ? 'with --format json it cannot' : process.stdin.isTTY && process.stderr.isTTY ? undefined : 'there is no terminal';
  if (why) throw new DiagnosticError([diagnose('usage/invalid', { message: `${verb} asks before it changes something, and ${why}: say --auto-approve`, verb })]);
}

/**
 * Asks, and says that nothing was changed where the answer is no.
 * @returns the exit code where it is: 4, or 130 for Ctrl-C and the end of the input; undefined: go on
 */
export async function refused(question: string, { autoApprove }: Approval, c: Console): Promise<number | undefined> {
  if (autoApprove) return undefined;
  const answer = await answerTo(`\n${question} Only \`yes\` counts: `);
  if (answer === 'yes') return undefined;
  c.print('nothing was changed\n');
  return answer === undefined ? 130 : 4;
}

/** One line of the terminal; undefined: Ctrl-C, or the end of the input. */
async function answerTo(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const abort = new AbortController();
  terminal.once('SIGINT', () => abort.abort());
  terminal.once('close', () => abort.abort());
  try {
    return (await terminal.question(question, { signal: abort.signal })).trim();
  } catch {
    process.stderr.write('\n');
    return undefined;
  } finally {
    terminal.close();
  }
}
