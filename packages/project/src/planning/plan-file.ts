/** Plans in files. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parsePlan, writePlan, type Plan } from '@camelc/plan';
import { DiagnosticError } from '@camelc/diagnostics';
import { writeFile } from '../files.js';
import { readSource, type Reading } from '../reading.js';

/** Whether a path leads to a plan rather than to models: it is called like one, or begins as no model does. */
export function isPlanFile(path: string): boolean {
  if (path.endsWith('.json')) return true;
  try {
    return statSync(path).isFile() && firstByte(path) === '{';
  } catch {
    // What reads it as a model says why it cannot be read.
    return false;
  }
}

function firstByte(path: string): string {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(1);
    return start.toString('latin1', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}

/** Writes a plan under a temporary name, then renames it. @throws DiagnosticError file/unwritable */
export const writePlanFile = (path: string, plan: Plan): void => writeFile(path, writePlan(plan));

/** Reads a plan that was saved. @throws DiagnosticError where it is none, or was edited */
export function readPlanFile(path: string, reading: Reading): Plan {
  const { plan, diagnostics } = parsePlan(readSource(path, reading), path);
  if (!plan) throw new DiagnosticError(diagnostics);
  return plan;
}
