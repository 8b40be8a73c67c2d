export * from './place.js';
export * from './entry.js';
export * from './diagnostic.js';
export { catalogue, type Code, type ParametersOf } from './catalogue/index.js';
export * from './nearest.js';
export * from './json-places.js';
