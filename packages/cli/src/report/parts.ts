/** Parts of specs that differ, in few words. */
import type { Disruption, Json, Part, Plan } from '@camelc/plan';

/** Characters of a value that are shown. */
const longestValue = 60;

/** `replicas 2 → 3`. */
export function partText({ pointer, before, wanted }: Part): string {
  const place = placeOf(pointer);
  if (typeof before === 'string' && typeof wanted === 'string' && `${before}${wanted}`.includes('\n')) return `${place} ${linesText(before, wanted)}`;
  // Of what comes or goes by its name, the name says enough.
  if (before === undefined && isNested(wanted)) return `+ ${place}`;
  if (wanted === undefined && isNested(before)) return `- ${place}`;
  return `${place} ${change(before, wanted)}`.trim();
}

/** `/environment/LEVEL` → `environment LEVEL`, `/maxReplicas` → `max replicas`; of items of lists the list. */
function placeOf(pointer: string): string {
  const [first = '', ...more] = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [first.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(), ...more.filter((step) => !/^\d+$/.test(step))].join(' ');
}

/** How many lines come and go in a text of several: `+2 -1 lines`. */
function linesText(before: string, wanted: string): string {
  const left = new Map<string, number>();
  for (const line of before.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of wanted.split('\n')) {
    const n = left.get(line) ?? 0;
    if (n > 0) left.set(line, n - 1);
    else added++;
  }
  const removed = [...left.values()].reduce((sum, n) => sum + n, 0);
  const counts = [...(added ? [`+${added}`] : []), ...(removed ? [`-${removed}`] : [])];
  return counts.length ? `${counts.join(' ')} ${added + removed === 1 ? 'line' : 'lines'}` : 'lines in another order';
}

const change = (before: Json | undefined, wanted: Json | undefined): string => {
  if (before === undefined) return wanted === undefined ? '' : `+ ${valueText(wanted)}`;
  return wanted === undefined ? `- ${valueText(before)}` : `${valueText(before)} → ${valueText(wanted)}`;
};

/** A value on one line, shortened in its middle; of digests the beginning. */
function valueText(value: Json): string {
  const text = plainText(value)
    .replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1…')
    .replace(/\s+/g, ' ');
  const half = longestValue / 2;
  return text.length > longestValue ? `${text.slice(0, half)}…${text.slice(1 - half)}` : text === '' ? '""' : text;
}

/** `memory 64M, cpus 1` of a plain object; else as JSON. */
function plainText(value: Json): string {
  if (typeof value === 'string') return value;
  const members = membersOf(value);
  return members.length > 0 && !isNested(value) ? members.map(([name, member]) => `${name} ${String(member)}`).join(', ') : JSON.stringify(value);
}

const membersOf = (value: Json | undefined): [string, Json][] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
const isNested = (value: Json | undefined): boolean => membersOf(value).some(([, member]) => typeof member === 'object');

/** What of an application stays behind, and where: `volume rows on worker-3`. */
export const placedText = ({ kind, name, hosts }: NonNullable<Plan['leftBehind']>[number]): string => `${kind} ${name}${hosts.length ? ` on ${hosts.join(', ')}` : ''}`;

/** What users of the application notice; empty: nothing. */
export function disruptionText({ kind, available, of }: Disruption): string {
  const how = { none: '', rolling: 'one by one', recreate: 'stops before it starts anew', migrate: 'moves to another host' }[kind];
  if (available === undefined || of === undefined || kind === 'none') return how;
  if (available === 0) return `${how}, interrupted`;
  return available >= of ? how : `${how}, ${available} of ${of} replicas serve`;
}
