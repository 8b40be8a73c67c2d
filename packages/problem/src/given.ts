/** Values given with the run, by name. */
import type { Application, Variable } from '@camelc/application/model';
import type { NodeCandidate } from '@camelc/candidates';
import { diagnose, nearest, type Diagnostic, type Place } from '@camelc/diagnostics';
import { compareCodePoints } from './order.js';
import type { RunningDeployment } from './read-running.js';

/** What a run adds to the model. */
export interface Inputs {
  /** Values of metrics and of variables that are given, by bare or qualified name. */
  metrics: Record<string, number>;
  /** Where a file names them. */
  placesOfMetrics?: Readonly<Record<string, Place>>;
  /** Names of metrics and variables of all applications in sight: a file may give values for several of them. */
  namesInSight?: ReadonlySet<string>;
  /** Values of `current-config` variables in the running deployment, likewise. */
  currentValues?: Record<string, number>;
  /** Currency of the candidates' prices, and of the problem. */
  currency: string;
  /** What one unit of another currency is worth in `currency`. */
  rates?: Record<string, number>;
  /** Absent: nothing runs yet. */
  running?: RunningInput;
}

/** What runs of a model, and what is known of it today. */
export interface RunningInput {
  deployment: RunningDeployment;
  /** All candidates of today, by id, whether they fit or not. Their prices are in the currency of the problem. */
  candidates: ReadonlyMap<string, NodeCandidate>;
  /** What runs is kept while the first level is not better by more than this. */
  minGain: number;
}

/** Values by variable id. */
export interface Given {
  metrics: Map<string, number>;
  current: Map<string, number>;
  /** Why the value that a variable has in the running deployment is not known. */
  unknown: Map<string, Diagnostic>;
  diagnostics: Diagnostic[];
}

/** True when a variable is of the running deployment. */
export const isCurrent = ({ meaning }: Variable): boolean => (meaning.kind === 'decision' ? meaning.of === 'current' : meaning.current);

/** Finds whom the given values are for. A name is bare, or any end of the qualified name that starts at a dot. */
export function readGiven(application: Application, inputs: Inputs): Given {
  const diagnostics: Diagnostic[] = [];
  const variables = Object.values(application.variables);

  function read(option: '--metric' | '--current', values: Record<string, number>): Map<string, number> {
    const result = new Map<string, number>();
    for (const [name, value] of Object.entries(values)) {
      const named = variables.filter((v) => v.name === name || v.id === name || `.${withoutNumber(v.id)}`.endsWith(`.${name}`));
      // Metrics and variables may share a name: the one that can take the value is meant.
      const able = named.filter((v) => (option === '--current' ? isCurrent(v) : v.meaning.kind !== 'decision'));
      const exact = able.find((v) => v.id === name);
      const found = exact ? [exact] : able.length > 0 ? able : named;
      const [variable] = found;
      const place = option === '--metric' ? inputs.placesOfMetrics?.[name] : undefined;
      const given = place ? `\`${name}\`` : `${option} ${name}`;
      const bare = name.slice(name.lastIndexOf('.') + 1);
      if (!variable) {
        if (place && inputs.namesInSight?.has(bare)) continue;
        const names = variables.map((v) => v.name);
        diagnostics.push(diagnose('problem/unknown-name', { given, suggestion: nearest(bare, names) }, place));
      } else if (found.length > 1) diagnostics.push(diagnose('problem/ambiguous-name', { given, ids: found.map((v) => v.id).sort(compareCodePoints) }, place));
      else if (option === '--current' && !isCurrent(variable)) diagnostics.push(diagnose('problem/not-current', { name }));
      else if (option === '--metric' && variable.meaning.kind === 'decision')
        diagnostics.push(
          diagnose('problem/decided', { given, name, current: isCurrent(variable) }, place ?? variable.place, place && [{ message: 'declared here', place: variable.place }]),
        );
      else result.set(variable.id, value);
    }
    return result;
  }
  return { metrics: read('--metric', inputs.metrics), current: read('--current', inputs.currentValues ?? {}), unknown: new Map(), diagnostics };
}

/** An id as the model writes it: those that were the same are told apart by a number. */
const withoutNumber = (id: string): string => id.replace(/#\d+$/, '');

/** The shortest name that a user can give for a variable. */
export function shortName(application: Application, variable: Variable): string {
  return Object.values(application.variables).some((v) => v.name === variable.name && v.id !== variable.id) ? variable.id : variable.name;
}
