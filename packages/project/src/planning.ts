/** What plans and applies against a running system; loading it takes time. */
export { planDeployment, type Planned, type Planning, type PlanOptions } from './planning/plan-deployment.js';
export type { DeployOptions } from './deployment-of.js';
export type { Fired } from './planning/fired.js';
