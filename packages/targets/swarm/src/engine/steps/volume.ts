import { EngineError } from '../connection/engine.js';
import type { Work } from './work.js';

/** Tasks make volumes where they run. A manager sees those of its own host alone, so only they can be removed from here. */
export async function volumeStep(work: Work): Promise<void> {
  const { engine, step, name } = work;
  if (step.wanted !== undefined) return;
  for (;;) {
    try {
      await engine.ask(`/volumes/${name}`, { method: 'DELETE' });
      break;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.status === 404) break;
      if (error.status !== 409 || work.isLate) throw work.failure(`the engine refuses: ${error.message}`);
      work.say('a task uses it still');
      await work.pause();
    }
  }
  work.say(`on hosts other than this manager's: docker volume rm ${name}`);
}
