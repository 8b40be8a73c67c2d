export type * from './problem.js';
export type * from './assignment.js';
export * from './assess.js';
export * from './build.js';
export * from './evaluate.js';
export * from './functions.js';
export * from './order.js';
export * from './shape.js';
export * from './structure.js';
