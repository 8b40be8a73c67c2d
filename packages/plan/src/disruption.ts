/** What users notice of a change, with what its order adds to that. */
import type { Json } from './json.js';
import type { Disruption } from './plan.js';
import type { Moves } from './steps.js';
import type { Move } from './touch.js';
import type { Conduct } from './target.js';

/** Of a single step: only the last one of a resource takes it from its hosts. */
export function disruptionOfStep(move: Move, moves: Moves, conduct: Conduct): Disruption {
  const { key, kind, before, wanted } = move;
  const isLast = moves.last.get(key) === move;
  const disruption = conduct.disruption({ kind, before, wanted, moves: isLast && moves.moving.has(key) });
  return isLast ? exposed(disruption, moves.exposed.get(key)) : disruption;
}

/** Of all that is done with a resource. */
export function disruptionOfChange(change: { key: string; kind: string; before?: Json; wanted?: Json }, moves: Moves, conduct: Conduct): Disruption {
  const { key, kind, before, wanted } = change;
  const disruption = conduct.disruption({ kind, before, wanted, moves: moves.moving.has(key) });
  if (moves.replaced.has(key) || moves.around.has(key)) return { ...disruption, kind: 'recreate', available: 0 };
  return exposed(disruption, moves.exposed.get(key));
}

/** Fewer replicas serve while hosts are gone that are replaced only later. */
function exposed(disruption: Disruption, hosts: number | undefined): Disruption {
  const serving = disruption.available ?? disruption.of;
  return hosts === undefined || serving === undefined ? disruption : { ...disruption, available: Math.max(0, serving - hosts) };
}
