export { swarmTarget, type SwarmOptions } from './target.js';
export { nodesAsCandidates, readNodeCandidates } from './candidates.js';
export type { EngineOptions } from './connection/endpoint.js';
