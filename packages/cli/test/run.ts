/** Runs verbs against a target in memory, as the command line would. */
import { DiagnosticError, exitCodeOf } from '@camelc/diagnostics';
import type { Target } from '@camelc/plan';
import { createConsole, type Console, type OutputFormat } from '../src/console.ts';

export interface Run {
  exit: number;
  out: string;
  err: string;
}

/** What a verb prints, and its exit code. */
export async function run(verb: (c: Console) => Promise<number>, options: { format?: OutputFormat; quiet?: boolean; columns?: number } = {}): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const { format = 'text', quiet, columns } = options;
  const stream = (texts: string[]) => ({ isTTY: columns !== undefined, columns, write: (text: string) => texts.push(text) });
  const c = createConsole({ format, quiet, color: false }, stream(out), stream(err));
  let exit: number;
  try {
    exit = await verb(c);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    c.failure(error.diagnostics);
    exit = exitCodeOf(error.diagnostics);
  }
  return { exit, out: out.join(''), err: err.join('') };
}

/** How verbs come to a target that is there already. */
export const opening = (target: Target) => () => Promise.resolve(target);
