/** What a target holds for an application, in terms that no target has to itself. */
import type { Place } from '@camelc/diagnostics';
import type { Json } from './json.js';

/** One thing that a target shall hold: a service, a network, the label of a host, … */
export interface Resource {
  /** `KIND/NAME`; unique within the application. */
  key: string;
  kind: string;
  /** As people know it. Where a hash of its content is part of its key, so that it never changes, the one with the same kind and name is what it replaces. */
  name: string;
  /** In the target's normal form: two resources are alike when the canonical JSON of their specs is. */
  spec: Json;
  /** Keys of resources that must be there, and up, before this one is made or changed; it goes before they go. */
  needs: readonly string[];
  /**
   * What only one resource at a time can have, such as the label of a host: who takes it waits until its holder is gone. Each is a path, and who has
   * one has all below it: `port/80` of all hosts, and with it `port/80/node1`.
   */
  takes?: readonly string[];
  /** Of what holds data: the names of the hosts that it will be on. */
  hosts?: readonly string[];
  /** The component of the model that it belongs to. */
  component?: string;
  /** In a sentence, why it is so; and where in the model it comes from. */
  why: string;
  from: readonly Place[];
  /** The same for single parts of its spec, by JSON pointer: the longest prefix of a changed part counts. */
  reasons?: readonly { pointer: string; why: string; from: readonly Place[] }[];
}

/** One thing that a target holds. */
export interface RunningResource {
  key: string;
  kind: string;
  name: string;
  /** The target's own name for it. */
  id: string;
  /** In the target's normal form. */
  spec: Json;
  /** As of what was applied; empty where nothing says it. */
  needs: readonly string[];
  takes?: readonly string[];
  /** Of what runs tasks: how many shall run, and how many do and are healthy. */
  tasks?: { wanted: number; healthy: number; problem?: string };
  /** Of what holds data: the names of the hosts that it is on. */
  hosts?: readonly string[];
  /** Of what stands for a host: that nothing runs there, as the host is down or drained. */
  idle?: true;
}

/** What a deployment is worth. */
export interface Worth {
  /** Per hour. */
  cost: number;
  currency: string;
  /** The value of the model's objective, and the variable that defines it. */
  utility?: number;
  objective?: string;
}

/** A deployment that was applied, or shall be: all that is needed to bring it back. Without values of secrets. */
export interface Revision {
  formatVersion: 1;
  /** The application, as the model and as the target call it. */
  application: string;
  id: string;
  worth: Worth;
  resources: readonly Resource[];
  /** The solution, in the form that `solve --format json` prints and `--current` reads. */
  solution: Json;
}

/** A revision that was applied: how manyth, and by which plan. */
export interface AppliedRevision extends Revision {
  number: number;
  plan: string;
}
