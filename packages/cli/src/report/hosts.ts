/** The hosts of a solution where they carry several components. */
import type { NodeCandidate } from '@camelc/candidates';
import { displayWidth, money, table, wrap } from '@camelc/project';
import type { Solution, SolutionHosts } from '@camelc/solver';
import { machineCells } from './machine.js';

/** Columns that the components of a host take at most, and at least where the terminal is narrow. */
const widest = 60;
const narrowest = 24;

const noBreak = '\u00a0';

/** Whether the table of components does not say already what stands where. */
export const hostsCarrySeveral = ({ hosts }: Solution): boolean => hosts.some(({ components }) => components.length > 1);

/** The columns of a size and a place, in the order in which they go where the terminal is narrow. */
const layouts = [[], [4], [2, 3, 4]];

/**
 * The table of the hosts in at most `width` columns where that can be: the location goes first, then the size of the machine.
 * @param currency the sign of the currency
 */
export function hostsTable({ hosts, cost }: Solution, candidatesById: ReadonlyMap<string, NodeCandidate>, currency: string, width: number): string {
  const machines = hosts.map(({ candidate, number }) => {
    const machine = candidatesById.get(candidate)!;
    return [String(number), ...machineCells(machine), money(machine.price * number)];
  });
  const head = ['hosts', 'candidate', '', '', 'where', `${currency}/h`];
  const total = money(cost!);
  const line = '─'.repeat(Math.max(5, total.length, ...machines.map((cells) => cells[5]!.length)));
  const sums = [line, total].map((text) => ['', '', '', '', '', text]);

  const tables = layouts.map((without) => {
    const layOut = (rows: readonly string[][]): string => {
      const columns = head.map((_, column) => column).filter((column) => !without.includes(column));
      const right = [0, 2, 3, 5].map((column) => columns.indexOf(column));
      return table(
        rows.map((cells) => [...columns.map((column) => cells[column]!), ...cells.slice(head.length)]),
        right,
      );
    };
    const room = width - displayWidth(layOut([head, ...machines, ...sums]).split('\n')[0]!) - 3;
    const rows = hosts.flatMap((group, i) => {
      const [first = '', ...more] = carried(group, Math.max(narrowest, Math.min(widest, room)));
      return [[...machines[i]!, first], ...more.map((text) => [...head.map(() => ''), text])];
    });
    return layOut([[...head, 'each carries'], ...rows, ...sums]);
  });
  return tables.find((text) => text.split('\n').every((l) => displayWidth(l) <= width)) ?? tables.at(-1)!;
}

/** The table of components whose hosts have a table of their own: how many of each, and on which machines. */
export function instancesTable({ components, hosts }: Solution, candidatesById: ReadonlyMap<string, NodeCandidate>): string {
  const rows = components.map(({ name, cardinality }) => {
    const machines = hosts.filter((group) => group.components.includes(name)).map(({ candidate }) => machineCells(candidatesById.get(candidate)!)[0]);
    return [name, String(cardinality), [...new Set(machines)].join(', ') || '-'];
  });
  return table([['component', 'instances', 'candidate'], ...rows], [1]);
}

/** `2 Web, Database`, in lines of at most `width` columns. */
function carried({ components }: SolutionHosts, width: number): string[] {
  const counts = new Map<string, number>();
  for (const name of components) counts.set(name, (counts.get(name) ?? 0) + 1);
  const text = [...counts].map(([name, n]) => (n === 1 ? name : `${n}${noBreak}${name}`)).join(', ');
  return wrap(text, width).replaceAll(noBreak, ' ').split('\n');
}
