/** All deployments in which every instance has a host of its own, and those of a component use one kind of machine. */
import type { World } from './formula.js';
import { changes, hasRoom, hostText, numbersAllowed, resources, usable, type Deployment, type Fitting } from './deployment.js';
import type { Machine } from './random-machines.js';
import type { Model } from './random-model.js';
import type { PlacementRule } from './random-placement.js';

type Chosen = Record<string, { machine?: Machine; number: number }>;

export function* dedicatedDeployments(model: Model, fitting: Fitting): Generator<Deployment> {
  for (const chosen of choices(model, fitting, 0)) {
    if (!numbersAllowed(model, (name) => chosen[name]!.number)) continue;
    const groups = commonHosts(model, chosen);
    if (!groups) continue;
    if (!model.placementRules.every((rule) => rule.relaxed || isKept(rule, chosen, groups))) continue;
    const hosts = groups.flatMap((group): string[] => {
      const { machine, number } = chosen[group[0]!]!;
      return Array.from({ length: number }, () => hostText(machine!.id, group));
    });
    const used = groups.map((group) => chosen[group[0]!]!);
    if (model.machines.some(({ id, limit }) => limit !== undefined && used.reduce((sum, u) => sum + (u.machine!.id === id ? u.number : 0), 0) > limit)) continue;
    const world: World = {
      chosen,
      fitting,
      cost: used.reduce((sum, u) => sum + u.number * u.machine!.price, 0),
      hosts: used.reduce((sum, u) => sum + u.number, 0),
    };
    yield {
      world,
      kept: model.placementRules.filter((rule) => rule.relaxed && isKept(rule, chosen, groups)).length,
      changes: changes(model, (name) => {
        const { machine, number } = chosen[name]!;
        return machine ? new Map([[machine.id, number]]) : new Map();
      }),
      order: model.components.flatMap(({ name }) => [chosen[name]!.number, chosen[name]!.machine?.id ?? '']),
      components: Object.fromEntries(Object.entries(chosen).map(([name, c]) => [name, { number: c.number, ...(c.machine && { machine: c.machine.id }) }])),
      hosts: hosts.sort(),
    };
  }
}

function* choices(model: Model, fitting: Fitting, index: number): Generator<Chosen> {
  const component = model.components[index];
  if (!component) return void (yield {});
  const { name, minimum, maximum } = component;
  for (const rest of choices(model, fitting, index + 1)) {
    yield { [name]: { number: 0 }, ...rest };
    for (let number = Math.max(1, minimum); number <= maximum; number++) for (const machine of usable(component, fitting)) yield { [name]: { machine, number }, ...rest };
  }
}

/** The deployed components by the hosts that they stand on: same-host couplings give them common ones. Undefined where they cannot have them. */
function commonHosts(model: Model, chosen: Chosen): string[][] | undefined {
  let groups = model.components.filter(({ name }) => chosen[name]!.number > 0).map(({ name }) => [name]);
  for (const { kind, level, relaxed, components } of model.placementRules) {
    if (kind !== 'coupling' || level !== 'host' || relaxed) continue;
    const joined = groups.filter((group) => group.some((name) => components.includes(name)));
    const together = model.components.map((c) => c.name).filter((name) => joined.some((group) => group.includes(name)));
    if (joined.length > 0) groups = [...groups.filter((group) => !joined.includes(group)), together];
  }
  for (const group of groups) {
    const { machine, number } = chosen[group[0]!]!;
    if (group.some((name) => chosen[name]!.machine !== machine || chosen[name]!.number !== number)) return undefined;
    // Alone, a component's demand is met by what the machine is sold as: the reservation is the smaller of demand and allocatable.
    const here = group.map((name) => ({ component: model.components.find((c) => c.name === name)!, number: 1 }));
    if (group.length > 1 && !resources.every((resource) => hasRoom(machine!, resource, here))) return undefined;
  }
  return groups;
}

function isKept({ kind, level, components, from }: PlacementRule, chosen: Chosen, groups: string[][]): boolean {
  const deployed = (names: readonly string[]): string[] => names.filter((name) => chosen[name]!.number > 0);
  const together = (a: string, b: string): boolean =>
    level === 'host' ? groups.some((group) => group.includes(a) && group.includes(b)) : chosen[a]!.machine!.places[level] === chosen[b]!.machine!.places[level];
  if (kind === 'coupling') return deployed(components).every((a, _, all) => together(a, all[0]!));
  if (components.length === 1 && !from) return level === 'host' || chosen[components[0]!]!.number <= 1;
  return from
    ? deployed(components).every((a) => deployed(from).every((b) => a === b || !together(a, b)))
    : deployed(components).every((a, i, all) => all.slice(i + 1).every((b) => !together(a, b)));
}
