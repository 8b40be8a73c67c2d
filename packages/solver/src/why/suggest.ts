/** What would help: changes that give the whole model a solution, each found out by solving it. */
import type { Change, Suggestion } from './answer.js';
import { smallestChange, type Changing } from './change.js';
import { minimalConflict } from './conflict.js';
import type { Judge, Search } from './judge.js';
import type { Model, Pose } from './model.js';
import { unitsOf, without, type Unit } from './units.js';

/** Conflicts that are solved one after the other at most. */
const mostSteps = 24;

/** Suggestions that change one unit of a conflict each. */
export async function singleChanges(conflict: readonly Unit[], search: Search): Promise<Suggestion[]> {
  const { model, judge } = search;
  const suggestions: Suggestion[] = [];
  for (const unit of conflict) {
    if ((await judge.feasible(without(model, unit))) !== 'yes') continue;
    const found = await smallestChange(unit, search);
    const suggestion = found && (await verified(found.apply(model), [found.change], judge));
    if (suggestion) suggestions.push(suggestion);
  }
  return suggestions;
}

/** One suggestion that changes several units: in each conflict that is left the one that has to change least. */
export async function jointChange({ model, judge }: Search, pose: Pose): Promise<Suggestion | undefined> {
  const steps = new Map<string, Changing>();
  for (let n = 0; n < mostSteps; n++) {
    const current = changed(model, steps.values());
    const verdict = await judge.feasible(current);
    if (verdict === 'yes') return verifiedJoint(model, [...steps.values()], judge);
    const problem = verdict === 'no' ? pose(current) : undefined;
    const least = problem && (await leastChange(current, unitsOf(current, problem), judge));
    if (!least) return undefined;
    const key = JSON.stringify([least.change.kind, least.change.name, least.change.place]);
    const before = steps.get(key);
    steps.set(key, before ? { ...least, change: joined(before.change, least.change) } : least);
  }
  return undefined;
}

const changed = (model: Model, steps: Iterable<Changing>): Model => [...steps].reduce((m, { apply }) => apply(m), model);

/** The smallest change of a unit of a conflict, so that this one is none any more. */
async function leastChange(model: Model, units: readonly Unit[], judge: Judge): Promise<Changing | undefined> {
  const only = (kept: readonly Unit[]): Model => units.filter((u) => !kept.includes(u)).reduce(without, model);
  const conflict = (await minimalConflict(units, (kept) => judge.feasible(only(kept)))).units;
  let least: Changing | undefined;
  for (const unit of conflict) {
    const found = await smallestChange(unit, { model: only(conflict), judge });
    if (found && (!least || found.size < least.size)) least = found;
  }
  return least;
}

/** Without those that later ones made needless. */
async function verifiedJoint(model: Model, steps: readonly Changing[], judge: Judge): Promise<Suggestion | undefined> {
  let needed = steps;
  for (const step of steps) {
    const rest = needed.filter((s) => s !== step);
    if ((await judge.feasible(changed(model, rest))) === 'yes') needed = rest;
  }
  return verified(
    changed(model, needed),
    needed.map((s) => s.change),
    judge,
  );
}

/** Two changes of one unit after each other. */
function joined(first: Change, second: Change): Change {
  const text = second.text.replace(/^.* → /, `${/^(.*) → /.exec(first.text)?.[1] ?? first.from} → `);
  return { ...second, from: first.from, text: text.startsWith('also ') ? `${first.text}, ${second.text}` : text };
}

async function verified(model: Model, changes: Change[], judge: Judge): Promise<Suggestion | undefined> {
  const outcome = await judge.best(model);
  if (!outcome) return undefined;
  const { cost, utility } = outcome.solution;
  return { changes, then: { cost: cost!, costPerMonth: cost! * hoursPerMonth, ...(utility !== undefined && { utility }) } };
}

const hoursPerMonth = 730;
