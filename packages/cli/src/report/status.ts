/** What runs, for people and as JSON. */
import type { Conduct, Json, RunningResource, Status, Target } from '@camelc/plan';
import { count, money, shortNumber, table } from '@camelc/project';
import { currencySign } from './currency.js';
import { partText } from './parts.js';
import type { Style } from './style.js';

/** Names of the hosts that a resource runs on: those that what it needs stands for. */
function hostsOf({ needs }: RunningResource, { resources, hosts }: Status, { hosts: kinds }: Conduct): string[] {
  const specs = resources.filter((r) => kinds.includes(r.kind) && needs.includes(r.key)).map((r) => r.spec);
  const ids = new Set(specs.flatMap((spec) => (isRecord(spec) ? Object.values(spec) : [])));
  return hosts.filter((host) => ids.has(host.id)).map((host) => host.name);
}

const isRecord = (spec: Json): spec is { [name: string]: Json } => typeof spec === 'object' && spec !== null && !Array.isArray(spec);

/** What `status --format json` prints. */
export function statusToJson(id: string, status: Status, { kind, name, conduct }: Target): object {
  const { applied, revisions, resources, healthy, drift, unfinished, lock } = status;
  return {
    formatVersion: 1,
    application: applied?.application ?? id,
    id,
    target: { kind, name },
    ...(applied && { revision: applied.number, ...applied.worth }),
    revisions,
    healthy,
    services: resources.flatMap((resource) => (resource.tasks ? [{ kind: resource.kind, name: resource.name, ...resource.tasks, hosts: hostsOf(resource, status, conduct) }] : [])),
    drift: drift.map(({ kind: what, resource, parts }) => ({ what, ...resource, parts })),
    ...(unfinished && { unfinished }),
    ...(lock && { lock }),
  };
}

export function renderStatus(id: string, status: Status, target: Target, style: Style): string {
  const { kind, name, conduct } = target;
  const { applied, resources, drift, unfinished, lock } = status;
  const worth = applied ? `revision ${applied.number}, ${worthText(applied.worth)}` : 'no deployment is recorded';
  const lines = [`${style.bold(applied?.application ?? id)} on ${kind} \`${name}\`: ${worth}`];
  const services = resources.flatMap((resource) => (resource.tasks ? [{ resource, tasks: resource.tasks }] : []));
  if (services.length > 0) {
    const rows = services.map(({ resource, tasks }) => [
      resource.kind,
      resource.name,
      `${tasks.healthy}/${tasks.wanted} healthy`,
      hostsOf(resource, status, conduct).join(', '),
      tasks.problem ?? '',
    ]);
    const shown = table(rows).split('\n');
    lines.push('', ...services.map(({ tasks }, i) => `  ${tasks.healthy >= tasks.wanted ? style.green('✔') : style.red('✖')} ${shown[i]}`));
  }
  if (drift.length > 0) {
    const signs = { changed: style.yellow('~'), missing: style.red('-'), extra: style.green('+') };
    lines.push('', `${count(drift.length, 'difference')} from what was applied; \`camelc plan\` shows how that is put right:`);
    for (const { kind: what, resource, parts } of drift) {
      // From what was applied to what somebody made of it.
      const texts = parts.map(({ pointer, before, wanted }) =>
        partText({ pointer, ...(wanted !== undefined && { before: wanted }), ...(before !== undefined && { wanted: before }) }),
      );
      lines.push(`  ${signs[what]} ${resource.kind} ${resource.name}   ${what === 'changed' ? texts.join(', ') : what === 'missing' ? 'is gone' : 'was added'}`);
    }
  }
  if (lock) lines.push('', `${lock.holder} is applying a plan${unfinished ? `: ${unfinished.done} of ${unfinished.steps} steps are done` : ''}.`);
  else if (unfinished) lines.push('', unfinishedText(unfinished));
  return `${lines.join('\n')}\n`;
}

/** `0.2920 €/h, utility 3.88 (CostUtility)`. */
export const worthText = ({ cost, currency, utility, objective }: NonNullable<Status['applied']>['worth']): string =>
  `${money(cost)} ${currencySign(currency)}/h${utility === undefined ? '' : `, utility ${shortNumber(utility)} (${objective})`}`;

/** What is to be done about an apply that was interrupted. */
export const unfinishedText = ({ undoing, done, steps }: NonNullable<Status['unfinished']>): string =>
  undoing
    ? 'An apply was interrupted while it was undone: `camelc rollback` undoes the rest.'
    : `An apply was interrupted when ${done} of ${steps} steps were done: \`camelc apply\` goes on with it, \`camelc rollback\` undoes it.`;
