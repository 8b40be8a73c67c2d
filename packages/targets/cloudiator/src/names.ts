/** Names on the server, by which what an application has there is found again. */
import type { Json } from '@camelc/plan';
import { fingerprintOf } from '@camelc/plan/fingerprint';

/** Twelve hexadecimal digits that say what it is. */
export const hashOf = (value: Json | object): string => fingerprintOf(value).slice(0, 12);

/** No id of an application and no name of a node has two hyphens in a row. */
const separator = '--';

/** The name of a job. Jobs cannot be changed, so another content is another job. */
export const jobName = (id: string, hash: string): string => `${id}${separator}${hash}`;

/** @returns the application and the hash of a job of this name, if it is one of ours */
export function parseJobName(name: string): { id: string; hash: string } | undefined {
  const [, id, hash] = /^([a-z0-9-]+)--([0-9a-f]{12})$/.exec(name) ?? [];
  return id !== undefined && hash !== undefined ? { id, hash } : undefined;
}

/** The group name of a node. The server makes the node's name of it, and may put something of its own behind it. */
export const groupName = (id: string, host: string, hash: string): string => `${id}${separator}${host}${separator}${hash}`;

/** @returns what the name of a node says, if it is one of ours */
export function parseNodeName(name: string): { id: string; host: string; hash: string } | undefined {
  const [, id, host, hash] = /^([a-z0-9-]+?)--([a-z0-9-]+?)--([0-9a-f]{12})/.exec(name) ?? [];
  return id !== undefined && host !== undefined && hash !== undefined ? { id, host, hash } : undefined;
}

/** As people know a process. */
export const processName = (task: string, host: string, number: number): string => `${task}@${host}${number > 1 ? `-${number}` : ''}`;
