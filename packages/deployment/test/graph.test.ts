import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology, topologyToDot, topologyToMermaid, topologyToSvg, type Topology } from '../src/index.js';
import { layOut, type Box } from '../src/graph/layout.js';
import { application, at, candidates, communication, component, machine, port, shop, solved } from './fixtures.js';

const topologyOf = (app = shop()): Topology => buildTopology(app, { solution: solved(app, { Web: 3 }), candidates });

/** The elements of an SVG picture, after a check that each is closed in its order. */
function elementsOf(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, closing, name, rest] of svg.matchAll(/<(\/?)([a-z]+)((?:[^<>"]|"[^"<]*")*)>/gi)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!rest!.endsWith('/')) open.push(name!);
    if (!closing) names.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<(?:[^<>"]|"[^"<]*")*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
  return names;
}

describe('the topology', () => {
  it('says where components, ports and communications stand', () => {
    const topology = buildTopology(shop());
    expect(topology).toMatchObject({
      application: 'Shop',
      components: [
        { name: 'Web', place: at('W'.charCodeAt(0)) },
        { name: 'Database', provided: [{ low: 5432 }] },
      ],
      communications: [{ place: at(70) }],
    });
    expect(topology).not.toHaveProperty('solution');
  });

  it('says on which hosts the instances of a solution stand, and what they cost', () => {
    const { components, solution } = topologyOf();
    expect(components[0]).toMatchObject({ name: 'Web', hosts: [{ host: 0, instances: 3 }] });
    expect(solution).toMatchObject({ status: 'optimal', currency: 'EUR', hosts: [{ number: 3, components: ['Web'] }, { number: 1 }] });
  });
});

describe('the SVG picture', () => {
  it('holds every component, port and communication, each with its path in the topology', () => {
    const topology = topologyOf();
    const svg = topologyToSvg(topology);
    elementsOf(svg);
    for (const text of ['Web', 'Database', 'Sql 5432', '3 on example m.small', 'Lyon, FR', 'optimal']) expect(svg).toContain(text);
    const marked = [...svg.matchAll(/data-element="([^"]+)"/g)].map(([, path]) => path!);
    expect(marked).toContain('components/1/provided/0');
    for (const path of marked) {
      const element = path.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], topology);
      expect(element, path).toMatchObject(path.startsWith('solution') ? { candidate: expect.any(String) } : { place: expect.anything() });
    }
  });

  it('is the same for the same application', () => {
    expect(topologyToSvg(topologyOf())).toBe(topologyToSvg(topologyOf()));
  });

  it('escapes what a provider is called, and cuts what is too long', () => {
    const app = application([component('A'.repeat(80))]);
    const odd = new Map([['small', machine('small', { hardware: '<b>&"\u0007', cloud: { id: 'c', provider: `]]>'`, type: 'public' } })]]);
    const svg = topologyToSvg(buildTopology(app, { solution: solved(app), candidates: odd }));
    elementsOf(svg);
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
    expect(svg).toMatch(/>A{5,30}…</);
  });

  it('draws an application without components', () => {
    elementsOf(topologyToSvg(buildTopology(application([]))));
  });
});

describe('the layout', () => {
  const graph = fc.integer({ min: 1, max: 9 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      ends: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 16 }),
    }),
  );
  const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  it('lets no two boxes or labels overlap, in circles and loops too', () => {
    fc.assert(
      fc.property(graph, ({ count, ends }) => {
        const nodes = Array.from({ length: count }, (_, i) => ({ width: 100 + 10 * i, height: 60 + 20 * (i % 3) }));
        const edges = ends.map(([from, to], i) => ({ from, to, fromY: 40, toY: 30, label: { width: 40 + 5 * i, height: 18 } }));
        const { width, height, nodes: boxes, edges: lines } = layOut(nodes, edges);
        const all = [...boxes, ...lines.map(({ label }) => label)];
        for (const [i, a] of all.entries()) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
          for (const b of all.slice(i + 1)) expect(overlap(a, b), `${JSON.stringify(a)} ${JSON.stringify(b)}`).toBe(false);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('draws what provides to the right of what requires', () => {
    const { nodes } = layOut(
      [0, 1, 2].map(() => ({ width: 100, height: 50 })),
      [
        { from: 2, to: 1, fromY: 0, toY: 0, label: { width: 10, height: 10 } },
        { from: 1, to: 0, fromY: 0, toY: 0, label: { width: 10, height: 10 } },
      ],
    );
    expect(nodes[2]!.x).toBeLessThan(nodes[1]!.x);
    expect(nodes[1]!.x).toBeLessThan(nodes[0]!.x);
  });
});

describe('the other forms', () => {
  it('are a flowchart in Mermaid', () => {
    const lines = topologyToMermaid(topologyOf()).split('\n');
    expect(lines.slice(0, 4)).toEqual(['---', expect.stringMatching(/^title: "Shop 1.0: .* EUR\/h/), '---', 'flowchart LR']);
    expect(lines).toContain('  c0["Web<br/>3 on example m.small"]');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}c0 -->\|"\w+<br\/>Sql 5432"\| c1$/));
    expect(lines).toContain('  c0 -.- h0');
  });

  it('are a directed graph of Graphviz, with an edge from port to port', () => {
    const text = topologyToDot(topologyOf());
    expect(text).toMatch(/^digraph "Shop" \{\n/);
    expect(text).toMatch(/ {2}c0:r0 -> c1:p0 \[label="\w+"\]\n/);
    expect(text).toContain('<p0> Sql 5432');
    expect(text).toMatch(/\n\}\n$/);
  });

  it('escape what a provider is called', () => {
    const app = application([component('Web', { requiredPorts: [port('Q', 1)], providedPorts: [port('P', 1)] })], [communication('Own', 'Web.Q', 'Web.P')]);
    const odd = new Map([['small', machine('small', { hardware: 'a"b{c|d>#\\', cloud: { id: 'c', provider: 'example', type: 'public' } })]]);
    const topology = buildTopology(app, { solution: solved(app), candidates: odd });
    expect(topologyToMermaid(topology)).toContain('example a#34;b#123;c#124;d#62;#35;#92;');
    expect(topologyToDot(topology)).toContain('example a\\"b\\{c\\|d\\>#\\\\');
  });
});
