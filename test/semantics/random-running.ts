/** A random deployment that runs, as a file tells it. */
import type { Machine } from './random-machines.js';
import type { Random } from './random.js';

/** Hosts of one machine that carry the same instances. */
interface RunningHosts {
  machine: string;
  number: number;
  /** Names in source order, each as often as it stands there. */
  components: string[];
}

export interface Running {
  hosts: RunningHosts[];
  minGain: number;
  /** The file. */
  text: string;
  /** On which machines a component runs. */
  of(component: string): { machine: string; number: number }[];
  /** Of today, else as recorded. */
  priceOf(machine: string): number;
}

const goneId = 'gone';
const gonePrice = 0.15;

export function randomRunning(names: readonly string[], everywhere: string | undefined, machines: readonly Machine[], placement: 'dedicated' | 'shared', r: Random): Running {
  const ids = [...machines.map((m) => m.id), ...machines.map((m) => m.id), ...(r.chance(0.1) ? [goneId] : [])];
  const runs = names.filter((name) => name !== everywhere && r.chance(0.85));
  const hosts: RunningHosts[] = [];
  if (placement === 'dedicated') runs.forEach((name) => hosts.push({ machine: r.of(ids), number: 1 + r.below(2), components: [name] }));
  else
    for (let left = runs; left.length > 0; ) {
      const here = left.filter((_, i) => i === 0 || r.chance(0.5));
      left = left.filter((name) => !here.includes(name));
      const all = names.filter((name) => here.includes(name) || name === everywhere);
      hosts.push({ machine: r.of(ids), number: r.of([1, 1, 2]), components: all });
    }
  const of: Running['of'] = (component) => {
    const numbers = new Map<string, number>();
    for (const { machine, number, components } of hosts) if (components.includes(component)) numbers.set(machine, (numbers.get(machine) ?? 0) + number);
    return [...numbers].map(([machine, number]) => ({ machine, number }));
  };
  const listed = hosts.map(({ machine, number, components }) => ({ candidate: machine === goneId ? { id: goneId, price: gonePrice } : machine, number, components }));
  return {
    hosts,
    minGain: r.of([0, 0, 0, 0.05, 0.3, 2]),
    text: JSON.stringify({ components: [], hosts: listed }),
    of,
    priceOf: (id) => machines.find((m) => m.id === id)?.price ?? gonePrice,
  };
}
