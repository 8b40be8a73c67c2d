import type { NodeCandidate } from '@camelc/candidates';
import { shortNumber } from '@camelc/project';

/** A machine in the cells of a table: provider and hardware, cores, memory, where it stands. */
export function machineCells(machine: NodeCandidate): [hardware: string, cores: string, memory: string, where: string] {
  const { cloud, hardware, cores, memory } = machine;
  return [`${cloud.provider} ${hardware}`, cores === undefined ? '' : `${cores} cpu`, memory === undefined ? '' : `${shortNumber(memory / 1024)} GB`, whereOf(machine)];
}

function whereOf({ cloud, location, type }: NodeCandidate): string {
  const own = type === 'BYON' || type === 'EDGE' ? 'own node' : cloud.type === 'private' ? 'private' : '';
  return [location?.city ?? location?.name ?? location?.id, location?.country, own].filter(Boolean).join(', ');
}
