/** A solution for people, and as JSON. */
import type { Application } from '@camelc/application';
import type { NodeCandidate } from '@camelc/candidates';
import { catalogue, type Diagnostic } from '@camelc/diagnostics';
import type { Solution } from '@camelc/solver';
import type { Solved } from '../solving.js';
import { diagnosticToJson } from './json.js';
import { money, plain } from './numbers.js';
import { table, type Style } from './style.js';

/** What `solve --format json` prints. */
export function solutionToJson({ application, result, candidatesById, diagnostics, sources, list }: Solved): object {
  const { solution } = result;
  return {
    formatVersion: 1,
    application: application.name,
    status: solution?.status ?? (isInfeasible(diagnostics) ? 'infeasible' : 'error'),
    ...(solution && solution.status !== 'infeasible' && {
      utility: solution.utility ?? null,
      bound: solution.bound ?? null,
      gap: solution.gap ?? null,
      cost: solution.cost,
    }),
    currency: list.currency,
    candidates: sources,
    components: (solution?.components ?? []).map(({ candidate, ...rest }) => ({
      ...rest,
      ...(candidate !== undefined && { candidate: { id: candidate, hardware: candidatesById.get(candidate)!.hardware } }),
    })),
    hosts: solution?.hosts ?? [],
    values: solution?.values ?? {},
    conflict: solution?.conflict?.map(({ name, kind, place }) => ({ element: name, kind, ...(place && { file: place.file, range: place.range }) })) ?? conflictOf(result.diagnostics),
    reasons: solution?.status === 'optimal' || solution?.status === 'feasible' ? reasons(application, solution, candidatesById, list.currency) : [],
    diagnostics: diagnostics.map(diagnosticToJson),
  };
}

const isInfeasible = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.severity === 'error' && (catalogue[d.code] as { exit?: number }).exit === 3);

function conflictOf(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics
    .filter((d) => d.severity === 'error')
    .flatMap((d) => d.related?.map(({ message, place }) => ({ element: message, file: place.file, range: place.range })) ?? (d.place ? [{ element: d.message, file: d.place.file, range: d.place.range }] : []));
}

/** The table of a solution with its utility, cost and proof. `took` is shown on a terminal alone. */
export function renderSolution({ application, result, candidatesById, list, sources, took }: Solved, style: Style, terminal: boolean): string {
  const { solution } = result;
  if (!solution || solution.status === 'infeasible') return '';
  const currency = { EUR: '€', USD: '$', GBP: '£', CHF: 'CHF' }[list.currency];
  const rows = solution.components.map(({ name, cardinality, candidate }) => {
    const k = candidate === undefined ? undefined : candidatesById.get(candidate);
    if (!k) return [name, String(cardinality), '-', '', '', money(0)];
    return [name, String(cardinality), `${k.cloud.provider} ${k.hardware}`, machine(k), where(k), money(k.price * cardinality)];
  });
  const header = ['component', 'instances', 'candidate', '', 'where', `${currency}/h`];
  const all = table([header, ...rows, ['', '', '', '', '', '─'.repeat(Math.max(5, ...rows.map((r) => r[5]!.length)))], ['', '', '', '', '', money(solution.cost!)]], [1, 5]);
  const [head, ...body] = all.split('\n');
  const version = application.version ? ` ${application.version}` : '';
  const count = `${application.components.length} component${application.components.length === 1 ? '' : 's'}`;
  return [
    `${style.bold(application.name + version)}: ${count}, ${list.candidates.length} candidates (${sources})`,
    '',
    ...[style.dim(head!), ...body].map((line) => '  ' + line),
    '',
    proof(application, solution) + (terminal ? ` in ${took < 10 ? took.toFixed(1) : took.toFixed(0)} ms` : ''),
    '',
    ...reasons(application, solution, candidatesById, list.currency).map((r) => r.text),
    '',
  ].join('\n');
}

const machine = (k: NodeCandidate): string => [k.cores !== undefined && `${k.cores} cpu`, k.memory !== undefined && `${plain(k.memory / 1024)} GB`].filter(Boolean).join('  ');

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

interface ReasonText {
  component: string;
  text: string;
}

/** Why each component stands where it stands, in a sentence. */
function reasons(application: Application, solution: Solution, candidatesById: ReadonlyMap<string, NodeCandidate>, currency: string): ReasonText[] {
  return solution.components.flatMap((decided): ReasonText[] => {
    const component = application.components.find((c) => c.name === decided.name)!;
    if (decided.candidate === undefined) return [];
    const k = candidatesById.get(decided.candidate)!;
    const asks = component.requirements.filter((r) => r.kind !== 'cloud-type').map((r) => r.text);
    const because = asks.length ? `it needs ${listing(asks)}` : 'it asks for nothing in particular';
    const next = decided.reasons?.nextBest;
    const other = next && candidatesById.get(next.candidate);
    const nextText = !next || !other ? 'no other candidate fits' : `the next best, ${other.cloud.provider} ${other.hardware}${other.location?.city ? ` in ${other.location.city}` : ''}, ${difference(next.extraCost, currency)}`;
    return [{ component: decided.name, text: `${decided.name} is on ${k.hardware}: ${because}; ${nextText}.` }];
  });
}

function difference(value: number, currency: string): string {
  if (Math.abs(value) < 1e-12) return 'costs the same';
  return `would cost ${money(Math.abs(value))} ${currency}/h ${value > 0 ? 'more' : 'less'} for each instance`;
}

const listing = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
