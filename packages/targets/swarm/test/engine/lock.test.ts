import { expect, it, vi } from 'vitest';
import { connect } from '../../src/engine/connection/connect.js';
import { Lock } from '../../src/engine/records/lock.js';
import { fakeEngine } from './fake-engine.js';

it('is renewed after a sleep unless somebody has taken it over', async () => {
  let clock = 1_000_000;
  let held: { ID: string; Version: { Index: number }; Spec: { Name: string; Labels: Record<string, string> } } | undefined;
  const fake = await fakeEngine(async (request, response) => {
    response.setHeader('api-version', '1.41').setHeader('date', new Date(clock).toUTCString());
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (request.url === '/swarm') response.end(JSON.stringify({ ID: 'x' }));
    else if (request.method === 'POST') {
      held = { ID: 'lock-1', Version: { Index: 1 }, Spec: JSON.parse(text) as never };
      response.end(JSON.stringify({ ID: 'lock-1' }));
    } else if (!held) response.writeHead(404).end(JSON.stringify({ message: 'config not found' }));
    else response.end(JSON.stringify(held));
  });
  vi.spyOn(Date, 'now').mockImplementation(() => clock);
  const { engine } = await connect({ host: fake.host });
  try {
    const lock = await Lock.take(engine, 'shop');
    expect(Number(held!.Spec.Labels['camelc.expires'])).toBe(clock + 30_000);
    await lock.assertHeld();
    clock += 3_600_000;
    await lock.assertHeld();
    expect(Number(held!.Spec.Labels['camelc.expires'])).toBe(clock + 30_000);
    held = undefined;
    clock += 3_600_000;
    await expect(lock.assertHeld()).rejects.toThrow('the lock of shop could not be renewed in time');
    await lock.release();
  } finally {
    vi.restoreAllMocks();
    engine.close();
    fake.close();
  }
});
