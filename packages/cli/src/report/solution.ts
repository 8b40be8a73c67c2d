/** A solution for people. */
import type { Application } from '@camelc/application';
import { count, displayWidth, money, shortNumber, table, wrap } from '@camelc/project';
import { reasonTexts, type WithSolution } from '@camelc/project/solving';
import type { Solution } from '@camelc/solver';
import { currencySign } from './currency.js';
import { hostsCarrySeveral, hostsTable, instancesTable } from './hosts.js';
import { machineCells } from './machine.js';
import type { Style } from './style.js';

/** The table of a solution with its utility, cost and proof. `took` is shown on a terminal alone. */
export function renderSolution(solved: WithSolution, style: Style, terminal: boolean): string {
  const { application, solution, list, sources, metricFiles, took } = solved;
  const metrics = metricFiles.length ? `, metrics of ${metricFiles.join(', ')}` : '';
  const title = application.name + (application.version ? ` ${application.version}` : '');
  return [
    style.bold(title) +
      wrap(`${title}: ${count(application.components.length, 'component')}, ${count(list.candidates.length, 'candidate')} (${sources})${metrics}`, style.width).slice(title.length),
    '',
    ...tables(solved, style),
    proof(application, solution) + (terminal ? ` in ${took < 10 ? took.toFixed(1) : took.toFixed(0)} ms` : ''),
    '',
    ...reasonTexts(solved).map((r) => wrap(r.text, style.width)),
    '',
  ].join('\n');
}

/** The lines of the tables, each with an empty line after it: components, and hosts where these carry several, so that what they cost belongs to no one component. */
function tables({ application, solution, candidatesById, list }: WithSolution, style: Style): string[] {
  const width = style.width - 2;
  const currency = currencySign(list.currency);
  const several = application.placement === 'shared' || hostsCarrySeveral(solution);
  const texts = several
    ? [instancesTable(solution, candidatesById), hostsTable(solution, candidatesById, currency, width)]
    : [componentsTable(solution, candidatesById, currency, width)];
  return texts.flatMap((text) => {
    const [head, ...body] = text.split('\n');
    return [...[style.dim(head!), ...body].map((line) => '  ' + line), ''];
  });
}

/** The table in at most `width` columns where that can be: the location goes first, then the size of the machine. */
function componentsTable(solution: Solution, candidatesById: WithSolution['candidatesById'], currency: string, width: number): string {
  const rows = solution.components.map(({ name, cardinality, candidate }) => {
    const machine = candidate === undefined ? undefined : candidatesById.get(candidate);
    return machine ? [name, String(cardinality), ...machineCells(machine), money(machine.price * cardinality)] : [name, String(cardinality), '-', '', '', '', money(0)];
  });
  const line = '─'.repeat(Math.max(5, ...rows.map((r) => r[6]!.length)));
  const all = [['component', 'instances', 'candidate', '', '', 'where', `${currency}/h`], ...rows, ['', '', '', '', '', '', line], ['', '', '', '', '', '', money(solution.cost!)]];
  const fits = (text: string): boolean => text.split('\n').every((l) => displayWidth(l) <= width);
  const without = (...columns: number[]): string[][] => all.map((row) => row.filter((_, column) => !columns.includes(column)));
  const wide = table(all, [1, 3, 4, 6]);
  if (fits(wide)) return wide;
  const narrower = table(without(5), [1, 3, 4, 5]);
  return fits(narrower) ? narrower : table(without(3, 4, 5), [1, 3]);
}

/** `utility 5.81 (CostUtility), optimal: proven`. */
function proof(application: Application, solution: Solution): string {
  const [first] = application.objectives;
  const name = first ? application.variables[first.variable]!.id : 'cost';
  const value = first ? `utility ${shortNumber(solution.utility!)} (${name})` : `lowest cost`;
  if (solution.kept) return `${first ? value : 'cost'}, kept as it runs: within ${shortNumber(solution.gap!)} of the bound ${shortNumber(solution.bound!)}`;
  return solution.status === 'optimal' ? `${value}, optimal: proven` : `${value}, feasible: within ${shortNumber(solution.gap!)} of the bound ${shortNumber(solution.bound!)}`;
}
