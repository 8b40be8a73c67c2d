import type { Topology } from './topology.js';
import { carriedBy, instancesOf, locationOf, machineOf, portNumbers, priceOf, sizeOf, titleOf, totalOf } from './words.js';

/** A topology as a Mermaid flowchart. */
export function topologyToMermaid(topology: Topology): string {
  const { components, communications, solution } = topology;
  const index = new Map(components.map(({ name }, i) => [name, i]));
  const label = (...lines: string[]): string => `"${lines.filter(Boolean).map(escapeText).join('<br/>')}"`;
  const title = solution ? `${titleOf(topology)}: ${totalOf(solution)}` : titleOf(topology);
  return [
    '---',
    `title: ${JSON.stringify(title)}`,
    '---',
    'flowchart LR',
    ...components.map((component, i) => `  c${i}[${label(component.name, ...instancesOf(component, solution))}]`),
    ...communications.map(({ name, from, to }) => {
      const client = components[index.get(from.component)!]!;
      const server = components[index.get(to.component)!]!;
      const provided = server.provided.find((port) => port.name === to.port)!;
      const required = client.required.find((port) => port.name === from.port)!;
      const arrow = required.mandatory ? '-->' : '-.->';
      return `  c${index.get(from.component)} ${arrow}|${label(name, `${to.port} ${portNumbers(provided)}`)}| c${index.get(to.component)}`;
    }),
    ...(solution?.hosts ?? []).flatMap((group, h) => [
      `  h${h}[(${label(`${group.number} × ${machineOf(group)}`, sizeOf(group), locationOf(group), priceOf(group, solution!.currency), carriedBy(group))})]`,
      ...components.flatMap((component, i) => (component.hosts?.some((host) => host.host === h) ? [`  c${i} -.- h${h}`] : [])),
    ]),
    '',
  ].join('\n');
}

/** Mermaid's own entities: `#` and the code of the character. */
const escapeText = (text: string): string => text.replace(/[^\p{L}\p{N} _.,:;/()+×∞…-]/gu, (c) => `#${c.codePointAt(0)};`);
