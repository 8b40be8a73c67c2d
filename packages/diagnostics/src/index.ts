export * from './place.js';
export * from './entry.js';
export * from './diagnostic.js';
export { catalogue, type Code, type ParametersOf } from './catalogue/index.js';
export * from './did-you-mean.js';
export * from './json-places.js';
export * from './json-words.js';
export * from './credentials.js';
export { adjustSeverities, type Severities } from './severities.js';
