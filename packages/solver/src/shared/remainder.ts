/** What is left to place beside some hosts: contents without the instances that are no longer needed, each on the cheapest candidate. */
import type { Column, Remainder, Taken } from '../linear/program.js';
import { hostsAt, type Box } from './formulas.js';
import { fitsIn, keyOf, type HostKind, type Offer } from './kinds.js';
import type { Content, Master } from './master.js';
import type { Model } from './model.js';
import { isAlone, onlyCosts, pricingOf } from './pricing.js';
import { absentWith } from './rules.js';

export function remainderOf({ problem, rules, stock, grain }: Model, master: Master, box: Box, over: () => boolean): (taken: readonly Taken<Content>[]) => Remainder<Content> {
  const together = new Set(rules.together.flat());
  /** By component: what is enough, as far as one can see. */
  const enough = problem.components.map((c, i) => (onlyCosts(master) && isAlone(master, i) && !c.everywhere && !together.has(i) ? box.low[i]! : Infinity));
  const hosts = hostsAt(problem);
  const anywhere = rules.levels.every((l) => l.length === 0);
  const parts = new Map<string, Column<Content> | null>();
  /** Some instances of a content, on the cheapest candidate where all places are alike. */
  function partOf({ candidate, price }: HostKind, instances: number[]): Column<Content> | null {
    const absent = absentWith(rules, instances);
    if (!absent) return null;
    const load = [0, 1, 2].map((r) => instances.reduce((sum, m, i) => sum + m * stock.demands[i]![r]!, 0));
    const hasRoom = (o: Offer): boolean => instances.every((m, i) => m === 0 || o.fits[i]) && load.every((l, r) => fitsIn(l, o.room[r]!));
    const offer = anywhere ? stock.offers.find((o) => hasRoom(o) && problem.candidates[o.candidate]!.limit === undefined) : undefined;
    const kind: HostKind = { candidate: offer?.candidate ?? candidate, price: offer?.price ?? price, instances, absent };
    return master.allows(kind) ? master.columnOf(kind) : null;
  }

  return (taken) => {
    const high = box.high.map((h, q) => Math.min(h, enough[q] ?? Infinity));
    const used = new Map<Column<Content>, number>();
    for (const { column, of, number } of taken) {
      if (column.content) {
        high[hosts]! -= number;
        column.content.instances.forEach((m, i) => (high[i]! -= m * number));
      } else used.set(of, (used.get(of) ?? 0) + number);
    }
    const most = high.map((h) => Math.max(0, h));
    const known = new Set<string>();

    function cut(column: Column<Content>): Column<Content> | undefined {
      const { content } = column;
      if (!content) {
        const left = column.high - (used.get(column) ?? 0);
        return left > 0 ? { ...column, high: left } : undefined;
      }
      const whole = content.instances.every((m, i) => m <= most[i]!);
      const part = whole ? column : smaller(content);
      const key = part?.content && keyOf(part.content);
      if (!key || known.has(key)) return undefined;
      known.add(key);
      return part;
    }

    function smaller(content: HostKind): Column<Content> | undefined {
      const instances = content.instances.map((m, i) => Math.min(m, most[i]!));
      const key = anywhere ? instances.join() : `${content.candidate}:${instances.join()}`;
      let part = parts.get(key);
      if (part === undefined) parts.set(key, (part = partOf(content, instances)));
      return part ?? undefined;
    }
    return { cut, pricing: pricingOf(stock, master, { low: box.low, high: most }, grain, undefined, over) };
  };
}
