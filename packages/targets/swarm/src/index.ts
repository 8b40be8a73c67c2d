export { renderSwarm } from './render.js';
export { checkStack } from './checks/check-stack.js';
export type { Hosts, HostsToLease } from './hosts.js';
export type { Stack } from './stack.js';
