import * as fc from 'fast-check';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { application, attribute, build, candidates, communication, component, container, noConfigs, placed, port } from '../../../deployment/test/fixtures.js';
import { buildDeployment } from '@camelc/deployment';
import { isCredentialName } from '@camelc/diagnostics';
import { renderSwarm, type Hosts, type Stack } from '../src/index.js';

const name = fc.oneof(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,70}$/), fc.constantFrom('Web', 'web', 'WEB', 'w_eb', 'candidate', 'on', 'y', 'default'));
const texts = fc.dictionary(
  fc.stringMatching(/^[A-Z]{1,6}$/).filter((key) => !isCredentialName(key)),
  fc.string().filter((text) => !/\$[\w{]|:\/\//.test(text)),
  { maxKeys: 4 },
);
const apps = fc.record({
  id: name,
  components: fc.uniqueArray(fc.record({ name, texts, number: fc.integer({ min: 0, max: 3 }), published: fc.boolean() }), { selector: (c) => c.name, minLength: 1, maxLength: 5 }),
});

it('what has been built, a swarm takes, with every text as it was', () => {
  fc.assert(
    fc.property(apps, fc.constantFrom('ingress', 'host'), ({ id, components }, publishMode) => {
      const parts = components.map((c, index) =>
        component(c.name, {
          providedPorts: [port('In', 1000 + index)],
          requiredPorts: [port('Out', 1)],
          configuration: container('shop/a:1', { environment: Object.entries(c.texts).map(([key, text]) => attribute(key, text)) }),
        }),
      );
      const links = components
        .filter(({ published }) => !published)
        .map((c, index) => communication(`${components[0]!.name}${index}`, `${components[0]!.name}.Out`, `${c.name}.In`));
      const { deployment, diagnostics } = build(application(parts, links, { name: id }), { publishMode }, Object.fromEntries(components.map((c) => [c.name, c.number])));
      expect(diagnostics).toEqual([]);

      const { files, diagnostics: refused } = renderSwarm(deployment!);
      expect(refused).toEqual([]);
      const { services } = parse(files[0]!.text) as Stack;
      expect(Object.keys(services)).toHaveLength(components.filter(({ number }) => number > 0).length);
      for (const service of deployment!.services) {
        const written = Object.entries(services[service.name]!.environment ?? {}).map(([key, text]) => [key, text!.replaceAll('$$', '$')]);
        expect(Object.fromEntries(written)).toEqual(Object.fromEntries(service.environment.map((v) => [v.name, v.value])));
      }
    }),
    { numRuns: 300 },
  );
});

const placements = fc.uniqueArray(
  fc.uniqueArray(fc.tuple(fc.constantFrom('Web', 'web-2', 'Database', 'Everywhere'), fc.integer({ min: 1, max: 3 })), { selector: ([name]) => name, minLength: 1 }),
  {
    minLength: 1,
    maxLength: 4,
    selector: (host) => JSON.stringify(host),
  },
);

it('hosts with their labels leave a swarm no choice but the placement of the solution', () => {
  fc.assert(
    fc.property(placements, fc.integer({ min: 1, max: 3 }), (contents, number) => {
      const hosts = contents.map((content) => content.flatMap(([name, times]) => Array<string>(name === 'Everywhere' ? 1 : times).fill(name)));
      const names = ['Web', 'web-2', 'Database', 'Everywhere'].filter((name) => hosts.flat().includes(name));
      const app = application(
        names.map((name) => component(name, { everywhere: name === 'Everywhere' })),
        [],
        { placement: 'shared' },
      );
      const solution = placed(app, ...hosts);
      for (const host of solution.hosts) host.number = number;
      for (const one of solution.components) one.cardinality *= number;
      const { deployment } = buildDeployment(app, solution, candidates, { variables: {}, readConfig: noConfigs });
      const [stack, leased] = renderSwarm(deployment!).files.map(({ text }) => parse(text)) as [Stack, Hosts];

      const carried = leased.hosts.map(() => new Map<string, number>());
      for (const { deploy } of Object.values(stack.services)) {
        const [label, value] = deploy!.placement!.constraints![0]!.replace('node.labels.', '').split(' == ') as [string, string];
        const eligible = leased.hosts.flatMap(({ labels }, i) => (labels[label] === value ? [i] : []));
        const most = deploy!.mode === 'global' ? 1 : deploy!.placement!.max_replicas_per_node!;
        // As many replicas as there are places: each is taken.
        if (deploy!.mode !== 'global') expect(deploy!.replicas).toBe(most * number * eligible.length);
        const name = deploy!.labels!['camelc.component']!;
        for (const i of eligible) carried[i]!.set(name, (carried[i]!.get(name) ?? 0) + most);
      }
      expect(carried.map((map) => Object.fromEntries(map))).toEqual(
        hosts.map((host) => Object.fromEntries(names.filter((n) => host.includes(n)).map((n) => [n, host.filter((o) => o === n).length]))),
      );
      expect(leased.hosts.map((h) => [...h.components].sort())).toEqual(hosts.map((host) => [...host].sort()));
    }),
    { numRuns: 300 },
  );
});
