/**
 * What the swarm remembers of an application, each in a config with labels. The data of a config never changes and its name is unique, so whoever
 * makes one has it alone; labels change by version. Nothing of it is half there when its writer is killed: see `records.ts`.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';
import { keptRevisions, type AppliedRevision, type Journal, type Lock, type Plan, type Revision, type RunningState } from '@camelc/plan';
import type { EngineFileObject } from '../api.js';
import { isGone } from './holder.js';

/** Whose record it is. Records are no part of the stack, so `docker stack rm` leaves them. */
export const recordsLabel = 'camelc.records';

/** Labels of records. */
export const label = {
  kind: 'camelc.record',
  /** Of a revision. */
  number: 'camelc.revision',
  /** The fingerprint of the plan that a revision, a journal or its progress is about. */
  plan: 'camelc.plan',
  /** Of the progress: a letter for each step of the plan, `d`one, `b`egun or `-`; and whether they are undone. */
  steps: 'camelc.steps',
  undoing: 'camelc.undoing',
  /** Of the lock: who has it, the same for machines, and until when, in milliseconds since 1970 by the manager's clock. */
  holder: 'camelc.holder',
  process: 'camelc.process',
  expires: 'camelc.expires',
} as const;

export type RecordKind = 'revision' | 'journal' | 'progress' | 'lock';

/** What stands where there is nothing to say: a config has to hold something. */
export const nothing = Buffer.from('-');

export const recordName = (id: string, kind: RecordKind, number?: number): string => `camelc.${id}.${kind}${number === undefined ? '' : `-${number}`}`;

export const isOf =
  (...kinds: readonly RecordKind[]) =>
  ({ Spec }: EngineFileObject): boolean =>
    kinds.includes(Spec.Labels?.[label.kind] as RecordKind);

/** @param now by the manager's clock */
export function readRecords(records: readonly EngineFileObject[], now: number): Pick<RunningState, 'revisions' | 'journal' | 'lock'> {
  const revisions = revisionRecords(records)
    .slice(0, keptRevisions)
    .map(({ record, number }): AppliedRevision => ({ ...unpack<Revision>(record), number, plan: record.Spec.Labels?.[label.plan] ?? '' }));
  const journal = journalOf(records, revisions[0]);
  const lock = lockOf(records, now);
  return { revisions, ...(journal && { journal }), ...(lock && { lock }) };
}

/** The last first. */
export const revisionRecords = (records: readonly EngineFileObject[]): { record: EngineFileObject; number: number }[] =>
  records
    .filter(isOf('revision'))
    .map((record) => ({ record, number: Number(record.Spec.Labels?.[label.number]) }))
    .sort((a, b) => b.number - a.number);

function journalOf(records: readonly EngineFileObject[], last: AppliedRevision | undefined): Journal | undefined {
  const record = records.find(isOf('journal'));
  const fingerprint = record?.Spec.Labels?.[label.plan];
  // The plan of the last revision is done: its writer was killed before it removed the journal.
  if (!record || last?.plan === fingerprint) return undefined;
  const plan = unpack<Plan>(record);
  const progress = records.find((r) => isOf('progress')(r) && r.Spec.Labels?.[label.plan] === fingerprint)?.Spec.Labels ?? {};
  const states = progress[label.steps] ?? '';
  const ids = (wanted: string): string[] => plan.steps.filter((_, index) => wanted.includes(states[index] ?? '-')).map(({ id }) => id);
  return { plan, undoing: progress[label.undoing] === 'yes', begun: ids('bd'), done: ids('d') };
}

/** The progress of a journal as the label has it. */
export function stepsText(plan: Plan, { begun, done }: Omit<Journal, 'plan'>): string {
  const [isBegun, isDone] = [new Set(begun), new Set(done)];
  return plan.steps.map(({ id }) => (isDone.has(id) ? 'd' : isBegun.has(id) ? 'b' : '-')).join('');
}

function lockOf(records: readonly EngineFileObject[], now: number): Lock | undefined {
  const labels = records.find(isOf('lock'))?.Spec.Labels;
  return labels && !isFree(labels, now) ? { holder: labels[label.holder] ?? 'somebody', expires: Number(labels[label.expires]) } : undefined;
}

/** Whether a lock says itself that it may be taken over. */
export const isFree = (labels: Readonly<Record<string, string>>, now: number): boolean => !(Number(labels[label.expires]) > now) || isGone(labels[label.process] ?? '');

/** What a config may hold, with room for what the manager adds. */
const mostBytes = 1_000_000;

/** @throws DiagnosticError engine/too-large */
export function pack(value: object, what: string): Buffer {
  // A large window finds that the wanted spec of a step stands in the revision too.
  const packed = brotliCompressSync(JSON.stringify(value), { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  if (packed.length > mostBytes) throw new DiagnosticError([diagnose('engine/too-large', { what, size: Math.ceil(packed.length / 1000), most: mostBytes / 1000 })]);
  return packed;
}

const unpack = <T>({ Spec }: EngineFileObject): T => JSON.parse(brotliDecompressSync(Buffer.from(Spec.Data ?? '', 'base64')).toString()) as T;
