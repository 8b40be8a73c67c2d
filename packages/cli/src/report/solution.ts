/** A solution for people, and as JSON. */
import type { Application } from '@camelc/application';
import type { NodeCandidate } from '@camelc/candidates';
import type { Reasons, Solution } from '@camelc/solver';
import type { Solved } from '../solving.js';
import { diagnosticToJson } from './json.js';
import { count, money, plain } from './numbers.js';
import { displayWidth, table, wrap, type Style } from './style.js';

/** A run that found a deployment. */
export type WithSolution = Solved & { solution: Solution };

/** What `solve --format json` prints. */
export function solutionToJson(solved: Solved): object {
  const { application, solution, conflict = [], candidatesById, diagnostics, sources, metricFiles, list } = solved;
  return {
    formatVersion: 1,
    application: application.name,
    status: solution?.status ?? 'infeasible',
    ...(solution && {
      utility: solution.utility ?? null,
      bound: solution.bound ?? null,
      gap: solution.gap ?? null,
      cost: solution.cost,
    }),
    currency: list.currency,
    candidates: sources,
    metrics: metricFiles,
    components: (solution?.components ?? []).map(({ candidate, ...rest }) => ({
      ...rest,
      ...(candidate !== undefined && { candidate: { id: candidate, hardware: candidatesById.get(candidate)!.hardware } }),
    })),
    hosts: solution?.hosts ?? [],
    values: solution?.values ?? {},
    conflict: conflict.map(({ place, ...rest }) => ({ ...rest, ...(place && { file: place.file, range: place.range }) })),
    reasons: solution ? reasons({ ...solved, solution }) : [],
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}

/** The table of a solution with its utility, cost and proof. `took` is shown on a terminal alone. */
export function renderSolution(solved: WithSolution, style: Style, terminal: boolean): string {
  const { application, solution, list, sources, metricFiles, took } = solved;
  const metrics = metricFiles.length ? `, metrics of ${metricFiles.join(', ')}` : '';
  const title = application.name + (application.version ? ` ${application.version}` : '');
  const [head, ...body] = solutionTable(solved, style.width - 2).split('\n');
  return [
    style.bold(title) +
      wrap(`${title}: ${count(application.components.length, 'component')}, ${count(list.candidates.length, 'candidate')} (${sources})${metrics}`, style.width).slice(title.length),
    '',
    ...[style.dim(head!), ...body].map((line) => '  ' + line),
    '',
    proof(application, solution) + (terminal ? ` in ${took < 10 ? took.toFixed(1) : took.toFixed(0)} ms` : ''),
    '',
    ...reasons(solved).map((r) => wrap(r.text, style.width)),
    '',
  ].join('\n');
}

/** The table in at most `width` columns where that can be: the location goes first, then the size of the machine. */
function solutionTable({ solution, candidatesById, list }: WithSolution, width: number): string {
  const currency = { EUR: '€', USD: '$', GBP: '£', CHF: 'CHF' }[list.currency];
  const rows = solution.components.map(({ name, cardinality, candidate }) => {
    const k = candidate === undefined ? undefined : candidatesById.get(candidate);
    if (!k) return [name, String(cardinality), '-', '', '', '', money(0)];
    const cores = k.cores === undefined ? '' : `${k.cores} cpu`;
    const memory = k.memory === undefined ? '' : `${plain(k.memory / 1024)} GB`;
    return [name, String(cardinality), `${k.cloud.provider} ${k.hardware}`, cores, memory, where(k), money(k.price * cardinality)];
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

function where({ cloud, location, type }: NodeCandidate): string {
  const own = type === 'BYON' || type === 'EDGE' ? 'own node' : cloud.type === 'private' ? 'private' : '';
  return [location?.city ?? location?.name ?? location?.id, location?.country, own].filter(Boolean).join(', ');
}

/** `utility 5.81 (CostUtility), optimal: proven`. */
function proof(application: Application, solution: Solution): string {
  const [first] = application.objectives;
  const name = first ? application.variables[first.variable]!.id : 'cost';
  const value = first ? `utility ${plain(solution.utility!)} (${name})` : `lowest cost`;
  return solution.status === 'optimal' ? `${value}, optimal: proven` : `${value}, feasible: within ${plain(solution.gap!)} of the bound ${plain(solution.bound!)}`;
}

type NextBest = NonNullable<Reasons['nextBest']>;

interface ReasonText {
  component: string;
  text: string;
}

/** Why each component stands where it stands, and has as many instances, in sentences. */
function reasons({ solution, candidatesById, fits, list }: WithSolution): ReasonText[] {
  return solution.components.flatMap((decided): ReasonText[] => {
    if (decided.candidate === undefined) return [];
    const { component, fit } = fits.find((f) => f.component.name === decided.name)!;
    const k = candidatesById.get(decided.candidate)!;
    const asks = component.requirements.filter((r) => r.kind !== 'cloud-type').map((r) => r.text);
    const because = asks.length ? `it needs ${listing(asks)}` : 'it asks for nothing in particular';
    const next = decided.reasons?.nextBest;
    const other = next && candidatesById.get(next.candidate);
    const others = fit.fits.length - 1;
    const noOther =
      others === 0
        ? 'no other candidate fits'
        : `${others === 1 ? 'the other that fits' : `each of the other ${others} that fit`} would break a constraint or a limit in its place`;
    const nextText =
      next && other
        ? `the next best, ${other.cloud.provider} ${other.hardware}${other.location?.city ? ` in ${other.location.city}` : ''}, ${difference(next, solution, list.currency)}`
        : noOther;
    const broken = decided.reasons?.fewer?.map((c) => c.name) ?? [];
    const fewer = broken.length ? ` One instance less would break ${listing(broken)}.` : '';
    return [{ component: decided.name, text: `${decided.name} is on ${k.hardware}: ${because}; ${nextText}.${fewer}` }];
  });
}

/** What the next best candidate costs, and the utility with it where that differs as far as it is shown. */
function difference({ extraCost, utility }: NextBest, solution: Solution, currency: string): string {
  const cost = Math.abs(extraCost) < 1e-12 ? 'would cost the same' : `would cost ${money(Math.abs(extraCost))} ${currency}/h ${extraCost > 0 ? 'more' : 'less'} for each instance`;
  const differs = utility !== undefined && solution.utility !== undefined && plain(utility) !== plain(solution.utility);
  return differs ? `${cost}, with a utility of ${plain(utility)}` : cost;
}

const listing = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
