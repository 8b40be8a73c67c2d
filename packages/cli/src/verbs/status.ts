import { statusOf } from '@camelc/plan';
import { toJson } from '@camelc/project';
import type { TargetOptions } from '@camelc/project/targets';
import { readApplication, withTarget, type OpenTarget } from '../applying/target-run.js';
import type { Console } from '../console.js';
import { renderStatus, statusToJson } from '../report/status.js';

/** `camelc status`: what runs, where, and whether it is as it was applied. Exit code 2 when it is not. */
export async function status(options: TargetOptions & { application?: string }, c: Console, open?: OpenTarget): Promise<number> {
  return withTarget(
    options,
    async (target) => {
      const { id, state } = await readApplication(target, options.application);
      const found = statusOf(state, target.conduct);
      c.print(c.format === 'json' ? toJson(statusToJson(id, found, target)) : renderStatus(id, found, target, c.style));
      return found.drift.length > 0 ? 2 : 0;
    },
    open,
  );
}
