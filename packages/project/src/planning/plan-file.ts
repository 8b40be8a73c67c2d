/** Plans in files. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parsePlan, writePlan, type Plan } from '@camelc/plan';
import { DiagnosticError } from '@camelc/diagnostics';
import { writeFolder } from '../files.js';
import { readSource, type Reading } from '../reading.js';

/** Whether a path leads to a plan rather than to models: it is called like one, or begins as no model does. */
export function isPlanFile(path: string): boolean {
  if (path.endsWith('.json')) return true;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(1);
    return readSync(file, start) === 1 && start.toString() === '{';
  } finally {
    closeSync(file);
  }
}

/** Writes a plan under a temporary name, then renames it. @throws DiagnosticError file/unwritable */
export const writePlanFile = (path: string, plan: Plan): void => writeFolder(dirname(path), [{ path: basename(path), text: writePlan(plan) }]);

/** Reads a plan that was saved. @throws DiagnosticError where it is none, or was edited */
export function readPlanFile(path: string, reading: Reading): Plan {
  const { plan, diagnostics } = parsePlan(readSource(path, reading), path);
  if (!plan) throw new DiagnosticError(diagnostics);
  return plan;
}
