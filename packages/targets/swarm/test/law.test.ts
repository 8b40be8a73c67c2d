import * as fc from 'fast-check';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { application, attribute, build, communication, component, container, port } from '../../../deployment/test/fixtures.js';
import { isCredentialName } from '@camelc/deployment';
import { renderSwarm, type Stack } from '../src/index.js';

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
