/** The answer by comparing all deployments, from the words of the semantics alone. */
import { atEdge } from './doubt.js';
import { compareLists, compareText, hostText, type Deployment, type Fitting } from './deployment.js';
import type { World } from './formula.js';
import { dedicatedDeployments } from './oracle-dedicated.js';
import { sharedDeployments } from './oracle-shared.js';
import type { Model } from './random-model.js';

export interface Answer extends Deployment {
  merits: number[];
}

/** How many deployments were compared. */
export interface Count {
  compared: number;
}

/** True where the requirements ask for a fact that no machine of the list states. */
export const missingFacts = (model: Model): boolean =>
  model.components.flatMap((c) => c.bounds.flatMap((b) => b.asks)).some((fact) => model.machines.every((m) => m[fact] === undefined));

const hardware = ['cores', 'memory', 'latitude', 'longitude'] as const;

/** The machines that fit each component and state what the formulas ask; or that of some that fit, none states it all. */
export function fitting(model: Model): Fitting | 'unknown' {
  const facts = new Set([...model.objectives.flatMap((o) => o.formula.facts), ...model.conditions.flatMap((c) => c.facts)]);
  const result: Fitting = {};
  for (const { name, bounds } of model.components) {
    const fits = [...model.machines].sort((a, b) => compareText(a.id, b.id)).filter((m) => bounds.every((b) => b.fits(m)));
    result[name] = fits.filter((m) => hardware.every((fact) => !facts.has(`${name}.${fact}`) || m[fact] !== undefined));
    if (fits.length > 0 && result[name].length === 0) return 'unknown';
  }
  return result;
}

/** The best of all admissible deployments, or what runs, where it is admissible and little worse. */
export function best(model: Model, machines: Fitting, count: Count = { compared: 0 }): (Answer & { runs?: true }) | undefined {
  const all = [...admissible(model, machines, count)];
  const first = firstOf(all);
  const { running } = model;
  if (!first || !running || running.minGain === 0) return first;
  const gain = (runs: Answer): number => (first.merits[0] === runs.merits[0] ? 0 : first.merits[0]! - runs.merits[0]!);
  const hosts = running.hosts.flatMap((h) => Array.from({ length: h.number }, () => hostText(h.machine, h.components)));
  const now = all.find((a) => (model.size.placement === 'dedicated' ? runsAlike(model, a) : compareLists(a.hosts, hosts.sort()) === 0));
  if (!now) return first;
  atEdge(gain(now), running.minGain);
  return gain(now) <= running.minGain ? { ...now, runs: true } : first;
}

/** In dedicated placement: whether each component runs on the machine that it has, and as often. */
const runsAlike = ({ running, components }: Model, answer: Answer): boolean =>
  components.every(({ name }) => {
    const { machine, number } = answer.components[name]!;
    const runs = running!.of(name);
    return number === 0 ? runs.length === 0 : runs.length === 1 && runs[0]!.machine === machine && runs[0]!.number === number;
  });

function firstOf(all: readonly Answer[]): Answer | undefined {
  let left = [...all];
  if (left.length === 0) return undefined;
  for (const k of left[0]!.merits.keys()) {
    const top = left.reduce((most, { merits }) => Math.max(most, merits[k]!), -Infinity);
    const tolerance = 1e-9 * Math.max(1, Math.abs(top));
    left = left.filter(({ merits }) => {
      if (merits[k] === top) return true;
      if (!Number.isFinite(top)) return false;
      atEdge(top - merits[k]!, tolerance);
      return top - merits[k]! <= tolerance;
    });
  }
  return left.reduce((a, b) => (compareLists(b.order, a.order) < 0 ? b : a));
}

/** All that the model admits, with what is maximised, in order. */
export function* admissible(model: Model, machines: Fitting, count: Count = { compared: 0 }): Generator<Answer> {
  const shared = model.size.placement === 'shared';
  const relaxed = model.placementRules.some((rule) => rule.relaxed);
  // In shared placement many deployments are the same to all formulas.
  const known = new Map<string, { levels?: number[] }>();
  for (const deployment of (shared ? sharedDeployments : dedicatedDeployments)(model, machines)) {
    count.compared++;
    const { world, kept } = deployment;
    const key = shared ? [...Object.values(world.chosen).map((c) => c.number), world.cost, world.hosts].join(' ') : undefined;
    const found = (key !== undefined && known.get(key)) || { levels: levelsOf(model, world) };
    if (key !== undefined) known.set(key, found);
    if (!found.levels) continue;
    const preferences = relaxed ? [kept] : [];
    const bound = model.objectives.length > 0 ? [...preferences, -world.cost] : [-world.cost, ...preferences];
    yield { ...deployment, merits: [...found.levels, ...bound, -world.hosts, -deployment.changes] };
  }
}

/** Values of the levels, minimised ones negated; undefined where the formulas or the constraints do not admit the deployment. */
function levelsOf(model: Model, world: World): number[] | undefined {
  if (model.conditions.some((c) => c.holds(world) !== true)) return undefined;
  const priorities = [...new Set(model.objectives.map((o) => o.priority))].sort((a, b) => b - a);
  const levels = priorities.map((p) =>
    model.objectives
      .filter((o) => o.priority === p)
      .map((o) => (o.minimise ? -1 : 1) * o.formula.value(world))
      .reduce((a, b) => a + b),
  );
  return levels.some(Number.isNaN) ? undefined : levels;
}
