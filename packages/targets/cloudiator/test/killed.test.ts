import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '@camelc/diagnostics';
import { resume, undoInterrupted, type Plan } from '@camelc/plan';
import { hasDefinition } from './stand-in/definition.js';
import { measured, rig, shopOf, type Rig } from './fixtures.js';

/** The process that applies is dead: none of its requests reaches the server any more, or the answer of the last one does not come back. */
class Killed extends Error {}

/** Answers to the requests of one process, until it is killed: after the nth request that changes something, or before all of them. */
function mortal(last: number): { fetch: typeof fetch; killed: () => boolean } {
  let count = 0;
  let dead = false;
  const answer = (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    if (dead) throw new Killed('killed');
    return fetch(url, init);
  };
  return {
    killed: () => dead,
    fetch: async (url, init) => {
      if (init?.method === 'GET' || String(url).endsWith('/login') || String(url).endsWith('/nodeCandidates')) return answer(url, init);
      const mine = ++count;
      const answered = mine > last ? undefined : await answer(url, init);
      if (mine < last && answered) return answered;
      dead = true;
      throw new Killed('killed');
    },
  };
}

const before = shopOf({}, {}, { measurements: [measured] });
const after = shopOf({ Web: { number: 2, candidate: 'large' } }, {}, { measurements: [measured] });

/** Applies a plan in a process that dies at some point. @returns whether it died */
async function applyMortally(r: Rig, plan: Plan, last: number): Promise<boolean> {
  const process = mortal(last);
  const target = r.target({ fetch: process.fetch, lock: { lifetime: 60_000, renewal: 600_000, settling: 1 } });
  await r.apply(plan, target).catch((error: unknown) => {
    if (!(error instanceof DiagnosticError || error instanceof Killed)) throw error;
  });
  // The lock of the dead one has expired when the next one comes.
  r.server.store.delete('camelc.shop.lock');
  return process.killed();
}

describe.runIf(hasDefinition)('an apply that is killed', () => {
  it('after any request of a migration and scale-out is finished by the next one, nothing orphaned or doubled', { timeout: 300_000 }, async () => {
    const r = await rig();
    await r.deploy(before);
    const plan = await r.plan(after);
    expect(plan.steps.length).toBeGreaterThanOrEqual(8);
    const restore = r.server.snapshot();
    // What the dead one had asked for is still in the queue when the next one comes.
    r.server.turns.wait = (operation) => (operation === 'addNode' || operation === 'createProcess' ? 60 : 1);
    for (let last = 0, died = true; died; last++) {
      restore();
      died = await applyMortally(r, plan, last);
      const target = r.target();
      const { journal } = await target.read('shop');
      if (journal) expect(await resume(target, 'shop', { secrets: r.secrets, timeout: 5 }), `killed after ${last}`).toMatchObject({ kind: 'done', left: [] });
      else if (died) await r.deploy(after);
      const { processes, monitors, ...others } = r.holdings;
      expect(others, `killed after ${last}`).toEqual({ nodes: ['database-1 RUNNING', 'web-1 RUNNING', 'web-2 RUNNING'], schedules: 1 });
      expect(processes, `killed after ${last}`).toEqual(['Database on database-1 RUNNING', 'Web on web-1 RUNNING', 'Web on web-2 RUNNING']);
      expect(monitors, `killed after ${last}`).toHaveLength(2);
      expect((await r.plan(after)).steps, `killed after ${last}`).toEqual([]);
      expect((await r.target().read('shop')).revisions.map(({ number }) => number)).toEqual([2, 1]);
    }
    expect(r.server.faults).toEqual([]);
  });

  it('after any request of a first deployment is finished by the next one, or undone, nothing doubled or left', { timeout: 300_000 }, async () => {
    const r = await rig();
    const plan = await r.plan(before);
    const restore = r.server.snapshot();
    await r.apply(plan);
    // The ids of processes are counted on.
    const whole = { ...r.holdings, monitors: [expect.stringMatching(/^Load of PROCESS /)] };
    expect(whole).toMatchObject({ nodes: ['database-1 RUNNING', 'web-1 RUNNING'], schedules: 1 });
    // What the dead one had asked for is still in the queue when the next one comes.
    r.server.turns.wait = (operation) => (operation === 'addNode' || operation === 'createProcess' ? 60 : 1);
    for (let last = 0, died = true; died; last++) {
      restore();
      died = await applyMortally(r, plan, last);
      const target = r.target();
      const { journal } = await target.read('shop');
      if (!journal) continue;
      const interrupted = r.server.snapshot();
      expect(await resume(target, 'shop', { secrets: r.secrets, timeout: 5 }), `killed after ${last}`).toMatchObject({ kind: 'done', left: [] });
      expect(r.holdings, `killed after ${last}`).toEqual(whole);
      if (last % 2 === 1) continue;
      interrupted();
      expect(await undoInterrupted(target, 'shop', { secrets: r.secrets, timeout: 5 }), `killed after ${last}`).toMatchObject({ kind: 'undone', undoFailures: [] });
      expect(r.holdings, `killed after ${last}`).toEqual({ nodes: [], processes: [], schedules: 0, monitors: [] });
    }
    expect(r.holdings).toEqual(whole);
  });
});
