/** A group that takes as many hosts as it needs, if there are that many for it. */
export interface Taker {
  needs: number;
  /** By the number of a host, what it costs the group to take it; Infinity: it cannot. */
  costs: readonly number[];
  /** Hosts that it begins with, at most as many as it needs; no other can take one of them at less cost. */
  has: readonly number[];
}

const free = -1;

/**
 * Gives hosts to groups: as many as can be, and among all ways to do so one of the least cost. It finds shortest augmenting paths between groups; of
 * paths of the same length the first, so the same question has the same answer.
 * @returns for each group the numbers of its hosts, in ascending order
 */
export function assign(takers: readonly Taker[], hosts: number): number[][] {
  const owner = Array.from({ length: hosts }, () => free);
  takers.forEach(({ has }, taker) => has.forEach((host) => (owner[host] = taker)));
  const lacks = takers.map(({ needs, has }) => needs - has.length);
  for (let path = shortestPath(takers, owner, lacks); path; path = shortestPath(takers, owner, lacks)) {
    lacks[path[0]!.taker]!--;
    for (const { taker, host } of path) owner[host] = taker;
  }
  return takers.map((_, taker) => owner.flatMap((its, host) => (its === taker ? [host] : [])));
}

/** A group takes a host: from the next step's group, or one that is free. */
interface Step {
  taker: number;
  host: number;
}

function shortestPath(takers: readonly Taker[], owner: readonly number[], lacks: readonly number[]): Step[] | undefined {
  const length = lacks.map((number) => (number > 0 ? 0 : Infinity));
  /** By group, the step that takes a host from it. */
  const before: (Step | undefined)[] = [];
  let last: Step | undefined;
  let shortest = Infinity;
  for (let changed = length.includes(0); changed; ) {
    changed = false;
    for (let taker = 0; taker < takers.length; taker++) {
      if (length[taker] === Infinity) continue;
      const { costs } = takers[taker]!;
      for (let host = 0; host < owner.length; host++) {
        const other = owner[host]!;
        const here = length[taker]! + costs[host]!;
        if (here === Infinity || other === taker) continue;
        if (other === free) {
          if (here >= shortest) continue;
          shortest = here;
          last = { taker, host };
        } else if (here - takers[other]!.costs[host]! < length[other]!) {
          length[other] = here - takers[other]!.costs[host]!;
          before[other] = { taker, host };
          changed = true;
        }
      }
    }
  }
  if (!last) return undefined;
  const path = [last];
  for (let step = before[last.taker]; step; step = before[step.taker]) path.unshift(step);
  return path;
}
