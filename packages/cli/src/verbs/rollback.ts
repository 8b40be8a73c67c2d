import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { abandon, planRollback, statusOf, undoInterrupted, unfinished, type RunningState, type Target } from '@camelc/plan';
import { table, toJson, wrap } from '@camelc/project';
import type { TargetOptions } from '@camelc/project/targets';
import { mustBeAskable, refused, type Approval } from '../applying/ask.js';
import { askAndApply, carryOut, type CarryOutOptions } from '../applying/carry-out.js';
import { secretsOf, type SecretOptions } from '../applying/secrets.js';
import { readApplication, readToChange, targetName, withTarget, type OpenTarget } from '../applying/target-run.js';
import type { Console } from '../console.js';
import { renderPlan } from '../report/plan.js';
import { unfinishedText, worthText } from '../report/status.js';

export interface RollbackOptions extends TargetOptions, SecretOptions, Approval, CarryOutOptions {
  application?: string;
  /** The number of a revision; the one before the last unless given. */
  to?: number;
  list?: boolean;
  /** Gives up what was interrupted. */
  abandon?: boolean;
}

/** `camelc rollback`: back to a deployment that was applied, or out of an apply that was interrupted. */
export async function rollback(options: RollbackOptions, c: Console, open?: OpenTarget): Promise<number> {
  if (options.abandon && (options.list || options.to !== undefined))
    throw new DiagnosticError([diagnose('usage/invalid', { message: '--abandon goes with neither --to nor --list', verb: 'rollback' })]);
  if (!options.list) mustBeAskable('rollback', options, c);
  return withTarget(
    options,
    async (target) => {
      const { id, state } = await (options.list ? readApplication : readToChange)(target, options.application);
      if (options.list) return list(state, c);
      if (options.abandon) return giveUp(id, state, options, target, c);
      return state.journal ? undo(id, state, options, target, c) : back(id, state, options, target, c);
    },
    open,
  );
}

function list({ revisions }: RunningState, c: Console): number {
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, revisions: revisions.map(({ number, plan, worth }) => ({ number, plan, ...worth })) }));
  else if (revisions.length === 0) c.print('no deployment is recorded\n');
  else {
    const rows = revisions.map(({ number, worth, resources }, i) => [String(number), worthText(worth), `${resources.length} resources`, i === 0 ? 'was applied last' : '']);
    c.print(`${table(rows, [0])}\n`);
  }
  return 0;
}

async function undo(id: string, state: RunningState, options: RollbackOptions, target: Target, c: Console): Promise<number> {
  const { plan } = state.journal!;
  if (options.to !== undefined) throw new DiagnosticError([unfinished(state.journal!)]);
  if (c.format === 'text') c.print(`${unfinishedText(statusOf(state, target.conduct).unfinished!)}\n`);
  const refusal = await refused(`Undo it, so that ${plan.application} is as it was before?`, options, c);
  if (refusal !== undefined) return refusal;
  const secrets = await secretsOf(options, { planned: plan.secrets }, c);
  return carryOut('rollback', plan, { ...options, secrets }, c, (o) => undoInterrupted(target, id, o));
}

async function giveUp(id: string, { journal }: RunningState, options: RollbackOptions, target: Target, c: Console): Promise<number> {
  const name = journal?.plan.application ?? id;
  const refusal = journal && (await refused(`Give up what was interrupted, and leave ${name} as it is now?`, options, c));
  if (refusal !== undefined) return refusal;
  await abandon(target, id);
  if (c.format === 'json') c.print(toJson({ formatVersion: 1, application: name, outcome: 'abandoned' }));
  else c.print(`${wrap(`${name} stays as it is now, neither as it was before nor as it was planned: \`camelc status\` and \`camelc plan\` show what differs.`, c.style.width)}\n`);
  return 0;
}

async function back(id: string, state: RunningState, options: RollbackOptions, target: Target, c: Console): Promise<number> {
  const { kind, name, conduct } = target;
  // A revision has no references: a secret that has to be made again has its value from --secret, else from the variable of its name.
  const secrets = await secretsOf(options, {}, c);
  const { plan, diagnostics } = planRollback({ target: { kind, name, id: target.id }, state, conduct, secrets: secrets.references }, id, options.to);
  if (!plan) throw new DiagnosticError(diagnostics);
  const faults = target.checkMoves(state, plan.wanted);
  if (faults.length > 0) throw new DiagnosticError(faults);
  if (c.format === 'text') c.print(renderPlan(plan, c.style, { hosts: state.hosts.length }));
  const number = options.to ?? state.revisions[1]!.number;
  const question = plan.steps.length > 0 ? `Roll ${plan.application} on ${targetName(target)} back to revision ${number}?` : undefined;
  const done = (revision: number): string => `${plan.application} runs as in revision ${number}; that is revision ${revision} now.`;
  return askAndApply({ verb: 'rollback', plan, target, question, done }, { ...options, secrets }, c);
}
