/** The requests of the server's own, through the bundled server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CandidatesResult, CheckResult, CompileResult, ProblemResult, SolveResult, TopologyResult } from '@camelc/server/protocol';
import type { Editor, EditorOptions } from './client.js';
import { deployment, requirement, shop, start, titled } from './shop.js';

describe('the server answers', () => {
  const open = async (options?: EditorOptions): Promise<Editor> => {
    const e = await start({ 'shop.camel': shop() }, options);
    await e.open('shop.camel');
    return e;
  };

  test('what camelc says of the models in the folder, with the texts that are not saved', async () => {
    const e = await open();
    await e.edit('shop.camel', shop().replace('R.Machine', 'R.Machin'));
    const { files, problems } = await e.ask<CheckResult>('camelc/check', 'shop.camel');
    expect([files, problems.map((p) => [p.uri, p.diagnostics.map((d) => d.code)])]).toEqual([1, [[e.uri('shop.camel'), ['reference/unresolved']]]]);
  });

  test('candidates, the problem in each form, the solution, the topology', async () => {
    const e = await open();
    const found = await e.ask<CandidatesResult>('camelc/candidates', 'shop.camel');
    expect(found).toMatchObject({
      application: 'Shop',
      currency: 'EUR',
      components: [{ name: 'Web', excluded: 0, candidates: [{ id: 'small', price: 0.01 }, { id: 'large' }] }],
    });
    const forms = { json: '"formatVersion": 1', lp: 'Minimize', mps: 'ROWS', minizinc: 'output [' };
    for (const [as, part] of Object.entries(forms)) expect((await e.ask<ProblemResult>('camelc/problem', 'shop.camel', { as })).text).toContain(part);
    expect(await e.ask<SolveResult>('camelc/solve', 'shop.camel')).toMatchObject({
      status: 'optimal',
      cost: 0.01,
      components: [{ name: 'Web', cardinality: 1, candidate: 'small' }],
      reasons: [{ component: 'Web' }],
    });
    const drawn = await e.ask<TopologyResult>('camelc/topology', 'shop.camel');
    expect(drawn.svg).toContain('<svg');
    expect(drawn.topology).toMatchObject({ components: [{ name: 'Web' }], solution: { cost: 0.01 } });
  });

  test('the conflict of a model without solution', async () => {
    const e = await open();
    await e.edit('shop.camel', shop(64));
    expect(await e.ask<SolveResult>('camelc/solve', 'shop.camel')).toMatchObject({
      status: 'infeasible',
      conflicts: [[{ element: 'Machine.ram', says: 'at least 64 GigaBytes of memory', uri: e.uri('shop.camel') }]],
      suggestions: [{ changes: [{ element: 'Machine.ram', text: '64 → 32 GigaBytes' }], cost: 0.08 }],
    });
  });

  test('with the files of a target', async () => {
    const e = await open();
    const out = e.uri('deploy');
    const { files } = await e.ask<CompileResult>('camelc/compile', 'shop.camel', { target: 'swarm', out });
    expect(files).toEqual([`${out}/stack.yml`, `${out}/hosts.json`]);
    for (const file of files!) expect(existsSync(fileURLToPath(file))).toBe(true);
  });

  test('the same as commands, save those that the client has', async () => {
    const e = await open({ options: { commands: ['camelc.showCandidates', 'camelc.solve'] } });
    expect(e.commands).toEqual(expect.arrayContaining(['camelc.check', 'camelc.candidates', 'camelc.problem', 'camelc.compile', 'camelc.topology', 'camelc.showSolution']));
    for (const own of ['camelc.showCandidates', 'camelc.solve']) expect(e.commands).not.toContain(own);
    const execute = (command: string): Promise<unknown> => e.connection.sendRequest('workspace/executeCommand', { command, arguments: [{ uri: e.uri('shop.camel'), as: 'lp' }] });
    expect(await execute('camelc.problem')).toMatchObject({ text: expect.stringContaining('Minimize') });
    await execute('camelc.showSolution');
    expect(e.messages).toEqual([expect.stringMatching(/^optimal: 0.01 €\/h\nWeb is on small/)]);
  });

  test('without the background, where that is not wanted', async () => {
    const e = await open({ options: { settings: { solve: { onSave: false } } } });
    expect((await e.ask<SolveResult>('camelc/solve', 'shop.camel')).status).toBe('optimal');
    await e.save('shop.camel');
    expect((await e.ask<SolveResult>('camelc/solve', 'shop.camel')).status).toBe('optimal');
    expect(await e.titles('shop.camel')).toEqual([]);
  });

  test('what of the parameters is wrong', async () => {
    const e = await open();
    await titled(e, 'shop.camel', 'optimal');
    const wrong: [method: string, params: object, says: string][] = [
      ['compile', { target: 'swarm' }, '`out` of camelc/compile must be the URI of a folder, file:///…, and is missing'],
      ['compile', { target: 'k8s', out: e.uri('deploy') }, '`target` of camelc/compile must be "swarm", not "k8s"'],
      ['compile', { target: 'swarm', out: 'deploy' }, 'not "deploy"'],
      ['problem', { as: 'xml' }, '`as` of camelc/problem must be "json" or "lp" or "mps" or "minizinc", not "xml"'],
      ['candidates', { component: 'Nope' }, 'there is no component `Nope`, but `Web`'],
      ['solve', { uri: 7 }, '`uri` of camelc/solve must be the URI of a document, not 7'],
    ];
    for (const [method, params, message] of wrong)
      await expect(e.ask(`camelc/${method}`, 'shop.camel', params), message).rejects.toMatchObject({ code: -32602, message: expect.stringContaining(message) });
    for (const args of [[], [e.uri('shop.camel')]]) {
      const answer = e.connection.sendRequest('workspace/executeCommand', { command: 'camelc.check', arguments: args });
      await expect(answer).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('camelc/check takes an object with `uri`') });
    }
    expect(existsSync(join(e.folder, 'deploy'))).toBe(false);
  });

  test('about a part of two applications which there are', async () => {
    const app = (name: string): string => `camel model ${name} {\n${deployment}\n}\n`;
    const e = await start({ 'one.camel': app('One'), 'two.camel': app('Two'), 'parts.camel': `camel model Parts {\n${requirement(2)}\n}\n` });
    await e.open('parts.camel');
    const { status, problems } = await e.ask<SolveResult>('camelc/solve', 'parts.camel');
    expect([status, problems.flatMap((p) => p.diagnostics.map((d) => d.message))]).toEqual([undefined, [expect.stringMatching(/One.*Two/)]]);
    expect(await e.ask<SolveResult>('camelc/solve', 'parts.camel', { application: 'Two' })).toMatchObject({ application: 'Two', status: 'optimal' });
  });

  test('of a document that is not there that it is not', async () => {
    const e = await open();
    await expect(e.ask('camelc/solve', 'none.camel')).rejects.toThrow('there is no document');
  });
});
