import type { Diagnostic } from '@camelc/diagnostics';
import type { Stack } from '../stack.js';
import { checkDeploy } from './deploy.js';
import { checkNames } from './names.js';
import { checkPorts } from './ports.js';
import { checkReferences } from './references.js';
import { checkTexts } from './texts.js';
import { checkTimes } from './times.js';

/**
 * What a swarm's manager, or the client on its behalf, refuses in a stack although `docker stack config` accepts it. The rules are those of swarmkit's
 * manager/controlapi and manager/constraint, and of docker/cli's conversion of stacks.
 * @param stack in the long forms that `docker stack config` prints, dollar signs still doubled
 * @param name the name under which it is deployed; it stands before every name of the stack
 */
export function checkStack(stack: Stack, name: string): Diagnostic[] {
  return [checkNames(stack, name), checkTexts(stack), checkReferences(stack), checkPorts(stack), checkDeploy(stack), checkTimes(stack)].flat();
}
