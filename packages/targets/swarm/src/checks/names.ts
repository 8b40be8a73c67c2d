import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Stack } from '../stack.js';

const longestName = 63;
const longestSecretName = 64;
const dnsComponent = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/;
const secretName = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;
const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Names as the swarm will have them: with the stack's before them, unless they are given in full. */
export function checkNames(stack: Stack, stackName: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const check = (path: string, name: string, pattern: RegExp, longest: number): void => {
    if (name.length > longest) diagnostics.push(diagnose('swarm/name', { path, name, problem: `has ${name.length} characters, and ${longest} are allowed` }));
    else if (!pattern.test(name)) diagnostics.push(diagnose('swarm/name', { path, name, problem: 'is no name for it' }));
  };
  check('the stack', stackName, dnsComponent, longestName);
  for (const service of Object.keys(stack.services)) check(`services.${service}`, `${stackName}_${service}`, dnsComponent, longestName);
  for (const [network, definition] of Object.entries(stack.networks ?? {})) check(`networks.${network}`, definition?.name ?? `${stackName}_${network}`, dnsComponent, longestName);
  for (const [volume, definition] of Object.entries(stack.volumes ?? {})) check(`volumes.${volume}`, definition?.name ?? `${stackName}_${volume}`, volumeName, 255);
  for (const section of ['secrets', 'configs'] as const) {
    for (const [key, definition] of Object.entries(stack[section] ?? {})) {
      check(`${section}.${key}`, definition.name ?? (definition.external ? key : `${stackName}_${key}`), secretName, longestSecretName);
    }
  }
  return diagnostics;
}
