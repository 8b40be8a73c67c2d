/** What an assignment would break, as elements of the model. */
import type { Breach } from '@camelc/problem';
import type { Conflicting } from '../solution.js';
import type { Model } from './model.js';
import { conflicting } from './says.js';
import type { Unit } from './units.js';

/** The elements that an assignment with these breaches does not keep. @param bound the end of a range that is left */
export function broken({ application, list }: Model, breaches: readonly Breach[], bound: 'minimum' | 'maximum'): Conflicting[] {
  return breaches
    .flatMap((b): Unit[] => {
      switch (b.kind) {
        case 'constraint':
          return application.constraints.filter((c) => c.id === b.id).map((constraint) => ({ kind: 'constraint', constraint }));
        case 'alternative':
          return application.alternatives.filter((a) => a.name === b.name).map((rule) => ({ kind: 'alternative', rule }));
        case 'coupling':
          return application.couplings.filter((c) => c.name === b.name).map((rule) => ({ kind: 'coupling', rule }));
        case 'separation':
          return application.separations.filter((s) => s.name === b.name).map((rule) => ({ kind: 'separation', rule }));
        case 'limit':
          return list.candidates.filter((c) => c.id === b.candidate).map((candidate) => ({ kind: 'limit', candidate }));
        case 'undefined':
          return application.objectives.filter((o) => o.name === b.objective).map((objective) => ({ kind: 'objective', objective }));
        case 'need': {
          const providers = application.communications.filter((c) => c.from.component === b.component && c.from.port === b.port).map((c) => c.to.component);
          const port = application.components.find((c) => c.name === b.component)?.requiredPorts.find((p) => p.name === b.port);
          return port ? [{ kind: 'need', component: b.component, port, providers }] : [];
        }
        case 'range': {
          const component = application.components.find((c) => c.name === b.component)!;
          return [component.scale.id === undefined ? { kind: 'default-cardinality', component } : { kind: 'scale', bound, scale: component.scale }];
        }
        case 'host':
          return [];
      }
    })
    .map(conflicting);
}
