import { functions, takes, type Arity } from '../formula/functions.js';
import type { Call } from '../generated/ast.js';
import type { Checks, Report } from './check.js';

function callHasTheArgumentsOfItsFunction(call: Call, report: Report): void {
  const {
    callee,
    arguments: { length: found },
  } = call;
  // The functions of the models come before those that are built in.
  const own = callee?.ref;
  const arity = own ? ([own.parameters.length, own.parameters.length] as const) : functions.get(callee?.$refText ?? '');
  if (!arity || (own ? found === arity[0] : takes(callee.$refText, arity, found))) return;
  report('reference/arguments', { name: callee.$refText, expected: inWords(callee.$refText, arity), found }, call, 'callee');
}

function inWords(name: string, [min, max]: Arity): string {
  if (name === 'iff') return 'pairs of a condition and a value';
  const least = `${min} argument${min === 1 ? '' : 's'}`;
  return min === max ? least : max === Infinity ? `at least ${least}` : `${min} to ${max} arguments`;
}

export const formulaChecks: Checks = { Call: [callHasTheArgumentsOfItsFunction] };
