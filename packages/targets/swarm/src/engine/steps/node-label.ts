import type { LabelForm } from '../../normal/others.js';
import type { EngineNode } from '../api.js';
import { EngineError } from '../connection/engine.js';
import type { Work } from './work.js';

/** A label of a node. Its other labels are others' business, and several may change at a time: then it is tried anew with what they left. */
export async function labelStep(work: Work): Promise<void> {
  const { engine, step } = work;
  const before = step.before as unknown as LabelForm | undefined;
  const wanted = step.wanted as unknown as LabelForm | undefined;
  const { node: id, label } = (wanted ?? before)!;
  for (;;) {
    const node = await engine.find<EngineNode>(`/nodes/${id}`);
    if (!node && !wanted) return;
    if (!node) throw work.failure('the host is no longer part of the swarm');
    const labels = { ...node.Spec.Labels };
    const now = labels[label];
    // A removal of another value is done: that value has a step of its own.
    if (now === wanted?.value || (!wanted && now !== before!.value)) return;
    if (now !== before?.value) throw work.movedOn(now === undefined ? 'was removed' : 'was changed');
    if (wanted) labels[label] = wanted.value;
    else delete labels[label];
    try {
      return await engine.ask(`/nodes/${id}/update`, { method: 'POST', query: { version: node.Version.Index }, body: { ...node.Spec, Labels: labels } });
    } catch (error) {
      if (!(error instanceof EngineError && error.outOfSequence) || work.isLate) throw error;
    }
  }
}
