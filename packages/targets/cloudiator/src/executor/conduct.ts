/** How what an application has on a server changes. */
import type { Conduct, Disruption, Json } from '@camelc/plan';
import { asSpec, kinds, type Kind, type TaskSpec } from './resources.js';

const none: Disruption = { kind: 'none' };

export const cloudiatorConduct: Conduct = {
  kinds,
  collected: [],
  kept: [],
  data: [],
  held: [],
  hosts: ['node'] satisfies Kind[],
  // What cannot be changed has its content in its key.
  replaces: () => false,

  disruption({ kind, before, wanted }) {
    return kind === ('task' satisfies Kind) && before !== undefined && wanted !== undefined ? disruptionOf(before, wanted) : none;
  },

  // A cluster is on its new nodes before it leaves the old ones, in one step.
  bridge: (_kind, _before, wanted) => wanted,
};

/** A process on another node is up before the old one goes. One that takes the place of another on its node needs that one's ports. */
function disruptionOf(before: Json, wanted: Json): Disruption {
  const [former, future] = [before, wanted].map((spec) => Object.values(asSpec<TaskSpec>(spec).instances)) as [TaskSpec['instances'][string][], TaskSpec['instances'][string][]];
  const of = former.length;
  const leaving = former.filter(({ process }) => !future.some((other) => other.process === process));
  const coming = future.filter(({ process }) => !former.some((other) => other.process === process));
  const inPlace = leaving.filter(({ node }) => coming.some((other) => other.node === node)).length;
  if (inPlace > 0) return { kind: inPlace < of ? 'rolling' : 'recreate', available: of - inPlace, of };
  return leaving.length > 0 && coming.length > 0 ? { kind: 'migrate', available: of, of } : none;
}
