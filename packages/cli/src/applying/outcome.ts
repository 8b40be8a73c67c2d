/** How an apply ended, in sentences. */
import type { Outcome, Plan, StepFault } from '@camelc/plan';
import { placedText } from '../report/parts.js';

/** `done`: what there is then, where a wanted deployment runs; `quiet`: the lines of steps were not shown. */
interface Telling {
  done?: (revision: number) => string;
  quiet: boolean;
}

export function outcomeText(outcome: Outcome, plan: Plan, { done = (revision) => `${plan.application} runs as planned: revision ${revision}.`, quiet }: Telling): string {
  const { application } = plan;
  switch (outcome.kind) {
    case 'done':
      return `${outcome.revision === undefined ? goneText(plan) : done(outcome.revision)}${outcome.left.length ? ` ${outcome.left.map(title).join(', ')} could not be removed; the next plan does it.` : ''}`;
    case 'undone': {
      const why = quiet && outcome.failed.length ? `${outcome.failed.map(withWhy).join(', ')} failed. ` : '';
      return outcome.undoFailures.length
        ? `${why}${application} is not as it was before: ${outcome.undoFailures.map(withWhy).join(', ')} could not be undone. When the cause is gone, \`camelc rollback\` undoes the rest; \`camelc rollback --abandon\` leaves it so.`
        : `${why}${application} is as it was before; nothing of this plan remains.`;
    }
    case 'interrupted':
      return outcome.undoing
        ? 'interrupted while it was undone: `camelc rollback` undoes the rest, from any machine.'
        : `interrupted: ${outcome.done} of ${outcome.steps} steps are done. \`camelc apply\` goes on with it, \`camelc rollback\` undoes it, from any machine.`;
  }
}

function goneText({ application, leftBehind = [] }: Plan): string {
  return `${application} is gone${leftBehind.length ? `, but for ${leftBehind.map(placedText).join(', ')}` : ''}.`;
}

const title = ({ step: { kind, name } }: StepFault): string => `${kind} ${name}`;
const withWhy = (fault: StepFault): string => `${title(fault)} (${fault.why})`;
