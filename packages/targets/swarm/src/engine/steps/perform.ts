/** Does the steps of a plan. Each looks first at what there is, so that it can be done again at any time. */
import type { Step, StepContext } from '@camelc/plan';
import type { Kind } from '../../names.js';
import { EngineError, EngineUnreachable, type Engine } from '../connection/engine.js';
import { configStep, secretStep } from './files.js';
import { networkStep } from './network.js';
import { labelStep } from './node-label.js';
import { serviceStep } from './service.js';
import { volumeStep } from './volume.js';
import { Work } from './work.js';

const steps: Readonly<Record<Kind, (work: Work) => Promise<void>>> = {
  candidate: labelStep,
  label: labelStep,
  service: serviceStep,
  config: configStep,
  secret: secretStep,
  network: networkStep,
  volume: volumeStep,
};

/** How often a step looks anew because something changed between its look and its change; it gives up where that is not what it expects any more. */
const mostConflicts = 20;

/**
 * @param key of the fingerprints of credentials
 * @throws StepFailure, DiagnosticError
 */
export async function performStep(engine: Engine, step: Step, context: StepContext, key: string): Promise<void> {
  const work = new Work(engine, step, context, key);
  for (let conflicts = 0; ; ) {
    try {
      return await steps[step.kind as Kind](work);
    } catch (error) {
      if (context.signal.aborted) throw error;
      if (error instanceof EngineUnreachable && !work.isLate) {
        // It may be starting anew. Whether it did what it was asked for, shows when the step begins again.
        work.say('the engine does not answer');
        await work.pause();
      } else if (error instanceof EngineError && (error.status === 409 || error.outOfSequence) && conflicts++ < mostConflicts) await work.pause();
      else if (error instanceof EngineError) throw work.failure(`the engine refuses: ${error.message}`);
      else throw error;
    }
  }
}
