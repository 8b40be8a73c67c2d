import { hasRoom } from '@camelc/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reducedProfit } from '../src/linear/program.js';
import { runAtOnce } from '../src/pace.js';
import { compile } from '../src/shared/compile.js';
import { halfOf } from '../src/shared/cuts.js';
import { enumerateKinds, type HostKind } from '../src/shared/kinds.js';
import { masterOf } from '../src/shared/master.js';
import { pricingOf } from '../src/shared/pricing.js';
import { quantitiesOf } from '../src/shared/branching.js';
import { component, place, problem } from './problems.js';

const randomStock = fc.record({
  machines: fc.array(
    fc.record({
      price: fc.double({ min: 0.1, max: 3, noNaN: true }),
      cores: fc.constantFrom(1, 2, 4, 8),
      memory: fc.constantFrom(2, 4, 8, 16),
      limit: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  parts: fc.array(
    fc.record({ cores: fc.constantFrom(0, 0.5, 1, 2), memory: fc.constantFrom(1, 2, 3), several: fc.boolean(), everywhere: fc.constantFrom(false, false, false, false, true) }),
    { minLength: 2, maxLength: 6 },
  ),
  apart: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 4 }),
  together: fc.option(fc.tuple(fc.nat(5), fc.nat(5)), { nil: undefined }),
  duals: fc.infiniteStream(fc.constantFrom(-1, -0.5, -0.3, -0.2, -0.1, 0, 0, 0.2)),
  known: fc.infiniteStream(fc.boolean()),
});

test('pricing finds the best kind of host of all that there are', () => {
  fc.assert(
    fc.property(randomStock, ({ machines, parts, apart, together, duals, known }) => {
      const names = parts.map((_, i) => `K${i}`);
      const all = machines.map((_, c) => c);
      const pair = ([a, b]: [number, number]): string[] => [names[a % names.length]!, names[b % names.length]!];
      const p = problem(
        machines,
        parts.map(({ cores, memory, several, everywhere }, i) =>
          component(names[i]!, everywhere ? 0 : 3, everywhere ? null : 3, all, { demands: { cores, memory }, coInstanceHosting: several, everywhere: everywhere && i === 0 }),
        ),
        {
          placement: 'shared',
          separations: apart
            .map(pair)
            .filter(([a, b]) => a !== b)
            .map((components, k) => ({ name: `S${k}`, place: place(1), level: 'host', relaxed: false, components })),
          couplings: together && pair(together)[0] !== pair(together)[1] ? [{ name: 'T', place: place(1), level: 'host', relaxed: false, components: pair(together) }] : [],
        },
      );
      const { model, start } = compile(p);
      if (!start) return;
      // Pricing may also find what has room on a smaller host.
      const contents = [...new Map(enumerateKinds(model.stock, 20_000)!.map((k) => [k.instances.join(), k])).values()];
      const kinds = contents.flatMap((k) =>
        model.stock.offers.filter(({ candidate }) => hasRoom(p, candidate, k.instances)).map(({ candidate, price }): HostKind => ({ ...k, candidate, price })),
      );
      const master = masterOf(model, start.box, start.conditions, { kind: 'term', term: { kind: 'total', attribute: 'cost', factor: -1 } }, {});
      const columns = kinds.filter(master.allows).map(master.columnOf);
      const ordinary = p.components.flatMap((c, i) => (c.everywhere ? [] : [i]));
      const halves = columns.map(() => 0.5);
      const quantities = [...quantitiesOf(p, halves, columns)]
        .filter((_, k) => k % 7 === 3)
        .slice(0, 3)
        .concat(ordinary.length > 0 ? [halfOf(ordinary.slice(0, 3)), halfOf(ordinary.slice(-2)), halfOf(ordinary.slice(-1))] : [])
        .map((quantity) => ({ quantity, dual: duals.next().value! }));
      const prices = { objective: 1 as const, rows: Float64Array.from(master.rows, () => duals.next().value!), quantities };
      const listed = columns.filter(() => known.next().value);
      const best = Math.max(0, ...columns.filter((c) => !listed.includes(c)).map((c) => reducedProfit(prices, c)));
      const found = runAtOnce(pricingOf(model.stock, master, start.box, model.grain, undefined, () => false).price(prices, listed));
      expect(found.best).toBeGreaterThanOrEqual(best - 1e-12);
      // Small problems are searched to the end.
      expect(found.best).toBeLessThanOrEqual(best + 1e-9);
      if (best > 1e-9) expect(found.columns.length).toBeGreaterThan(0);
      for (const column of found.columns) {
        expect(reducedProfit(prices, column)).toBeGreaterThan(0);
        expect(kinds).toContainEqual(column.content);
      }
    }),
    { numRuns: 400 },
  );
});
