// Problems that are the same in every run: random ones with a fixed seed, over the machine types of a price list.
import { readFileSync } from 'node:fs';
import { constraint as constraintOf, is, operator, place, plus, problem as posed, total } from '../../packages/solver/test/problems.ts';
import { mulberry32 } from '../semantics/random.ts';

export { call, component, maximise, number, of, operator } from '../../packages/solver/test/problems.ts';

/** Choices that follow from the seed. */
export function random(seed) {
  const next = mulberry32(seed);
  return { next, whole: (low, high) => low + Math.floor(next() * (high - low + 1)), of: (list) => list[Math.floor(next() * list.length)] };
}

/** Machine types with what is left for applications, cheapest first. */
export function machines(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
    .offers.map(({ name, vcpu, memoryMiB, allocCpu, allocMemory, priceUsdHour: { 'us-east-1': price } }) => ({
      id: name,
      price,
      cores: vcpu,
      memory: memoryMiB,
      allocatable: { cores: Number.parseInt(allocCpu) / 1000, memory: Number.parseInt(allocMemory) },
      zone: 'aws/us-east-1',
      region: 'aws/us-east-1',
      cloud: 'aws',
    }))
    .filter((m) => m.price > 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const problem = (candidates, components, more = {}) => posed(candidates, components, { application: 'Synthetic', currency: 'USD', ...more });

export const cost = total('cost');
export const sum = (terms) => plus(...terms);
export const product = (terms) => terms.reduce((a, b) => operator('*', a, b));
export const constraint = (name, term, relation, threshold) => constraintOf(name, is(term, relation, threshold));
export const apart = (name, components) => ({ name, place: place(0), level: 'host', relaxed: false, components });
export const names = (count) => Array.from({ length: count }, (_, i) => `C${i + 1}`);
