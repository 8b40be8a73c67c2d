import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { readRunning, type RunningDeployment } from '@camelc/problem';
import type { ProblemOptions } from './options.js';
import { readSource, type Reading } from './reading.js';

/** The running deployment of `--current FILE`; absent without one. @throws DiagnosticError */
export function readRunningFile({ current, minGain }: ProblemOptions, reading: Reading): RunningDeployment | undefined {
  const path = current?.file;
  if (path === undefined) {
    if (minGain !== undefined) throw new DiagnosticError([diagnose('usage/invalid', { message: '--min-gain compares with what runs: give that with `--current FILE`' })]);
    return undefined;
  }
  const text = readSource(path, reading);
  const { running, diagnostics } = readRunning(text, path);
  if (!running) throw new DiagnosticError(diagnostics);
  return running;
}
