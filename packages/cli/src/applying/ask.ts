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

/** Whether the user says yes, in full. */
export async function approved(question: string, { autoApprove }: Approval): Promise<boolean> {
  if (autoApprove) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`\n${question} Only \`yes\` counts: `, { signal: onInterrupt(terminal) })).trim() === 'yes';
  } catch {
    process.stderr.write('\n');
    return false;
  } finally {
    terminal.close();
  }
}

/** Ctrl-C, and the end of the input, are a no. */
function onInterrupt(terminal: ReturnType<typeof createInterface>): AbortSignal {
  const abort = new AbortController();
  terminal.once('SIGINT', () => abort.abort());
  terminal.once('close', () => abort.abort());
  return abort.signal;
}
