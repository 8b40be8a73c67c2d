import { writePlan } from '@camelc/plan';
import { wrap } from '@camelc/project';
import { writePlanFile } from '@camelc/project/plan-file';
import { whileOpening, type OpenTarget } from '../applying/target-run.js';
import type { Console } from '../console.js';
import { planPaths, type PlanOptions } from '../planning.js';
import { ofTarget, renderPlan } from '../report/plan.js';

/** `camelc plan PATHS`: what would have to be done for the models to run. Exit code 2 when that is anything. */
export async function plan(paths: readonly string[], options: PlanOptions, c: Console, open?: OpenTarget): Promise<number> {
  return whileOpening(
    options,
    async (target) => {
      const made = await planPaths(paths, options, target, c);
      if ('exit' in made) return made.exit;
      const { plan, state, fired, diagnostics } = made.planned;
      if (options.out !== undefined) writePlanFile(options.out, plan);
      if (c.format === 'json') c.printExactly(writePlan(plan));
      else {
        c.problems(diagnostics);
        c.print(renderPlan(plan, c.style, { hosts: state.hosts.length, hints: ofTarget(diagnostics), fired }));
        const then = next(options.out, plan.steps.length > 0, plan.hosts.missing.length > 0);
        if (then) c.print(`\n${wrap(then, c.style.width)}`);
      }
      return plan.steps.length + plan.hosts.missing.length > 0 ? 2 : 0;
    },
    open,
  );
}

/** What to run next. */
function next(out: string | undefined, changes: boolean, missing: boolean): string {
  if (out !== undefined) return `Saved to ${out}${missing ? '; plan again when the hosts have joined' : changes ? `; apply it with \`camelc apply ${out}\`` : ''}.\n`;
  if (missing) return 'Plan again when the hosts have joined, or wait for them with `camelc apply --wait-hosts SECONDS`.\n';
  return changes ? 'Save it with --out plan.json and apply that, or run `camelc apply` with the same models and options.\n' : '';
}
