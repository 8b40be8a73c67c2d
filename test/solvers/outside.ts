/** Solvers that share no code with ours: GLPK's own program, and MiniZinc with Gecode. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../folders.js';

export const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
/** For a test's name where it cannot run. */
export const skipped = (program: string): string => (has(program) ? '' : ` (skipped: ${program} is not installed)`);

const folder = folderWith({});

/** The optimum that glpsol finds; undefined: there is no solution. */
export function glpsol(text: string, format: 'lp' | 'freemps'): number | undefined {
  const [file, out] = [join(folder, 'model'), join(folder, 'solution')];
  writeFileSync(file, text);
  const { stdout, status } = spawnSync('glpsol', [`--${format}`, file, '--write', out, '--tmlim', '60'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`glpsol refuses the model: ${stdout.slice(-500)}`);
  const [, state, value] = /^s mip \d+ \d+ (\w) (\S+)/m.exec(readFileSync(out, 'utf8')) ?? [];
  return state === 'o' ? Number(value) : undefined;
}

/** What MiniZinc prints with the optimum, and the optimum, which is the first number after `=`; undefined: there is no solution. */
export function miniZinc(text: string, seconds = 30): { output: string; optimum: number } | undefined {
  const file = join(folder, 'model.mzn');
  writeFileSync(file, text);
  const { stdout, stderr, status } = spawnSync('minizinc', ['--solver', 'gecode', '--time-limit', `${1000 * seconds}`, file], { encoding: 'utf8' });
  if (status !== 0 || /Error/.test(stdout)) throw new Error(`minizinc refuses the model: ${stderr.slice(-800)} ${stdout.slice(-300)}`);
  if (/=====UNSATISFIABLE/.test(stdout)) return undefined;
  if (!/^={10}$/m.test(stdout)) throw new Error('minizinc did not finish');
  return { output: stdout, optimum: Number(/= (\S+)/.exec(stdout)![1]) };
}
