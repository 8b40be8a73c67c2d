/** Whether a plan still means what it said. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { compare } from './canonical.js';
import { fingerprintOfSpec } from './fingerprint.js';
import type { Plan } from './plan.js';
import { byKey } from './touch.js';
import type { RunningState, Target } from './target.js';

/** Why a plan may not be carried out here, or not any more; empty when it may. */
export function staleness(plan: Plan, target: Pick<Target, 'kind' | 'name' | 'id'>, state: RunningState): Diagnostic[] {
  if (plan.target.kind !== target.kind || plan.target.id !== target.id) return [diagnose('plan/other-target', { planned: nameOf(plan.target), found: nameOf(target) })];
  const moved: string[] = [];
  const revision = state.revisions[0]?.number ?? 0;
  if (revision !== plan.basis.revision) moved.push(`revision ${revision} is applied, not ${plan.basis.revision || 'none'}`);
  const running = byKey(state.resources);
  const titles = byKey([...state.resources, ...plan.steps]);
  for (const key of Object.keys(plan.basis.resources).sort(compare)) {
    const then = plan.basis.resources[key];
    const resource = running.get(key);
    if ((resource ? fingerprintOfSpec(resource.spec) : null) === then) continue;
    const { kind, name } = titles.get(key) ?? { kind: '', name: key };
    moved.push(`${kind} ${name} ${!resource ? 'is gone' : then === null ? 'is there now' : 'was changed'}`.trimStart());
  }
  return moved.length > 0 ? [diagnose('plan/stale', { moved })] : [];
}

const nameOf = ({ kind, name }: Pick<Target, 'kind' | 'name'>): string => `${kind} \`${name}\``;
