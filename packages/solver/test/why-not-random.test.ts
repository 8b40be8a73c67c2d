/** On random models without solution: conflicts are minimal, by comparing all deployments of the text without each element; suggestions work. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeCandidate } from '@camelc/candidates';
import { cores, cost, formula, instancesOf, machines, memory, modelOf, text, type Parts } from './models.js';
import { solve, whyNot, type Change } from '../src/index.js';
import { poser } from '../src/why/model.js';

/** Each element is a line of text, or a part of one, that can be left out. */
interface Elements {
  components: {
    name: 'Web' | 'Db';
    cores?: number;
    ram?: number;
    country?: string;
    minimum: number;
    maximum?: number;
  }[];
  constraints: { name: string; of: 'Webs' | 'Dbs' | 'Cost' | 'Both'; operator: '<=' | '>='; threshold: number }[];
  machines: { cores: number; gigabytes: number; country: string; limit?: number }[];
}

const oneOf = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const component = (name: 'Web' | 'Db'): fc.Arbitrary<Elements['components'][number]> =>
  fc.record({
    name: fc.constant(name),
    cores: oneOf(undefined, 2, 4, 8),
    ram: oneOf(undefined, 2, 8, 16),
    country: oneOf(undefined, 'FR', 'DE'),
    minimum: oneOf(1, 2, 3),
    maximum: oneOf(3, 4),
  });
const elements: fc.Arbitrary<Elements> = fc.record({
  components: fc.tuple(component('Web'), component('Db')),
  constraints: fc
    .array(fc.record({ of: oneOf('Webs', 'Dbs', 'Cost', 'Both'), operator: oneOf('<=', '>='), threshold: oneOf(0.25, 1, 2, 4, 7) }), { maxLength: 3 })
    .map((all) => all.map((c, i) => ({ ...c, name: `C${i}` }))),
  machines: fc.array(fc.record({ cores: oneOf(1, 2, 4, 8), gigabytes: oneOf(1, 4, 8, 16), country: oneOf('FR', 'DE', 'US'), limit: oneOf(undefined, 1, 3) }), {
    minLength: 1,
    maxLength: 4,
  }),
});

const parts = ({ components, constraints }: Elements): Parts => ({
  deployment: components.flatMap((c) => [
    `software ${c.name} { requirements ${c.name}Reqs }`,
    `requirements ${c.name}Reqs { horizontal scale R.${c.name}Scale ${c.cores || c.ram ? `resource R.${c.name}Machine` : ''} ${c.country ? `location R.${c.name}Place` : ''} }`,
  ]),
  requirements: components.flatMap((c) => [
    `horizontal scale requirement ${c.name}Scale [${c.minimum}, ${c.maximum ?? -1}]`,
    ...(c.cores || c.ram ? [`resource requirement ${c.name}Machine { ${c.cores ? cores(`[int ${c.cores}`) : ''} ${c.ram ? memory(`[int ${c.ram}`) : ''} }`] : []),
    ...(c.country ? [`location requirement ${c.name}Place [Locations.${c.country}]`] : []),
  ]),
  variables: [instancesOf('Web'), instancesOf('Db'), cost, formula('Both', 'Webs + Dbs')],
  constraints: constraints.map((c) => `variable constraint ${c.name} : M.${c.of} ${c.operator} ${c.threshold}`),
});
const list = (e: Elements): NodeCandidate[] =>
  machines(
    ...e.machines.map((m) => ({ cores: m.cores, memory: m.gigabytes * 1024, location: { id: m.country, country: m.country }, ...(m.limit !== undefined && { limit: m.limit }) })),
  );

/** Whether some deployment keeps everything; a number of instances without maximum goes to eighty. */
function possible({ components, constraints, machines: all }: Elements): boolean {
  const choices = components.map((c) =>
    all.flatMap((m, k) => {
      if ((c.cores && m.cores < c.cores) || (c.ram && m.gigabytes < c.ram) || (c.country && m.country !== c.country)) return [];
      const most = c.maximum ?? 80;
      return Array.from({ length: Math.max(0, most - c.minimum + 1) }, (_, i) => ({ k, n: c.minimum + i }));
    }),
  );
  return choices[0]!.some((web) =>
    choices[1]!.some((db) => {
      if (all.some((m, k) => m.limit !== undefined && (web.k === k ? web.n : 0) + (db.k === k ? db.n : 0) > m.limit)) return false;
      const values = { Webs: web.n, Dbs: db.n, Both: web.n + db.n, Cost: (web.n * (web.k + 1)) / 10 + (db.n * (db.k + 1)) / 10 };
      return constraints.every((c) => (c.operator === '<=' ? values[c.of] <= c.threshold + 1e-9 : values[c.of] >= c.threshold - 1e-9));
    }),
  );
}

/** The elements that a set of names (with the end of a range, for a scale) leaves in place. */
function only(e: Elements, kept: ReadonlySet<string>): Elements {
  return {
    components: e.components.map((c) => ({
      name: c.name,
      ...(kept.has(`${c.name}Machine.cores`) && { cores: c.cores }),
      ...(kept.has(`${c.name}Machine.ram`) && { ram: c.ram }),
      ...(kept.has(`${c.name}Place`) && { country: c.country }),
      minimum: kept.has(`${c.name}Scale least`) ? c.minimum : 1,
      ...(kept.has(`${c.name}Scale most`) && { maximum: c.maximum }),
    })),
    constraints: e.constraints.filter((c) => kept.has(c.name)),
    machines: e.machines.map((m, k) => (kept.has(`c${k}`) ? m : { ...m, limit: undefined })),
  };
}
const key = ({ kind, name, says = '' }: { kind: string; name: string; says?: string }): string =>
  kind === 'scale' ? `${name} ${says.startsWith('at least') ? 'least' : 'most'}` : name;

/** A change that goes a little less far; undefined where there is no less. */
function nearer(change: Change): Change | undefined {
  const [from, to] = [change.from, change.to].map(Number.parseFloat) as [number, number];
  if (Number.isNaN(to)) return undefined;
  // Thresholds are rounded to three digits.
  const step = change.kind === 'constraint' ? 0.011 * Math.abs(to) : 1;
  return { ...change, to: String(to + Math.sign(from - to) * step) };
}

/** The elements after a change. */
function changed(e: Elements, change: Change): Elements {
  const to = Number.parseFloat(change.to);
  const { name } = change;
  return {
    components: e.components.map((c) => {
      if (!name.startsWith(c.name)) return c;
      if (name.endsWith('.cores')) return { ...c, cores: to };
      if (name.endsWith('.ram')) return { ...c, ram: to };
      if (name.endsWith('Scale')) return to < c.minimum ? { ...c, minimum: to } : { ...c, maximum: to };
      return name.endsWith('Place') ? { ...c, country: undefined } : c;
    }),
    constraints: e.constraints.map((c) => (c.name === name ? { ...c, threshold: to } : c)),
    machines: e.machines.map((m, k) => (name === `c${k}` ? { ...m, limit: to } : m)),
  };
}

test('conflicts of random models are conflicts, and minimal; what is suggested helps', async () => {
  const seen = { infeasible: 0, several: 0, suggestions: 0, joint: 0 };
  await fc.assert(
    fc.asyncProperty(elements, async (e) => {
      if (possible(e)) return;
      const model = await modelOf(parts(e), list(e));
      expect((await solve(poser()(model)!, { milp: 'glpk' })).solution?.status, text(parts(e))).toBe('infeasible');
      const { conflicts, minimal, unplaceable, suggestions } = await whyNot(model, { milp: 'glpk' });
      expect([minimal, unplaceable]).toEqual([true, []]);
      expect(conflicts.length).toBeGreaterThan(0);
      for (const conflict of conflicts) {
        const names = conflict.map(key);
        expect(possible(only(e, new Set(names))), `${names}\n${text(parts(e))}`).toBe(false);
        for (const left of names) expect(possible(only(e, new Set(names.filter((n) => n !== left)))), `${names} without ${left}\n${text(parts(e))}`).toBe(true);
      }
      const all = conflicts.flatMap((c) => c.map(key));
      expect(new Set(all).size).toBe(all.length);
      for (const { changes } of suggestions) {
        expect(possible(changes.reduce(changed, e)), `${JSON.stringify(changes)}\n${text(parts(e))}`).toBe(true);
        if (changes.length > 1) seen.joint++;
        const less = changes.length === 1 ? nearer(changes[0]!) : undefined;
        if (less && Number.parseFloat(less.to) !== Number.parseFloat(less.from)) expect(possible(changed(e, less)), `less: ${JSON.stringify(less)}\n${text(parts(e))}`).toBe(false);
      }
      seen.infeasible++;
      seen.several += Number(conflicts.length > 1);
      seen.suggestions += suggestions.length;
      expect(suggestions.length, text(parts(e))).toBeGreaterThan(0);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
  expect(seen.infeasible).toBeGreaterThan(20);
  expect(seen.several).toBeGreaterThan(3);
  expect(seen.joint).toBeGreaterThan(3);
});
