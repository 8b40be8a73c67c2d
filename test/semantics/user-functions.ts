/** Functions that a model declares itself, and what a call of them means. */
import { binary, call, chain, number, type Formula } from './formula.js';

const called = (name: string, x: Formula, y: Formula, body: Formula): Formula => ({ ...body, text: `${name}(${x.text}, ${y.text})`, binding: 7 });

export interface UserFunction {
  name: string;
  declaration: string;
  of(x: Formula, y: Formula): Formula;
}

export const userFunctions: readonly UserFunction[] = [
  {
    name: 'Blend',
    declaration: `function Blend { expression 'x * 0.75 + y^2 / 4' arguments ['x', 'y'] }`,
    of: (x, y) => called('Blend', x, y, chain(binary(x, '*', number(0.75)), ['+', binary(binary(y, '^', number(2)), '/', number(4))])),
  },
  {
    name: 'Excess',
    declaration: `function Excess { expression 'if(x > y, x - y, max(x, y) / 2)' arguments ['x', 'y'] }`,
    of: (x, y) => called('Excess', x, y, call('if', binary(x, '>', y), binary(x, '-', y), binary(call('max', x, y), '/', number(2)))),
  },
];
