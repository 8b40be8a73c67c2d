/** Candidates, the optimum and conflicts in an editor, through the bundled server. */
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, CompletionList, Diagnostic } from 'vscode-languageserver';
import type { CandidatesResult, CheckResult, CompileResult, ProblemResult, SolveResult, TopologyResult } from '@camelc/server/protocol';
import { folderWith } from '../folders.js';
import { Editor, program, repository, type EditorOptions } from './client.js';

const ram = 'attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory]';
const gigaBytes = 'UnitTemplateCamelModel.UnitTemplateModel.GigaBytes';

const deployment = `  deployment model D {
    software Web {
      requirements WebReqs
      container configuration WebContainer { image 'nginx:1.27' }
    }
    requirements WebReqs { resource R.Machine }
  }`;
const requirement = (size: number): string => `  requirement model R {
    resource requirement Machine {
      ${ram} : [int ${size} ${gigaBytes}
    }
  }`;
const shop = (size = 2): string => `camel model Shop {\n${deployment}\n${requirement(size)}\n}\n`;

const machine = (id: string, memory: number, price: number): object => ({ id, type: 'IAAS', hardware: id, cloud: { id: 'c', provider: 'c', type: 'public' }, memory, price });
const candidates = JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 4096, 0.01), machine('large', 32768, 0.08)] });
const settings = JSON.stringify({ candidates: ['candidates.json'] });

/** A utility that no bound says much about, over eight components: the search for its optimum has no end. */
function endless(): string {
  const names = Array.from({ length: 8 }, (_, i) => `N${i}`);
  const templates = 'MetricTemplateCamelModel.MetricTemplateModel';
  return `camel model Endless {
  deployment model D {
${names.map((_, i) => `    software S${i} { requirements R${i} }\n    requirements R${i} { horizontal scale Reqs.Many }`).join('\n')}
  }
  requirement model Reqs { horizontal scale requirement Many [1, 60] optimisation requirement Aim { variable M.Utility } }
  metric model M {
${names.map((name, i) => `    variable ${name} { template ${templates}.ComponentInstanceTemplate component D.S${i} }`).join('\n')}
    variable Utility { template ${templates}.UtilityTemplate formula 'sin(${names.map((n, i) => `${17.37 + 6 * i} * ${n} * ${names[(i + 1) % 8]}`).join(' + ')})' }
  }
}
`;
}

let editor: Editor | undefined;
afterEach(() => {
  editor?.stop();
  editor = undefined;
});

async function start(files: Readonly<Record<string, string>>, options?: EditorOptions): Promise<Editor> {
  editor = await Editor.start(folderWith({ 'camelc.config.json': settings, 'candidates.json': candidates, ...files }), options);
  return editor;
}

const titled = (e: Editor, file: string, title: string): Promise<string[]> =>
  e.until(`a lens ${title}`, async () => {
    const titles = await e.titles(file);
    return titles.some((t) => t.startsWith(title)) && titles;
  });
const diagnosed = (e: Editor, file: string, code: string): Promise<Diagnostic> => e.until(code, () => e.published.get(e.uri(file))?.find((d) => d.code === code));
const clear = (e: Editor, file: string): Promise<true> => e.until(`no diagnostics in ${file}`, () => e.published.get(e.uri(file))?.length === 0);

describe('a model that is opened', () => {
  test('has the optimum on its name, and what fits on each component', async () => {
    const e = await start({ 'shop.camel': shop() });
    await e.open('shop.camel');
    expect(await titled(e, 'shop.camel', 'optimal')).toEqual(['optimal: 0.01 €/h', '2 candidates fit, cheapest small 0.01 €/h']);
    const [model, component] = await e.lenses('shop.camel');
    expect(model).toMatchObject({
      range: { start: e.at('shop.camel', 'Shop') },
      command: { command: 'camelc.showSolution', arguments: [{ uri: e.uri('shop.camel'), application: 'Shop' }] },
    });
    expect(component).toMatchObject({
      range: { start: e.at('shop.camel', 'Web {') },
      command: { command: 'camelc.showCandidates', arguments: [{ application: 'Shop', component: 'Web' }] },
    });
    expect(e.complaints).toEqual([]);
  });

  test('has them from `camelc lsp` too', async () => {
    const e = await start({ 'shop.camel': shop() }, { server: [join(repository, 'packages/cli/bin/camelc.js'), 'lsp'] });
    await e.open('shop.camel');
    await titled(e, 'shop.camel', 'optimal: 0.01');
    expect(e.complaints).toEqual([]);
  });

  test('is solved with what it refers to in files that are not open', async () => {
    const files = { 'shop/app.camel': `camel model App {\n${deployment}\n}\n`, 'shop/candidates.json': candidates, 'shop/camelc.config.json': settings };
    const e = await start({ ...files, 'parts/parts.camel': `camel model Parts {\n${requirement(8)}\n}\n` });
    await e.open('shop/app.camel');
    expect(await titled(e, 'shop/app.camel', 'optimal')).toEqual(['optimal: 0.08 €/h', '1 candidate fits, large 0.08 €/h']);
  });

  test('is solved although its folder was read before', async () => {
    const e = await start({ 'shop.camel': shop() });
    await e.until('the folder', async () => (await e.connection.sendRequest<object[] | null>('workspace/symbol', { query: 'Web' }))?.length);
    await e.open('shop.camel');
    expect(await titled(e, 'shop.camel', 'optimal')).toHaveLength(2);
    expect(e.complaints).toEqual([]);
  });

  test('and has errors is not solved', async () => {
    const e = await start({ 'shop.camel': shop().replace('R.Machine', 'R.Machin') });
    await e.open('shop.camel');
    await diagnosed(e, 'shop.camel', 'reference/unresolved');
    expect((await e.ask<SolveResult>('camelc/solve', 'shop.camel')).status).toBeUndefined();
    expect(await e.titles('shop.camel')).toEqual([]);
  });
});

describe('a model that is saved', () => {
  test('and has no solution shows the conflict until it changes, with an edit that would help', async () => {
    const e = await start({ 'shop.camel': shop() });
    await e.open('shop.camel');
    await titled(e, 'shop.camel', 'optimal');
    await e.edit('shop.camel', shop(64));
    await clear(e, 'shop.camel');
    expect(await e.titles('shop.camel')).toEqual([]);
    await e.save('shop.camel');
    expect(await titled(e, 'shop.camel', 'no deployment')).toEqual(['no deployment satisfies this model', 'no candidate fits: Machine.ram']);

    const conflict = await diagnosed(e, 'shop.camel', 'solver/no-candidate');
    expect(conflict).toMatchObject({
      severity: 1,
      range: { start: e.at('shop.camel', '64 Unit') },
      relatedInformation: [{ message: 'Machine.ram: at least 64 GigaBytes of memory' }],
    });
    const actions = await e.request<CodeAction[]>('textDocument/codeAction', 'shop.camel', { range: conflict.range, context: { diagnostics: [conflict] } });
    const fix = actions.find((a) => a.kind === 'quickfix')!;
    expect(fix.title).toContain('64 → 32');
    const resolved = fix.edit ? fix : await e.connection.sendRequest<CodeAction>('codeAction/resolve', fix);
    expect(JSON.stringify(resolved.edit)).toContain('"newText":"32"');

    await e.edit('shop.camel', shop(32));
    await clear(e, 'shop.camel');
    await e.save('shop.camel');
    expect(await titled(e, 'shop.camel', 'optimal')).toEqual(['optimal: 0.08 €/h', '1 candidate fits, large 0.08 €/h']);
    expect(e.complaints).toEqual([]);
  });

  test('shows again without a search what was found before its last change', async () => {
    const e = await start({ 'shop.camel': shop(64) });
    await e.open('shop.camel');
    await diagnosed(e, 'shop.camel', 'solver/no-candidate');
    await e.edit('shop.camel', shop(63));
    await clear(e, 'shop.camel');
    await e.edit('shop.camel', shop(64));
    await diagnosed(e, 'shop.camel', 'solver/no-candidate');
    expect(await e.titles('shop.camel')).toEqual(['no deployment satisfies this model', 'no candidate fits: Machine.ram']);
  });

  test('and is a part of an application in another file is solved with that', async () => {
    const e = await start({ 'app.camel': `camel model App {\n${deployment}\n}\n`, 'parts.camel': `camel model Parts {\n${requirement(2)}\n}\n` });
    await e.open('app.camel');
    await e.open('parts.camel');
    expect(await titled(e, 'app.camel', 'optimal')).toEqual(['optimal: 0.01 €/h', '2 candidates fit, cheapest small 0.01 €/h']);
    await e.edit('parts.camel', e.text('parts.camel').replace('int 2', 'int 64'));
    await e.save('parts.camel');
    await titled(e, 'app.camel', 'no deployment');
    await diagnosed(e, 'parts.camel', 'solver/no-candidate');
    await e.edit('parts.camel', e.text('parts.camel').replace('int 64', 'int 8'));
    await clear(e, 'parts.camel');
    await e.save('parts.camel');
    await titled(e, 'app.camel', 'optimal: 0.08');
  });
});

test('a model beside it that has errors is named as what keeps an application from being solved', async () => {
  const e = await start({ 'shop.camel': shop(), 'goals.camel': 'camel model Goals { requirement model G { slo Quick constraint } }' });
  await e.open('shop.camel');
  expect(await titled(e, 'shop.camel', 'not solved')).toEqual(['not solved: goals.camel has errors']);
  await e.open('goals.camel');
  await e.edit('goals.camel', 'camel model Goals { requirement model G { } }');
  await e.until('no lens', async () => (await e.titles('shop.camel')).length === 0);
  await e.save('goals.camel');
  await titled(e, 'shop.camel', 'optimal: 0.01');
});

test('a file that settings name and that is not there is told where they name it', async () => {
  const e = await start({ 'shop.camel': shop(), 'camelc.config.json': '{ "candidates": ["none.json"] }' });
  await e.open('shop.camel');
  const fault = await diagnosed(e, 'camelc.config.json', 'file/unreadable');
  expect(fault.range).toEqual({ start: { line: 0, character: 17 }, end: { line: 0, character: 28 } });
});

test('what is wrong with the settings is told in their file, whatever is wrong with the models', async () => {
  const broken = 'camel model Shop { sofware }';
  const e = await start({ 'shop/a.camel': broken, 'shop/b.camel': broken, 'camelc.config.json': '{ "timelimit": 5, "currency": "DM" }' });
  await e.open('shop/a.camel');
  const codes = (): unknown[] | undefined => e.published.get(e.uri('camelc.config.json'))?.map((d) => d.code);
  await e.until('both faults', () => codes()?.join() === 'config/unknown,config/value');
  const changes = [{ uri: e.uri('camelc.config.json'), type: 2 }];
  writeFileSync(join(e.folder, 'camelc.config.json'), '{ "metrics": "none.json" }');
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await e.until('the missing file', () => codes()?.join() === 'file/unreadable');
  writeFileSync(join(e.folder, 'camelc.config.json'), '{}');
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await clear(e, 'camelc.config.json');
  expect(e.complaints).toEqual([]);
});

describe('a search without end', () => {
  const patient = { options: { settings: { solve: { timeLimit: 100_000 } } } };

  test('lets typing go on, shows its progress, and ends with the next save', async () => {
    const e = await start({ 'shop.camel': endless() }, patient);
    await e.open('shop.camel');
    await titled(e, 'shop.camel', '2 candidates');
    expect(await e.titles('shop.camel')).toContain('solving…');
    const { items } = await e.request<CompletionList>('textDocument/completion', 'shop.camel', { position: e.at('shop.camel', 'variable N0') });
    expect(items.map((i) => i.label)).toContain('variable');
    await e.until('progress', () => e.progress.includes('Solving Endless'));
    expect(await e.titles('shop.camel')).toContain('solving…');

    await e.edit('shop.camel', shop());
    await e.save('shop.camel');
    await titled(e, 'shop.camel', 'optimal: 0.01');
    expect(e.complaints).toEqual([]);
  });

  test('ends at the time limit with the best found', async () => {
    const e = await start({ 'shop.camel': endless() }, { options: { settings: { solve: { timeLimit: 1 } } } });
    await e.open('shop.camel');
    await titled(e, 'shop.camel', 'best found so far: utility 0.99');
  });

  test('does not keep a request from its answer, and one on request can be cancelled', async () => {
    const e = await start({ 'shop.camel': endless(), 'camelc.config.json': JSON.stringify({ candidates: ['candidates.json'], timeLimit: 100_000 }) });
    await e.open('shop.camel');
    await titled(e, 'shop.camel', 'solving…');
    const { components } = await e.ask<CandidatesResult>('camelc/candidates', 'shop.camel', { component: 'S3' });
    expect(components!.map((c) => [c.name, c.candidates.length])).toEqual([['S3', 2]]);
    expect(await e.cancelled('camelc/topology', 'shop.camel')).toBe(-32800);
    expect((await e.ask<CheckResult>('camelc/check', 'shop.camel')).files).toBe(1);
  });
});

test('a file of candidates that cannot be read is told with its place, and read again when it changes', async () => {
  const e = await start({ 'shop.camel': shop(), 'candidates.json': candidates.replace('0.01', '-5') });
  await e.open('shop.camel');
  await titled(e, 'shop.camel', 'not solved: candidates[0].price is -5, below 0');
  const fault = await diagnosed(e, 'candidates.json', 'candidates/schema');
  expect(fault.range.start.character).toBe(candidates.indexOf('0.01'));
  writeFileSync(join(e.folder, 'candidates.json'), candidates);
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: e.uri('candidates.json'), type: 2 }] });
  await titled(e, 'shop.camel', 'optimal: 0.01');
  await clear(e, 'candidates.json');
});

test('a metric without value is no error of a model, and is read when it is given', async () => {
  const goal = `  requirement model Goals { optimisation requirement Aim { variable M.Utility } }
  metric model M {
    raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula 'Load * 2' }
  }`;
  const e = await start({ 'shop.camel': shop().replace('  requirement model', `${goal}\n  requirement model`) });
  await e.open('shop.camel');
  expect(await titled(e, 'shop.camel', 'not solved')).toContain('not solved: `Load` has no value: nobody gives it and it has no formula');
  expect(await diagnosed(e, 'shop.camel', 'problem/metric-missing')).toMatchObject({ severity: 3, message: expect.stringContaining('metrics.json') });
  writeFileSync(join(e.folder, 'metrics.json'), '{ "Load": 3 }');
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: e.uri('metrics.json'), type: 1 }] });
  await titled(e, 'shop.camel', 'optimal: utility 6, 0.01');
});

test('severities of the settings count in the editor too, and as they are when they change', async () => {
  const e = await start({ 'shop.camel': shop().replace('  requirement model R {', `  requirement model R {\n    resource requirement Spare { ${ram} : [int 2 ${gigaBytes} }`) });
  await e.open('shop.camel');
  const codes = (): unknown[] | undefined => e.published.get(e.uri('shop.camel'))?.map((d) => `${d.code} ${d.severity}`);
  await e.until('the diagnostics of the catalogue', () => codes()?.includes('objective/none 2') && codes()?.includes('hint/unused 3'));
  writeFileSync(join(e.folder, 'camelc.config.json'), JSON.stringify({ candidates: ['candidates.json'], severities: { 'objective/none': 'off', 'hint/unused': 'error' } }));
  await e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: e.uri('camelc.config.json'), type: 2 }] });
  await e.until('those of the settings', () => !codes()!.includes('objective/none 2') && codes()!.includes('hint/unused 1'));
});

test('what a comment keeps back is not said of the application either', async () => {
  const goal = (comment: string): string => `  requirement model Goals { }
  constraint model Bounds {
    ${comment}
    metric constraint Fast : [M.Context] < 5.0
  }
  metric model M {
    raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.ResponseTimeTemplate }
    sensor Probe { config '' }
    raw metric context Context { metric Load sensor Probe }
  }`;
  const withGoal = (comment = ''): string => shop().replace('  requirement model', `${goal(comment)}\n  requirement model`);
  const e = await start({ 'shop.camel': withGoal() });
  await e.open('shop.camel');
  await diagnosed(e, 'shop.camel', 'problem/constraint-open');
  await e.edit('shop.camel', withGoal('// camelc-ignore problem/constraint-open: measured when it runs'));
  await e.save('shop.camel');
  await titled(e, 'shop.camel', 'optimal');
  expect(e.published.get(e.uri('shop.camel'))!.map((d) => d.code)).not.toContain('problem/constraint-open');
});

test('a thread that dies is complained about, and the services go on', async () => {
  const folder = folderWith({ 'solving-worker.js': 'process.exit(3);' });
  copyFileSync(program, join(folder, 'server.mjs'));
  editor = await Editor.start(folderWith({ 'shop.camel': shop() }), { server: [join(folder, 'server.mjs')] });
  const e = editor;
  await e.open('shop.camel');
  await e.until('a complaint', () => e.complaints.some((c) => c.includes('solving in the background')));
  await expect(e.ask('camelc/solve', 'shop.camel')).rejects.toThrow('ended');
  await e.save('shop.camel');
  await e.until('no lens', async () => (await e.titles('shop.camel')).length === 0);
  expect(await e.request('textDocument/hover', 'shop.camel', { position: e.at('shop.camel', 'Web {') })).not.toBeNull();
});

test('a thread that hears nothing is ended when its job is cancelled', async () => {
  const folder = folderWith({ 'solving-worker.js': "import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { for (;;); });" });
  copyFileSync(program, join(folder, 'server.mjs'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const e = (editor = await Editor.start(folderWith({ 'shop.camel': shop() }), { server: [join(folder, 'server.mjs')] }));
  await e.open('shop.camel');
  for (let i = 0; i < 2; i++) expect(await e.cancelled('camelc/solve', 'shop.camel')).toBe(-32800);
  expect(e.complaints).toEqual([]);
});

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
