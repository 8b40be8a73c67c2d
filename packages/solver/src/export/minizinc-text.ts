/** What all MiniZinc models end with. */
import type { Goal } from './goal.js';
import { floatText, type Value } from './minizinc-values.js';

/** The solve and output items. @param decided expressions of strings that say what was decided */
export function solveItem({ name, minimise }: Goal, value: Value, search: string, decided: readonly string[]): string[] {
  const shown = value.kind === 'float' ? value.text : `int2float(fix(${value.text})) / ${floatText(value.scale)}`;
  return [
    '',
    ...(value.kind === 'whole' && value.scale !== 1 ? [`% The objective is ${name} × ${value.scale}, so that it is a whole number.`] : []),
    `solve :: ${search} ${minimise ? 'minimize' : 'maximize'} ${value.text};`,
    `output ["${name} = \\(${shown})\\n", ${decided.join(', ')}];`,
    '',
  ];
}
