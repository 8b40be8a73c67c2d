/** A plan for people. */
import { relative } from 'node:path';
import { groupOf, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Change, Plan, Resource } from '@camelc/plan';
import type { Fired } from '@camelc/project/planning';
import { count, displayWidth, money, shortNumber, table, wrap } from '@camelc/project';
import { currencySign } from './currency.js';
import { disruptionText, partText, placedText } from './parts.js';
import type { Style } from './style.js';
import { showPlace } from './text.js';

/** Parts of a change that stand in its line; more get lines of their own. */
const inLine = 2;

/** Columns that a change takes at most with its reason beside it, also where there is no terminal. */
const longestLine = 160;

/** Labels in which a target notes what else changes. */
const bookkeeping = /^\/labels\/(com\.docker\.stack|camelc)\./;

/** What is known where a plan was just made. */
interface Known {
  /** How many hosts the target has. */
  hosts?: number;
  /** What the target says of the plan, such as that a value could not be compared. */
  hints?: readonly Diagnostic[];
  /** SLOs that fire. */
  fired?: readonly Fired[];
}

/** The hints that targets give: they are about the plan, not about the text of the model. */
export const ofTarget = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter(({ code, severity }) => severity === 'hint' && ['engine', 'cloudiator', 'secret'].includes(groupOf(code)));

/** What a plan does and why, in a line for each thing that changes. */
export function renderPlan(plan: Plan, style: Style, { hosts, hints = [], fired = [] }: Known = {}): string {
  const rows = [...missingRows(plan), ...gathered(plan.changes.map(changeRow))];
  return [
    wrap(title(plan, hosts), style.width),
    ...(rows.length ? ['', ...lines(rows, style)] : []),
    ...(plan.changes.length ? unchanged(plan) : []),
    ...notes(plan, hints, fired).flatMap((note) => ['', wrap(note, style.width)]),
    '',
  ].join('\n');
}

/** `Shop on swarm `prod` (3 hosts): 2 changes, cost 0.2060 → 0.2920 €/h, utility 5.81 → 3.88`. */
function title({ application, target, changes, hosts: { missing }, before, after, basis }: Plan, hosts: number | undefined): string {
  const where = `${target.kind} \`${target.name}\`${hosts === undefined ? '' : ` (${count(hosts, 'host')})`}`;
  const lacking = missing.reduce((sum, { number }) => sum + number, 0);
  const what = `${changes.length === 0 ? 'no changes' : count(changes.length, 'change')}${lacking > 0 ? `, ${count(lacking, 'host')} missing` : ''}`;
  const sign = currencySign(after.currency);
  const cost = fromTo(before && before.currency === after.currency ? money(before.cost) : undefined, money(after.cost));
  const comparable = before?.objective === after.objective && before?.utility !== undefined;
  const utility = after.utility === undefined ? '' : `, utility ${fromTo(comparable ? shortNumber(before.utility!) : undefined, shortNumber(after.utility))}`;
  const first = basis.revision === 0 && changes.length > 0 ? 'first deployment, ' : '';
  return `${application} on ${where}: ${first}${what}, cost ${cost} ${sign}/h${utility}`;
}

const fromTo = (before: string | undefined, after: string): string => (before === undefined || before === after ? after : `${before} → ${after}`);

interface Row {
  sign: '!' | '+' | '~' | '-' | '↻';
  kind: string;
  name: string;
  what: string;
  why: string;
  /** Below it. */
  more: string[];
}

function missingRows({ hosts }: Plan): Row[] {
  return hosts.missing.map(({ group, hardware, number, command, why }) => ({
    sign: '!',
    kind: 'host',
    name: group,
    what: `${number} missing: ${hardware}`,
    why,
    more: [`join: ${command}`],
  }));
}

function changeRow(change: Change): Row {
  const { action, kind, name, parts, drift, cause, disruption, why, from } = change;
  const told = parts.filter((part) => !bookkeeping.test(part.pointer));
  const texts = parts.length > 0 && told.length === 0 ? ['labels'] : told.map(partText);
  const short = texts.length <= inLine && texts.join().length <= 60;
  const summary = action === 'update' ? (short ? texts : [count(texts.length, 'part')]) : [];
  const follows = action === 'update' && cause === 'follows';
  const [place] = from;
  const drifted = cause === 'drift' ? [] : drift.map((part) => `changed since it was applied: ${partText(swapped(part))}`);
  return {
    sign: action === 'create' ? '+' : action === 'remove' ? '-' : follows ? '↻' : '~',
    kind,
    name,
    what: [...(follows && parts.length === 0 ? ['restarts'] : summary), disruptionText(disruption)].filter(Boolean).join(', '),
    why: `${cause === 'drift' ? 'it changed since it was applied: ' : ''}${why}${place ? ` (${shortPlace(place)})` : ''}`,
    more: [...(short || action !== 'update' ? [] : texts), ...drifted],
  };
}

/** Rows for the same host become one: of `node1 shop.web=true` and `node1 shop.db=true` the host stands there once. */
function gathered(rows: readonly Row[]): Row[] {
  const found = new Map<string | Row, Row>();
  for (const row of rows) {
    const [host, ...rest] = row.name.split(' ');
    const key = rest.length > 0 && row.what === '' && row.more.length === 0 ? `${row.sign} ${row.kind} ${host}` : row;
    const first = found.get(key);
    const why = first && first.why !== row.why ? `${first.why}; ${row.why}` : row.why;
    found.set(key, first ? { ...first, name: `${first.name}, ${rest.join(' ')}`, why } : row);
  }
  return [...found.values()];
}

/** As short as it can be said where the command line stands. */
function shortPlace(place: Place): string {
  const near = relative('', place.file);
  return showPlace(near !== '' && near.length < place.file.length ? { ...place, file: near } : place);
}

/** Of drift, `before` is what runs and `wanted` what was applied: people read it in the order of time. */
const swapped = ({ pointer, before, wanted }: Change['drift'][number]): Change['drift'][number] => ({
  pointer,
  ...(wanted !== undefined && { before: wanted }),
  ...(before !== undefined && { wanted: before }),
});

/** The reasons beside the changes where there is room, else below each. */
function lines(rows: readonly Row[], style: Style): string[] {
  const colour = { '!': style.yellow, '+': style.green, '~': style.yellow, '-': style.red, '↻': style.cyan };
  const wide = table(rows.map(({ kind, name, what, why }) => [kind, name, what, why])).split('\n');
  const fits = wide.every((line) => displayWidth(line) + 4 <= Math.min(style.width, longestLine));
  const shown = fits ? wide : table(rows.map(({ kind, name, what }) => [kind, name, what])).split('\n');
  return rows.flatMap(({ sign, why, more }, i) => [
    `  ${colour[sign](sign)} ${shown[i]}`,
    ...(fits || why === '' ? [] : below(why, style)),
    ...more.flatMap((text) => below(text, style)),
  ]);
}

const below = (text: string, style: Style): string[] =>
  wrap(text, style.width - 8)
    .split('\n')
    .map((line) => `        ${style.dim(line)}`);

function unchanged({ unchanged: kinds }: Plan): string[] {
  const texts = Object.entries(kinds).flatMap(([kind, n]) => (n > 0 ? [count(n, kind)] : []));
  return texts.length ? [`    ${texts.join(', ')} unchanged`] : [];
}

function notes(plan: Plan, hints: readonly Diagnostic[], fired: readonly Fired[]): string[] {
  const said = hints.map(({ message }) => message).join('\n');
  return [firedNote(plan, fired), secretsNote(plan, hints), said, dataNote(plan), surplusNote(plan), disruptionNote(plan)].filter((note) => note !== '');
}

/** The occasion of a plan is not its cause: what changes has its own reason. */
function firedNote({ changes }: Plan, fired: readonly Fired[]): string {
  if (fired.length === 0) return '';
  const slos = fired.map(({ name, says, place }) => `${name} fires: ${says} (${shortPlace(place)})`).join('; ');
  return changes.length > 0 ? `why now: ${slos}` : `${slos}. The best deployment is what runs: nothing in the model lets it react.`;
}

/** Where credentials come from, with what tells two values of one apart. */
function secretsNote({ secrets, wanted }: Plan, hints: readonly Diagnostic[]): string {
  const texts = Object.entries(secrets).map(([name, reference]) => {
    if (hints.some(({ code, message }) => code === 'engine/secret-kept' && message.includes(` ${name} `))) return `${name} from ${reference} (not compared)`;
    const fingerprint = wanted.resources.map((resource) => fingerprintIn(resource, name)).find((found) => found !== undefined);
    return `${name} from ${reference}${fingerprint ? ` (fingerprint ${fingerprint})` : ''}`;
  });
  return texts.length ? `credentials: ${texts.join(', ')}` : '';
}

/** The fingerprint of a credential: in the name of a swarm's secret, or beside the tasks of a Cloudiator's job. */
function fingerprintIn({ kind, name, key, spec }: Resource, credential: string): string | undefined {
  if (kind === 'secret') return name === credential ? key.match(/-([0-9a-f]{12})$/)?.[1] : undefined;
  return kind === 'job' ? (spec as { secrets: Record<string, string> }).secrets[credential] : undefined;
}

/** Data on hosts where nothing uses it any more, as its component goes, moves, or is called otherwise from now on. */
function dataNote({ leftBehind = [] }: Plan): string {
  const texts = leftBehind.map((data) => `${placedText(data)}${data.component === undefined ? '' : ` (${data.component})`}`);
  return texts.length ? `Data stays behind that nothing uses any more: ${texts.join('; ')}.` : '';
}

function surplusNote({ hosts, after }: Plan): string {
  const texts = hosts.surplus.map(({ host, candidate, price, why }) => {
    const what = [candidate, price === undefined ? undefined : `${money(price)} ${currencySign(after.currency)}/h`].filter((text) => text !== undefined).join(', ');
    return `${host}${what ? ` (${what})` : ''}: ${why}`;
  });
  return texts.length ? `no longer needed, and never removed by camelc: ${texts.join('; ')}` : '';
}

/** What users of the application notice of it all. */
function disruptionNote({ changes }: Plan): string {
  const updates = changes.filter((c) => c.disruption.kind !== 'none');
  if (updates.length === 0) return '';
  const interrupted = updates.filter((c) => c.disruption.available === 0).map((c) => c.name);
  if (interrupted.length) return `${interrupted.join(', ')} will be interrupted.`;
  const fewer = updates.filter(({ disruption: { available, of } }) => available !== undefined && of !== undefined && available < of);
  return fewer.length
    ? `${fewer.map((c) => `${c.disruption.available} of ${c.disruption.of} replicas of ${c.name}`).join(', ')} serve during the update.`
    : 'Nothing is stopped before its replacement is healthy.';
}
