import type { Entry } from '../entry.js';
import { environment } from './environment.js';
import { config } from './config.js';
import { syntax } from './syntax.js';
import { organisation } from './organisation.js';
import { topology } from './topology.js';
import { reference } from './reference.js';
import { hint } from './hint.js';
import { ignore } from './ignore.js';
import { model } from './model.js';
import { values } from './values.js';
import { components } from './components.js';
import { goals } from './goals.js';
import { metrics } from './metrics.js';
import { requirement } from './requirement.js';
import { application } from './application.js';
import { candidates } from './candidates.js';
import { problem } from './problem.js';
import { solver } from './solver.js';
import { deployment } from './deployment.js';
import { secret } from './secret.js';
import { swarm } from './swarm.js';
import { plan } from './plan.js';
import { cloudiator } from './cloudiator.js';
import { engine } from './engine.js';
import { running } from './running.js';

/** Every diagnostic there is, by its stable code `topic/name`. */
export const catalogue = {
  ...environment,
  ...config,
  ...syntax,
  ...reference,
  ...model,
  ...values,
  ...components,
  ...goals,
  ...metrics,
  ...topology,
  ...organisation,
  ...requirement,
  ...hint,
  ...ignore,
  ...application,
  ...candidates,
  ...problem,
  ...solver,
  ...deployment,
  ...secret,
  ...swarm,
  ...plan,
  ...cloudiator,
  ...engine,
  ...running,
};

export type Code = keyof typeof catalogue;
export type ParametersOf<C extends Code> = (typeof catalogue)[C] extends Entry<infer P> ? ([P] extends [never] ? Record<never, never> : P) : never;
