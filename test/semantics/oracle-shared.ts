/** All deployments in which instances may share hosts: every way to fill hosts, every number of each. */
import type { World } from './formula.js';
import { changes, compareLists, hasRoom, hostText, numbersAllowed, resources, usable, type Deployment, type Fitting } from './deployment.js';
import type { Machine } from './random-machines.js';
import type { Component, Model } from './random-model.js';
import type { PlacementRule } from './random-placement.js';

/** A host: its machine, and how many instances of each component it holds. */
interface Host {
  machine: Machine;
  instances: readonly number[];
  /** Its place among hosts in the order that decides ties: by candidate, then by its components. */
  order: readonly (number | string)[];
}

export function* sharedDeployments(model: Model, fitting: Fitting): Generator<Deployment> {
  const absent = model.alternatives.flatMap((a) => a.components).filter((name) => model.components.some((c) => c.name === name && c.everywhere));
  if (absent.length > 0) throw new Error('not read: a component of an alternative that is everywhere');
  const possible = hosts(model, fitting);
  const most = model.components.map((c) => (c.everywhere ? Infinity : c.maximum));
  for (const chosen of multisets(possible, 0, most)) {
    const number = (name: string): number => {
      const i = model.components.findIndex((c) => c.name === name);
      return chosen.reduce((sum, host) => sum + host.instances[i]!, 0);
    };
    if (!numbersAllowed(model, number)) continue;
    if (model.machines.some(({ id, limit }) => limit !== undefined && chosen.filter((h) => h.machine.id === id).length > limit)) continue;
    if (!model.placementRules.every((rule) => rule.relaxed || isKept(rule, chosen, model.components))) continue;
    const counts = Object.fromEntries(model.components.map(({ name }) => [name, { number: number(name) }]));
    const world: World = { chosen: counts, fitting, cost: chosen.reduce((sum, h) => sum + h.machine.price, 0), hosts: chosen.length };
    yield {
      world,
      kept: model.placementRules.filter((rule) => rule.relaxed && isKept(rule, chosen, model.components)).length,
      changes: changes(model, (name) => {
        const i = model.components.findIndex((c) => c.name === name);
        const numbers = new Map<string, number>();
        for (const { machine, instances } of chosen) numbers.set(machine.id, (numbers.get(machine.id) ?? 0) + instances[i]!);
        return numbers;
      }),
      order: [...Object.values(counts).map((c) => c.number), ...chosen.map((h) => possible.indexOf(h))],
      components: counts,
      hosts: chosen
        .map((h) =>
          hostText(
            h.machine.id,
            h.instances.flatMap((n, i) => Array.from({ length: n }, () => model.components[i]!.name)),
          ),
        )
        .sort(),
    };
  }
}

/** The hosts that may be leased, in order. */
function hosts(model: Model, fitting: Fitting): Host[] {
  const { components } = model;
  const result: Host[] = [];
  for (const machine of model.machines) {
    for (const alone of contents(components, 0)) {
      if (alone.every((n) => n === 0)) continue;
      const instances = alone.map((n, i) =>
        components[i]!.everywhere && !strangers(model, components[i]!.name).some((s) => alone[components.findIndex((c) => c.name === s)]! > 0) ? 1 : n,
      );
      const here = components.map((component, i) => ({ component, number: instances[i]! })).filter(({ number }) => number > 0);
      if (!here.every(({ component }) => usable(component, fitting).includes(machine))) continue;
      if (!resources.every((resource) => hasRoom(machine, resource, here))) continue;
      result.push({ machine, instances, order: [machine.id, ...instances.flatMap((n, i) => Array.from({ length: n }, () => i))] });
    }
  }
  return result.sort((a, b) => compareLists(a.order, b.order));
}

/** Numbers of instances on one host, without what is everywhere. */
function* contents(components: readonly Component[], index: number): Generator<number[]> {
  const component = components[index];
  if (!component) return void (yield []);
  const most = component.everywhere ? 0 : component.coInstanceHosting ? component.maximum : 1;
  for (let n = 0; n <= most; n++) for (const rest of contents(components, index + 1)) yield [n, ...rest];
}

/** What may not stand on a host with a component. */
const strangers = (model: Model, name: string): string[] =>
  model.placementRules
    .filter((rule) => rule.kind === 'separation' && rule.level === 'host' && !rule.relaxed)
    .flatMap(({ components, from }) => {
      const sides = from ? [components, from] : components.map((c) => [c]);
      return sides.some((side) => side.includes(name)) ? sides.filter((side) => !side.includes(name)).flat() : [];
    });

/** Every multiset of hosts whose instances are not more than there may be, as a sorted list. */
function* multisets(possible: readonly Host[], from: number, left: readonly number[]): Generator<Host[]> {
  yield [];
  for (let k = from; k < possible.length; k++) {
    const rest = left.map((n, i) => n - possible[k]!.instances[i]!);
    if (rest.some((n) => n < 0)) continue;
    for (const more of multisets(possible, k, rest)) yield [possible[k]!, ...more];
  }
}

function isKept({ kind, level, components, from }: PlacementRule, chosen: readonly Host[], all: readonly Component[]): boolean {
  const at = (name: string): number => all.findIndex((c) => c.name === name);
  const places = placesOf(chosen, level);
  const count = (place: readonly Host[], name: string): number => place.reduce((sum, h) => sum + h.instances[at(name)]!, 0);
  const deployed = components.filter((name) => count(chosen, name) > 0);
  return places.every((place) => {
    const here = components.filter((name) => count(place, name) > 0);
    if (kind === 'coupling') return here.length === 0 || here.length === deployed.length;
    if (from) return here.length === 0 || from.every((name) => count(place, name) === 0);
    return components.length === 1 ? count(place, components[0]!) <= 1 : here.length <= 1;
  });
}

function placesOf(chosen: readonly Host[], level: PlacementRule['level']): Host[][] {
  if (level === 'host') return chosen.map((host) => [host]);
  return [...new Set(chosen.map((h) => h.machine.places[level]))].map((place) => chosen.filter((h) => h.machine.places[level] === place));
}
