/** Plans that need no model: back to a deployment that was applied, and to none. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { makePlan, type PlanInputs } from './make-plan.js';
import type { Plan } from './plan.js';

/**
 * The plan back to a revision.
 * @param number which one; the one before the last unless given
 * @returns the plan, unless there is no such revision (`plan/no-revision`)
 */
export function planRollback(from: Omit<PlanInputs, 'wanted' | 'inputs'>, application: string, number?: number): { plan?: Plan; diagnostics: Diagnostic[] } {
  const { revisions } = from.state;
  const known = revisions.map((revision) => revision.number);
  const revision = number === undefined ? revisions[1] : revisions.find((candidate) => candidate.number === number);
  if (!revision) return { diagnostics: [diagnose('plan/no-revision', { application: revisions[0]?.application ?? application, number, known })] };
  return { plan: makePlan({ ...from, wanted: { revision, hosts: { missing: [], surplus: [] } } }), diagnostics: [] };
}

/**
 * The plan to nothing.
 * @param volumes whether also volumes go; whatever else is kept stays, such as what hosts say of themselves
 */
export function planDestroy(from: Omit<PlanInputs, 'wanted' | 'inputs'>, application: string, volumes: boolean): Plan {
  const { conduct } = from;
  const last = from.state.revisions[0];
  const currency = last?.worth.currency ?? 'EUR';
  return makePlan({
    ...from,
    conduct: volumes ? { ...conduct, kept: conduct.kept.filter((kind) => !conduct.data.includes(kind)), data: [] } : conduct,
    wanted: {
      revision: { formatVersion: 1, application: last?.application ?? application, id: last?.id ?? application, worth: { cost: 0, currency }, resources: [], solution: null },
      hosts: { missing: [], surplus: [] },
    },
  });
}
