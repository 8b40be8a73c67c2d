/** One deployment, and what both placements ask of it. */
import type { World } from './formula.js';
import type { Machine } from './random-machines.js';
import type { Component, Model } from './random-model.js';

export interface Deployment {
  world: World;
  /** Relaxed couplings and separations that are kept. */
  kept: number;
  /** Instances started or stopped, compared with what runs. */
  changes: number;
  /** What decides between deployments that are equally good: compared item by item. */
  order: readonly (number | string)[];
  /** As a solution tells it. */
  components: Record<string, { number: number; machine?: string }>;
  /** One text for each host, sorted. */
  hosts: string[];
}

/** The machines that pass each component's filter. */
export type Fitting = Record<string, Machine[]>;

/** The machines that a component may use: of one that is unmoveable and runs, only those that it runs on. */
export const usable = ({ name, stays }: Component, fitting: Fitting): Machine[] => fitting[name]!.filter((m) => !stays || stays.includes(m.id));

/** Instances started or stopped, by component and machine; `now` gives the numbers of a component by the machine's id. */
export function changes({ running, components }: Model, now: (component: string) => ReadonlyMap<string, number>): number {
  if (!running) return 0;
  return components.reduce((sum, { name }) => {
    const [before, after] = [new Map(running.of(name).map((k) => [k.machine, k.number])), now(name)];
    const ids = new Set([...before.keys(), ...after.keys()]);
    return [...ids].reduce((all, id) => all + Math.abs((after.get(id) ?? 0) - (before.get(id) ?? 0)), sum);
  }, 0);
}

/** A host with its instances, as tests show it. */
export const hostText = (machine: string, components: readonly string[]): string => `${machine}: ${components.join(', ')}`;

/** What both placements ask of the numbers of instances. */
export function numbersAllowed(model: Model, numberOf: (component: string) => number): boolean {
  for (const { name, minimum, maximum } of model.components) {
    const n = numberOf(name);
    const mayBeAbsent = minimum === 0 || model.alternatives.some((a) => a.components.includes(name));
    if (n === 0 ? !mayBeAbsent : n < minimum || n > maximum) return false;
  }
  if (model.alternatives.some((a) => a.components.filter((name) => numberOf(name) > 0).length !== 1)) return false;
  return model.needs.every((need) => numberOf(need.component) === 0 || need.providers.some((p) => numberOf(p) > 0));
}

export const resources = ['cores', 'memory'] as const;

/** Whether a machine has what instances that share it take of a resource; where it does not say, it has none. */
export function hasRoom(machine: Machine, resource: (typeof resources)[number], instances: readonly { component: Component; number: number }[]): boolean {
  const taken = instances.reduce((sum, { component, number }) => sum + number * (component.demands[resource] ?? 0), 0);
  return taken === 0 || taken <= (machine.allocatable?.[resource] ?? machine[resource] ?? 0);
}

export function compareText(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => [...text].map((c) => c.codePointAt(0)!)) as [number[], number[]];
  return compareLists(x, y);
}

/** Item by item; of two that begin alike the shorter one comes first. */
export function compareLists(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x !== y) return typeof x === 'string' ? compareText(x, String(y)) : x - Number(y);
  }
  return a.length - b.length;
}
