/** What people read of a plan. */
import { join } from 'node:path';
import { diagnose, type Place } from '@camelc/diagnostics';
import type { Change, Plan } from '@camelc/plan';
import { describe, expect, it } from 'vitest';
import { renderPlan } from '../src/report/plan.ts';
import { makeStyle } from '../src/report/style.ts';

describe('the text of a plan', () => {
  const none = { kind: 'none' } as const;
  const place = (line: number): Place => ({ file: join(process.cwd(), 'shop.camel'), range: { start: { line, character: 2 }, end: { line, character: 3 } } });
  const change = (kind: string, name: string, more: Partial<Change> = {}): Change => ({
    action: 'create',
    key: `${kind}/${name}`,
    kind,
    name,
    cause: 'model',
    parts: [],
    drift: [],
    disruption: none,
    why: `${name} is wanted`,
    from: [place(1)],
    ...more,
  });
  const textOf = (more: Partial<Plan>, known?: Parameters<typeof renderPlan>[2], columns?: number): string =>
    renderPlan(
      {
        formatVersion: 1,
        target: { kind: 'swarm', name: 'prod', id: '' },
        application: 'Shop',
        id: 'shop',
        basis: { revision: 3, resources: {} },
        after: { cost: 0.5, currency: 'USD' },
        changes: [],
        unchanged: {},
        hosts: { missing: [], surplus: [] },
        secrets: {},
        steps: [],
        wanted: { formatVersion: 1, application: 'Shop', id: 'shop', worth: { cost: 0.5, currency: 'USD' }, resources: [], solution: null },
        ...more,
      },
      makeStyle(false, columns),
      known,
    );

  it('names the networks and mounts that come and go, without the details of each', () => {
    const joined = change('service', 'web', {
      action: 'update',
      parts: [
        { pointer: '/networks/shop_new', wanted: { aliases: ['web'] } },
        { pointer: '/networks/shop_old', before: { aliases: ['web'] } },
      ],
    });
    expect(textOf({ changes: [joined] })).toContain('+ networks shop_new, - networks shop_old');
  });

  it('gathers the labels of a host, and names places from where the command line stands', () => {
    const changes = [change('label', 'node1 shop=Web', { why: 'a' }), change('label', 'node1 shop.web=true', { why: 'a' }), change('label', 'node2 shop=Web', { why: 'b' })];
    expect(textOf({ changes })).toContain(
      '\n  + label   node1 shop=Web, shop.web=true      a (shop.camel:2:3)\n  + label   node2 shop=Web                     b (shop.camel:2:3)\n',
    );
  });

  it('says what is missing and how it joins, what is not needed, and what users notice', () => {
    const text = textOf({
      changes: [
        change('service', 'web', { action: 'update', cause: 'follows', disruption: { kind: 'rolling', available: 2, of: 3 } }),
        change('service', 'db', { action: 'update', parts: [{ pointer: '/image', before: 'db:1', wanted: 'db:2' }], disruption: { kind: 'recreate', available: 0, of: 1 } }),
      ],
      hosts: {
        missing: [{ group: 'Web', candidate: 'small', hardware: 'small', number: 2, command: 'docker swarm join', why: 'Web has 3 hosts' }],
        surplus: [{ host: 'node7', candidate: 'large', price: 0.25, why: 'carries nothing any more' }],
      },
    });
    expect(text).toContain('Shop on swarm `prod`: 2 changes, 2 hosts missing, cost 0.5000 $/h\n');
    expect(text).toMatch(/\n {2}! host +Web +2 missing: small +Web has 3 hosts\n {8}join: docker swarm join\n/);
    expect(text).toMatch(/\n {2}↻ service +web +restarts, one by one, 2 of 3 replicas serve +web is wanted/);
    expect(text).toMatch(/\n {2}~ service +db +image db:1 → db:2, stops before it starts anew, interrupted +db is wanted/);
    expect(text).toContain('\nno longer needed, and never removed by camelc: node7 (large, 0.2500 $/h): carries nothing any more\n');
    expect(text).toContain('\ndb will be interrupted.\n');
  });

  it('shows parts in few words, and what somebody changed', () => {
    const parts = [
      { pointer: '/environment/LEVEL', before: 'low', wanted: 'high' },
      { pointer: '/text', before: 'a\nb\nc', wanted: 'a\nB\nc\nd' },
      { pointer: '/image', before: `shop/web:1@sha256:${'0123456789abcdef'.repeat(4)}`, wanted: 'shop/web:2' },
      { pointer: '/limits', wanted: { memory: '64M', cpus: 1 } },
      { pointer: '/labels/com.docker.stack.image', before: 'shop/web:1', wanted: 'shop/web:2' },
    ];
    const text = textOf({ changes: [change('service', 'web', { action: 'update', parts, drift: [{ pointer: '/maxReplicasPerNode', before: 2, wanted: 1 }] })] }, {}, 60);
    expect(text.split('\n').slice(2, -1)).toEqual([
      '  ~ service   web   4 parts   web is wanted (shop.camel:2:3)',
      '        environment LEVEL low → high',
      '        text +2 -1 lines',
      '        image shop/web:1@sha256:0123456789ab… → shop/web:2',
      '        limits + memory 64M, cpus 1',
      '        changed since it was applied: max replicas per node',
      '        1 → 2',
    ]);
  });

  it('counts labels that a target keeps for itself as one thing', () => {
    const parts = ['camelc.model', 'com.docker.stack.image'].map((label) => ({ pointer: `/labels/${label}`, wanted: 'x' }));
    expect(textOf({ changes: [change('service', 'web', { action: 'update', parts })] })).toContain('\n  ~ service   web   labels   web is wanted');
  });

  it('shows fingerprints of credentials, and which could not be compared', () => {
    const secret = (name: string, hash: string) => ({ key: `secret/${name}-${hash}`, kind: 'secret', name, spec: {}, needs: [], why: '', from: [] });
    const wanted: Plan['wanted'] = {
      formatVersion: 1,
      application: 'Shop',
      id: 'shop',
      worth: { cost: 0, currency: 'EUR' },
      resources: [secret('A', '0123456789ab'), secret('B', 'ba9876543210')],
      solution: null,
    };
    const text = textOf({ secrets: { A: 'env:A', B: 'file:b' }, wanted }, { hints: [diagnose('engine/secret-kept', { name: 'B', why: 'there is no file b' })] });
    expect(text).toContain('credentials: A from env:A (fingerprint 0123456789ab), B from file:b (not compared)\n\nthe credential B stays as it was applied: there is no file b\n');
  });
});
