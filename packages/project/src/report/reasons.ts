/** Why a solution is as it is, in sentences. */
import type { CandidateReasons, OtherCandidate, Reasons, Solution, SolutionComponent, SolutionHosts } from '@camelc/solver';
import type { Solved } from '../solve.js';
import { count, money, shortNumber } from './numbers.js';

export interface ReasonText {
  component?: string;
  /** Those that share the hosts which this is about. */
  components?: string[];
  text: string;
}

type Explained = Pick<Solved, 'candidatesById' | 'fits' | 'list' | 'problem'> & { solution: Solution };

/** Why each component, or each group of shared hosts, is on its candidate, and why there are as many instances. */
export function reasonTexts(explained: Explained): ReasonText[] {
  const { components, hosts } = explained.solution;
  const shared = hosts.flatMap((h): ReasonText[] => (h.reasons ? [{ components: h.components, text: ofHosts(h, h.reasons, explained) }] : []));
  return [...shared, ...components.flatMap((c) => ofComponent(c, explained))];
}

function ofComponent(decided: SolutionComponent, explained: Explained): ReasonText[] {
  const { name, cardinality, candidate, reasons = {} } = decided;
  const number = numberText(cardinality, reasons);
  if (candidate === undefined) return number ? [{ component: name, text: `${name} has ${count(cardinality, 'instance')}.${number}` }] : [];
  const { component, fit } = explained.fits.find((f) => f.component.name === name)!;
  const asks = component.requirements.filter((r) => r.kind !== 'cloud-type').map((r) => r.text);
  const because = asks.length ? `it needs ${listing(asks)}` : 'it asks for nothing in particular';
  const others = fit.fits.length - 1;
  const stays = explained.problem.components.some((c) => c.name === name && c.unmoveable);
  const noOther = stays
    ? 'it stays on the candidate that it runs on'
    : others === 0
      ? 'no other candidate fits'
      : `${others === 1 ? 'the other that fits' : `each of the other ${others} that fit`} would break a constraint or a limit in its place`;
  const { hardware } = explained.candidatesById.get(candidate)!;
  return [{ component: name, text: `${name} is on ${hardware}: ${because}; ${othersText(reasons, noOther, 'instance', explained)}${number}` }];
}

function ofHosts({ candidate, number, components }: SolutionHosts, reasons: CandidateReasons, explained: Explained): string {
  const { hardware } = explained.candidatesById.get(candidate)!;
  const carried = [...new Set(components)].map((name) => {
    const times = components.filter((c) => c === name).length;
    return times === 1 ? name : `${times} of ${name}`;
  });
  const shared = `${listing(carried)} share ${number === 1 ? 'a host' : `each of ${number} hosts`} on ${hardware}`;
  const alone = `${listing(carried)} is on ${number === 1 ? '' : `each of ${number} hosts of `}${hardware}`;
  return `${components.length > 1 ? shared : alone}: ${othersText(reasons, 'no other candidate could carry the same', 'host', explained)}`;
}

/** The next best candidate, and what excludes a better one. */
function othersText({ nextBest, binding }: CandidateReasons, noOther: string, each: string, explained: Explained): string {
  const next = nextBest ? `the next best, ${named(nextBest, explained)}, ${difference(nextBest, each, explained)}` : noOther;
  const [first] = binding ?? [];
  if (!first) return `${next}.`;
  const { requirements, room } = first;
  const asks = requirements.map((r) => (r.kind === 'unmoveable' ? `${r.name} ${r.says}` : `${r.name} asks for ${r.says}`));
  const short = room ? [`its ${amount(room.resource, room.has)} are not enough for ${amount(room.resource, room.asked)}`] : [];
  return `${next}. ${named(first, explained)} ${difference(first, each, explained)}, but ${listing([...asks, ...short])}.`;
}

function numberText(cardinality: number, { fewer = [], more = [] }: Reasons): string {
  // That there is one at all needs no word.
  const needed = cardinality === 1 && fewer.some((c) => c.kind === 'scale' || c.kind === 'default-cardinality');
  const less = needed ? [] : fewer.map((c) => c.name);
  const limit = more.map((c) => c.name);
  return `${less.length ? ` One instance less would break ${listing(less)}.` : ''}${limit.length ? ` One instance more would be better, but would break ${listing(limit)}.` : ''}`;
}

function named({ candidate }: OtherCandidate, { candidatesById }: Explained): string {
  const { cloud, hardware, location } = candidatesById.get(candidate)!;
  return `${cloud.provider} ${hardware}${location?.city ? ` in ${location.city}` : ''}`;
}

/** What another candidate costs, and the utility with it where that differs as far as it is shown. */
function difference({ extraCost, utility }: OtherCandidate, each: string, { solution, list }: Explained): string {
  const cost =
    Math.abs(extraCost) < 1e-12 ? 'would cost the same' : `would cost ${money(Math.abs(extraCost))} ${list.currency}/h ${extraCost > 0 ? 'more' : 'less'} for each ${each}`;
  const differs = utility !== undefined && solution.utility !== undefined && shortNumber(utility) !== shortNumber(solution.utility);
  return differs ? `${cost}, with a utility of ${shortNumber(utility)}` : cost;
}

const amount = (resource: 'cores' | 'memory' | 'storage', value: number): string =>
  resource === 'cores' ? `${shortNumber(value)} cores` : `${shortNumber(resource === 'memory' ? value / 1024 : value)} GigaBytes of ${resource}`;

const listing = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);
