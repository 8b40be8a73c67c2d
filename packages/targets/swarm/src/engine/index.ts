import type { readNodeCandidates as ReadNodeCandidates } from './node-candidates.js';

export { swarmTarget, type SwarmOptions } from './target.js';

/** What is not needed for plans is loaded when it is asked for. */
export const readNodeCandidates: typeof ReadNodeCandidates = async (...given) => (await import('./node-candidates.js')).readNodeCandidates(...given);
