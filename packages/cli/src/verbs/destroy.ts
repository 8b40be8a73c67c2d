import { planDestroy, unfinished } from '@camelc/plan';
import { DiagnosticError } from '@camelc/diagnostics';
import type { TargetOptions } from '@camelc/project/targets';
import { mustBeAskable, type Approval } from '../applying/ask.js';
import { askAndApply, type CarryOutOptions } from '../applying/carry-out.js';
import { secretsOf, type SecretOptions } from '../applying/secrets.js';
import { readToChange, targetName, withTarget, type OpenTarget } from '../applying/target-run.js';
import type { Console } from '../console.js';
import { renderPlan } from '../report/plan.js';

export interface DestroyOptions extends TargetOptions, SecretOptions, Approval, CarryOutOptions {
  application?: string;
  /** Whether data goes too. */
  volumes?: boolean;
}

/** `camelc destroy`: removes all of an application but its data. */
export async function destroy(options: DestroyOptions, c: Console, open?: OpenTarget): Promise<number> {
  mustBeAskable('destroy', options, c);
  return withTarget(
    options,
    async (target) => {
      const { id, state } = await readToChange(target, options.application);
      if (state.journal) throw new DiagnosticError([unfinished(state.journal)]);
      const { kind, name, conduct } = target;
      const secrets = await secretsOf(options, {}, c);
      const plan = planDestroy({ target: { kind, name, id: target.id }, state, conduct, secrets: {} }, id, options.volumes ?? false);
      if (c.format === 'text') c.print(renderPlan(plan, c.style, { hosts: state.hosts.length }) + (plan.leftBehind ? '\n--volumes removes it too.\n' : ''));
      const question = `Remove ${plan.application} from ${targetName(target)}${options.volumes ? ', with its data' : ''}?`;
      return askAndApply({ verb: 'destroy', plan, target, question }, { ...options, secrets }, c);
    },
    open,
  );
}
