/** The smallest change of one unit that gives a model a solution, in the unit's own measure. */
import type { AttributeRequirement, Component, Constraint, Requirement, Scale } from '@camelc/application/model';
import { attributeOf, type NodeCandidate } from '@camelc/candidates';
import type { Change } from './answer.js';
import { isBetter, type Outcome, type Search } from './judge.js';
import type { Model } from './model.js';
import { admitting, type Admitting } from './admitting.js';
import { beyond, digitsBelow, firstNumber, firstThat } from './nearest.js';
import { conflicting, hosts, instances } from './says.js';
import { nearestThreshold } from './threshold.js';
import { withComponent, withLimit, withMetric, without, withRequirement, withScale, type Unit } from './units.js';

/** A change, and how to make it. */
export interface Changing {
  change: Change;
  /** How large it is, to compare it with changes of other units: the relative difference of two numbers, 1 for one more of something, 2 for leaving the unit out. */
  size: number;
  apply: (model: Model) => Model;
}

/** So many values or names are tried for one requirement at most. */
const mostAdmitted = 60;

/**
 * The smallest change of a unit after which a model has a solution; undefined where none was found.
 * @param unit without it the model has a solution
 */
export async function smallestChange(unit: Unit, search: Search): Promise<Changing | undefined> {
  return (await ownMeasure(unit, search)) ?? leftOut(unit, search);
}

function ownMeasure(unit: Unit, search: Search): Promise<Changing | undefined> {
  switch (unit.kind) {
    case 'requirement':
      return requirement(unit, unit.requirement, search);
    case 'constraint':
      return threshold(unit, unit.constraint, search);
    case 'scale':
      return unit.bound === 'minimum' ? scaleMinimum(unit, unit.scale, search) : scaleMaximum(unit, unit.scale, search);
    case 'default-cardinality':
      return moreInstances(unit, unit.component, search);
    case 'limit':
      return number(unit, unit.candidate.limit!, hosts, (n) => (m) => withLimit(m, unit.candidate.id, n), search);
    case 'metric':
      return metric(unit, unit.value, unit.variable.id, search);
    default:
      return Promise.resolve(undefined);
  }
}

function requirement(unit: Unit, r: Requirement, search: Search): Promise<Changing | undefined> {
  if (r.kind !== 'attribute' || typeof r.value !== 'number') return admit(unit, r, search);
  return r.bound === 'equal' ? equal(unit, r, search) : bound(unit, r, search);
}

/** What is dropped without a measure of its own. A value that was measured cannot be left out. */
async function leftOut(unit: Unit, search: Search): Promise<Changing | undefined> {
  if (unit.kind === 'metric') return undefined;
  const apply = (m: Model): Model => without(m, unit);
  if (!(await works(search, apply))) return undefined;
  const { says } = conflicting(unit);
  return { change: { ...named(unit), from: says ?? '', to: '', text: 'without it' }, size: 2, apply };
}

const works = async ({ model, judge }: Search, apply: (model: Model) => Model): Promise<boolean> => (await judge.feasible(apply(model))) === 'yes';

function named(unit: Unit): Pick<Change, 'kind' | 'name' | 'place'> {
  const { kind, name, place } = conflicting(unit);
  return { kind, name, ...(place && { place }) };
}

/** A change from one number to another. */
function fromTo(unit: Unit, from: number, to: number, apply: (model: Model) => Model, word: (n: number) => string = String): Changing {
  const size = Math.abs(from - to) / Math.max(Math.abs(from), Math.abs(to));
  return { change: { ...named(unit), from: word(from), to: word(to), text: `${from} → ${word(to)}` }, size, apply };
}

/** Which of several numbers of a unit it is. */
const prefixed = (which: string, changing: Changing): Changing => ({ ...changing, change: { ...changing.change, text: `${which} ${changing.change.text}` } });

/**
 * One bound of an attribute: the values that candidates offer, nearest first. Where components share hosts, the minimum of a resource is also what an
 * instance takes of its host, so that any value below may help.
 */
async function bound(unit: Unit, r: AttributeRequirement, search: Search): Promise<Changing | undefined> {
  const value = Number(r.value);
  const from = Number(r.original.value);
  const side = r.bound === 'minimum' ? -1 : 1;
  const relaxed = offered(r, search).filter((v) => (v - value) * side > 0 || (v === value && !r.inclusive));
  const bounds = relaxed.map((v) => beyond((v * from) / value, side, { strict: !r.inclusive, whole: Number.isInteger(from) }));
  const nearestFirst = [...new Set([...bounds, ...(isDemand(r, search) ? digitsBelow(from) : [])])].sort((a, b) => (a - b) * side);
  const to = await firstThat(nearestFirst, (b) => works(search, withValue(r, b)));
  return to === undefined ? undefined : fromTo(unit, from, to, withValue(r, to), inUnitOf(r));
}

const isDemand = ({ attribute, bound: end }: AttributeRequirement, { model: { application } }: Search): boolean =>
  end === 'minimum' && ['cores', 'memory', 'storage'].includes(attribute) && (application.placement === 'shared' || application.couplings.some((c) => c.level === 'host'));

/** The one value of an attribute that is asked for: the nearest one on either side. */
async function equal(unit: Unit, r: AttributeRequirement, search: Search): Promise<Changing | undefined> {
  const from = Number(r.original.value);
  const values = offered(r, search).map((v) => (v * from) / Number(r.value));
  for (const to of values.sort((a, b) => Math.abs(a - from) - Math.abs(b - from)).slice(0, mostAdmitted))
    if (await works(search, withValue(r, to))) return fromTo(unit, from, to, withValue(r, to), inUnitOf(r));
  return undefined;
}

/** The different values of an attribute that candidates have. Zero tells nothing of the unit that the model uses. */
function offered({ attribute, original }: AttributeRequirement, { model }: Search): number[] {
  const values = model.list.candidates.map((c) => attributeOf(c, attribute)).filter((v) => typeof v === 'number');
  return original.value === 0 ? [] : [...new Set(values)];
}

/** The model with another value of a requirement, in the unit that the model uses. */
const withValue =
  (r: AttributeRequirement, to: number) =>
  (m: Model): Model =>
    withRequirement(m, r, { ...r, value: (to * Number(r.value)) / Number(r.original.value), original: { ...r.original, value: to } });

const inUnitOf =
  ({ original }: AttributeRequirement) =>
  (n: number): string =>
    original.unit ? `${n} ${original.unit}` : String(n);

/** One more place, provider, … that a requirement admits, or another: the one with which the solution is best. */
async function admit(unit: Unit, requirement: Requirement, search: Search): Promise<Changing | undefined> {
  const { model, judge } = search;
  const apply =
    (option: Admitting) =>
    (m: Model): Model =>
      withRequirement(m, requirement, option.requirement);
  const concerned = new Set(model.application.components.filter((c) => c.requirements.some((r) => r.id === requirement.id)).map((c) => c.name));
  const result = (option: Admitting): Changing => ({ change: { ...named(unit), from: requirement.text, to: option.to, text: option.text }, size: 1, apply: apply(option) });

  // Where the best solution without the requirement needs one more of a kind, no other one is better.
  const used = candidatesOf((await judge.best(without(model, unit)))?.solution, concerned, model.list.candidates);
  const [only, ...others] = admitting(requirement, used);
  if (only && others.length === 0 && (await works(search, apply(only)))) return result(only);

  let best: { option: Admitting; outcome: Outcome } | undefined;
  for (const option of admitting(requirement, model.list.candidates).slice(0, mostAdmitted)) {
    if (!(await works(search, apply(option)))) continue;
    const outcome = await judge.best(apply(option)(model));
    if (outcome && (!best || isBetter(outcome, best.outcome))) best = { option, outcome };
  }
  return best && result(best.option);
}

/** The candidates that carry some components. */
function candidatesOf(solution: Outcome['solution'] | undefined, components: ReadonlySet<string>, list: readonly NodeCandidate[]): NodeCandidate[] {
  const used = new Set(solution?.hosts.filter((h) => h.components.some((name) => components.has(name))).map((h) => h.candidate));
  return list.filter((c) => used.has(c.id));
}

async function threshold(unit: Unit, constraint: Constraint, search: Search): Promise<Changing | undefined> {
  const found = await nearestThreshold(constraint, search);
  if (!found) return undefined;
  const changing = fromTo(unit, found.from, found.to, found.apply);
  return found.of === undefined ? changing : prefixed(found.of, changing);
}

async function scaleMinimum(unit: Unit, scale: Scale, search: Search): Promise<Changing | undefined> {
  const apply =
    (minimum: number) =>
    (m: Model): Model =>
      withScale(m, scale, () => ({ minimum }));
  const drop = await firstNumber(1, scale.minimum - 1, (n) => works(search, apply(scale.minimum - n)));
  return drop === undefined ? undefined : prefixed('at least', fromTo(unit, scale.minimum, scale.minimum - drop, apply(scale.minimum - drop), instances));
}

async function scaleMaximum(unit: Unit, scale: Scale, search: Search): Promise<Changing | undefined> {
  const found = await number(unit, scale.maximum!, instances, (maximum) => (m) => withScale(m, scale, () => ({ maximum })), search);
  return found && prefixed('at most', found);
}

const moreInstances = (unit: Unit, component: Component, search: Search): Promise<Changing | undefined> =>
  number(unit, 1, instances, (maximum) => (m) => withComponent(m, component, ({ scale }) => ({ scale: { ...scale, maximum } })), search);

/** A number that has to grow. */
async function number(unit: Unit, from: number, word: (n: number) => string, apply: (n: number) => (model: Model) => Model, search: Search): Promise<Changing | undefined> {
  const to = await firstNumber(from + 1, from + 2 ** 20, (n) => works(search, apply(n)));
  return to === undefined ? undefined : fromTo(unit, from, to, apply(to), word);
}

/** A measured value has no direction: the nearer one of two that work, smaller or greater, to three digits. */
async function metric(unit: Unit, value: number, id: string, search: Search): Promise<Changing | undefined> {
  const apply =
    (to: number) =>
    (m: Model): Model =>
      withMetric(m, id, to);
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 2);
  const at = (n: number): number => Number((value + n * step).toPrecision(12));
  const steps = (sign: 1 | -1): Promise<number | undefined> => firstNumber(1, sign < 0 ? Math.round(Math.abs(value) / step) : 2 ** 12, (n) => works(search, apply(at(sign * n))));
  const [less, more] = [await steps(-1), await steps(1)];
  const n = less === undefined || (more !== undefined && more < less) ? more : -less;
  return n === undefined ? undefined : fromTo(unit, value, at(n), apply(at(n)));
}
