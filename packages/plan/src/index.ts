export type { Json } from './json.js';
export type { AppliedRevision, Resource, Revision, RunningResource, Worth } from './resource.js';
export type { Action, Basis, Change, Disruption, HostReport, Part, Plan, Step } from './plan.js';
export { StepFailure } from './target.js';
export type { Conduct, Journal, Lock, Lowering, Records, RunningHost, RunningState, StepContext, Target, Wanted } from './target.js';
export { fingerprint } from './secret-fingerprint.js';
export { Redactor } from './redactor.js';
export { mask, referenceOf, Secret } from './secret.js';
export type { SecretReference, SecretValues } from './secret.js';
