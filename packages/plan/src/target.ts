/** The border between plans and targets: what a target says of its kinds, and what it does. */
import type { Deployment, TaskDeployment } from '@camelc/deployment';
import type { Diagnostic } from '@camelc/diagnostics';
import type { Json } from './json.js';
import type { Disruption, Plan, Step } from './plan.js';
import type { AppliedRevision, Revision, RunningResource } from './resource.js';
import type { SecretValues } from './secret.js';

/** How a target changes what it holds. Functions from data to data. */
export interface Conduct {
  /** Kinds in the order in which people read of them. */
  readonly kinds: readonly string[];
  /** Kinds that are collected after everything else, and not at all while one of the last revisions names them: what cannot be made again. */
  readonly collected: readonly string[];
  /** Kinds that are never removed nor changed by a plan: what holds data, and facts. */
  readonly kept: readonly string[];
  /** Those of them that hold data: what a plan has made of these stays even where the rest of it is undone. */
  readonly data: readonly string[];
  /** Kinds that cannot be removed while anything needs them: where one has to be replaced, what needs it goes before and comes back after it. */
  readonly held: readonly string[];
  /** Kinds that each stand for a host, such as a label of it: what needs them runs there. */
  readonly hosts: readonly string[];
  /** Whether a change of this kind has to remove the old one before it makes the new one; else it is updated in place. */
  replaces(before: Json, wanted: Json, kind: string): boolean;
  /** What a change means to users; either spec is absent where there is nothing. `moves`: it loses a host and gains another. */
  disruption(change: { kind: string; before?: Json; wanted?: Json; moves: boolean }): Disruption;
  /**
   * What shall run between the making of what a resource newly needs and the removal of what it no longer needs, so that nothing is stopped before
   * its replacement is up. Equal to `wanted` where there is nothing to bridge; equal to `before` where what leaves has to leave first.
   * Asked of whatever loses hosts, even where `before` equals `wanted`.
   * @param hosts how many it gains and loses, and on how many of the lost ones nothing runs anyway
   */
  bridge(kind: string, before: Json, wanted: Json, hosts: { gained: number; lost: number; idle: number }): Json;
}

/** A target, with all of its applications. What it does touches the network. Errors are DiagnosticErrors. */
export interface Target {
  readonly kind: string;
  /** Its name for people, and its identity for plans. */
  readonly name: string;
  readonly id: string;
  readonly conduct: Conduct;
  /** What it holds of an application, and what is recorded of it. */
  read(application: string): Promise<RunningState>;
  /**
   * What the deployment comes to here, given what runs: names, digests of images, hosts.
   * Without `wanted` where there are errors: data that would be left behind, names that somebody else has.
   * @param deployment of the kind that the target is made for
   */
  lower(deployment: Deployment | TaskDeployment, state: RunningState, lowering: Lowering): Promise<{ wanted?: Wanted; diagnostics: Diagnostic[] }>;
  /** Errors for what a revision would take from where it must stay: services from their data, and components that are not to be moved. `lower` has looked already. */
  checkMoves(state: RunningState, revision: Revision): Diagnostic[];
  /** The applications that it holds something of. */
  applications(): Promise<string[]>;
  /**
   * What keeps a plan from being carried out, found before its first step without changing anything: credentials without a value or with another one
   * than the plan's, hosts that are gone.
   */
  check(plan: Plan, secrets: SecretValues): Promise<Diagnostic[]>;
  /**
   * Does a step, and returns when its resource is as wanted and up. Doing what is done already changes nothing.
   * @throws StepFailure where that cannot be; what was changed then is undone by the caller
   */
  perform(step: Step, context: StepContext): Promise<void>;
  readonly records: Records;
  close(): void;
}

export interface StepContext {
  plan: Plan;
  /** Seconds that it may take until it is up. */
  timeout: number;
  /** When it aborts, its user wants no more: waiting may end by throwing anything. The step is done again when the apply is resumed. */
  signal: AbortSignal;
  secrets: SecretValues;
  /** Says how far it is: `2/3 healthy`. */
  progress(text: string): void;
}

/** Why a step failed, in words for its user: `new task failed its health check twice (exit 1: cannot bind :443)`. */
export class StepFailure extends Error {}

export interface RunningState {
  resources: readonly RunningResource[];
  /** The last first; at most ten. */
  revisions: readonly AppliedRevision[];
  /** Of an apply that was interrupted, or goes on. */
  journal?: Journal;
  lock?: Lock;
  hosts: readonly RunningHost[];
}

/** A host of the target, whether or not it serves the application. */
export interface RunningHost {
  id: string;
  name: string;
  /** Whether it can be given something to do. */
  ready: boolean;
  /** Cores and MegaBytes. */
  size: { cores: number; memory: number };
  candidate?: string;
  labels: Readonly<Record<string, string>>;
}

/** Who applies; after `expires` (milliseconds since 1970) anybody may take over. */
export interface Lock {
  holder: string;
  expires: number;
}

/** What an apply has done so far, kept in the target so that any machine can go on with it or undo it. */
export interface Journal {
  plan: Plan;
  /** Whether it goes forward or back. */
  undoing: boolean;
  /** Ids of the steps that were begun, and of those that are done. */
  begun: readonly string[];
  done: readonly string[];
}

/** What a target remembers of an application. */
export interface Records {
  /**
   * Takes the lock, or that of a holder that is gone. It is kept alive until it is released.
   * @throws DiagnosticError `plan/locked` while another holds it
   */
  lock(application: string): Promise<{ release(): Promise<void> }>;
  /** Writes the journal: at the beginning whole, then what changed. Needs the lock. */
  begin(application: string, plan: Plan): Promise<void>;
  mark(application: string, journal: Omit<Journal, 'plan'>): Promise<void>;
  /** Records what was applied, forgets all but the last ten, and ends the journal; without a revision the journal ends alone. */
  end(application: string, applied?: { revision: Revision; plan: string }): Promise<void>;
  /** Forgets all of the application. */
  forget(application: string): Promise<void>;
}

/** What a deployment comes to in a target. */
export interface Wanted {
  revision: Revision;
  /** Hosts that are there are chosen in the revision; those that lack are reported here. */
  hosts: Plan['hosts'];
}

/** What lowering needs beside the deployment. */
export interface Lowering {
  worth: Revision['worth'];
  solution: Json;
  /** Values by the names of references; asked for their fingerprints alone. */
  secrets: SecretValues;
}
