/** Candidates, the optimum and conflicts in an editor, through the bundled server. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeAction, CompletionList } from 'vscode-languageserver';
import type { CandidatesResult, CheckResult, SolveResult } from '@camelc/server/protocol';
import { folderWith } from '../folders.js';
import { program, repository } from './client.js';
import { candidates, clear, deployment, diagnosed, requirement, settings, shop, start, titled } from './shop.js';

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
  await e.until('no such lens', async () => !(await e.titles('shop.camel')).some((title) => title.startsWith('not solved')));
  await e.save('goals.camel');
  await titled(e, 'shop.camel', 'optimal: 0.01');
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

test('another file that changes lets what is known stand, and a folder that goes away does not', async () => {
  const e = await start({ 'shop.camel': shop(), 'needs/candidates.json': candidates, 'camelc.config.json': '{ "candidates": ["needs/candidates.json"] }' });
  await e.open('shop.camel');
  await titled(e, 'shop.camel', 'optimal');
  const changed = (file: string, type: number): Promise<void> => e.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: e.uri(file), type }] });
  for (const file of ['build.log', 'README.md', '.git/index']) await changed(file, 2);
  expect(await e.titles('shop.camel')).toHaveLength(2);
  rmSync(join(e.folder, 'needs'), { recursive: true });
  await changed('needs', 3);
  await titled(e, 'shop.camel', 'not solved');
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
  const e = await start({ 'shop.camel': shop() }, { server: [join(folder, 'server.mjs')] });
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
  const e = await start({ 'shop.camel': shop() }, { server: [join(folder, 'server.mjs')] });
  await e.open('shop.camel');
  for (let i = 0; i < 2; i++) expect(await e.cancelled('camelc/solve', 'shop.camel')).toBe(-32800);
  expect(e.complaints).toEqual([]);
});
