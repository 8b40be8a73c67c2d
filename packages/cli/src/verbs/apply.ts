import { dirname } from 'node:path';
import { apply as applyPlan, resume, type Plan, type Target } from '@camelc/plan';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { mustBeAskable, type Approval } from '../applying/ask.js';
import { askAndApply, carryOut, type CarryOutOptions } from '../applying/carry-out.js';
import { secretsOf } from '../applying/secrets.js';
import { readToChange, targetName, whileOpening, withTarget, type OpenTarget } from '../applying/target-run.js';
import type { Console } from '../console.js';
import type { PlanOptions } from '../planning.js';
import { ofTarget, renderPlan } from '../report/plan.js';

export interface ApplyOptions extends PlanOptions, Approval, CarryOutOptions {
  waitHosts?: number;
  /** The options of the command line that say how to plan for models. */
  ofPlanning?: readonly string[];
}

/** `camelc apply [PLAN | PATHS]`: carries out a saved plan, or plans, asks and carries that out; without either goes on with what was interrupted. */
export async function apply(paths: readonly string[], options: ApplyOptions, c: Console, open?: OpenTarget): Promise<number> {
  const { isPlanFile } = await import('@camelc/project/plan-file');
  const files = paths.filter(isPlanFile);
  if (files.length > 0 && paths.length > 1) throw misuse('a plan is applied by itself: name one plan, or models');
  if (files.length > 0 || paths.length === 0) {
    const { waitHosts, ofPlanning = [] } = options;
    if (waitHosts !== undefined) throw misuse('--wait-hosts plans again until there are enough hosts: name models');
    // Without a plan, it names the application whose apply goes on.
    const inVain = files.length > 0 ? ofPlanning : ofPlanning.filter((option) => option !== '--application');
    const [says, it] = inVain.length > 1 ? ['say', 'them'] : ['says', 'it'];
    if (inVain.length > 0) throw misuse(`${inVain.join(', ')} ${says} how to plan, which is done already: plan anew, or leave ${it} out`);
    return files.length > 0 ? applyFile(files[0]!, options, c, open) : withTarget(options, (target) => goOn(target, options, c), open);
  }
  mustBeAskable('apply', options, c);
  return whileOpening(options, (opening) => planAndApply(paths, options, opening, c), open);
}

async function applyFile(file: string, options: ApplyOptions, c: Console, open?: OpenTarget): Promise<number> {
  const { readPlanFile } = await import('@camelc/project/plan-file');
  const plan = readPlanFile(file, c);
  const kind = plan.target.kind as ApplyOptions['target'];
  return withTarget(
    { ...options, target: kind },
    async (target) => {
      const secrets = await secretsOf(options, { planned: plan.secrets, folder: dirname(file) }, c);
      return carryOut('apply', plan, { ...options, secrets }, c, (o) => applyPlan(plan, target, o), doneText(plan));
    },
    open,
  );
}

async function planAndApply(paths: readonly string[], options: ApplyOptions, opening: Promise<Target>, c: Console): Promise<number> {
  const { planPaths } = await import('../planning.js');
  const made = await planPaths(paths, options, opening, c, options.waitHosts);
  if ('exit' in made) return made.exit;
  const target = await opening;
  const { plan, state, fired, diagnostics } = made.planned;
  if (c.format === 'text') {
    c.problems(diagnostics);
    if (!c.quiet || !options.autoApprove) c.print(renderPlan(plan, c.style, { hosts: state.hosts.length, hints: ofTarget(diagnostics), fired }));
  }
  const question = plan.steps.length > 0 && plan.hosts.missing.length === 0 ? `Apply this to ${targetName(target)}?` : undefined;
  return askAndApply({ verb: 'apply', plan, target, question, done: doneText(plan) }, { ...options, secrets: made.secrets }, c);
}

const doneText =
  ({ application, steps }: Plan) =>
  (revision: number): string =>
    steps.length > 0 ? `${application} runs as planned: revision ${revision}.` : `there is nothing to do: ${application} stays at revision ${revision}.`;

/** Goes on with the one apply that was interrupted. */
async function goOn(target: Target, options: ApplyOptions, c: Console): Promise<number> {
  const { id, state } = await readToChange(target, options.application);
  const { journal } = state;
  if (!journal) throw new DiagnosticError([diagnose('plan/nothing-unfinished', { application: state.revisions[0]?.application ?? id })]);
  const { plan } = journal;
  const secrets = await secretsOf(options, { planned: plan.secrets }, c);
  if (c.format === 'text' && !c.quiet)
    c.print(
      `going on with what was interrupted: ${journal.done.length} of ${plan.steps.length} steps of ${plan.application} are done${journal.undoing ? ', and they are being undone' : ''}\n`,
    );
  return carryOut('apply', plan, { ...options, secrets }, c, (o) => resume(target, id, o), doneText(plan));
}

const misuse = (message: string): DiagnosticError => new DiagnosticError([diagnose('usage/invalid', { message, verb: 'apply' })]);
