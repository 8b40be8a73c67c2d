import type { Topology } from './topology.js';
import { carriedBy, instancesOf, locationOf, machineOf, portNumbers, priceOf, sizeOf, titleOf, totalOf } from './words.js';

/** A topology in the language of Graphviz. */
export function topologyToDot(topology: Topology): string {
  const { components, communications, solution } = topology;
  const index = new Map(components.map(({ name }, i) => [name, i]));
  const title = solution ? `${titleOf(topology)}: ${totalOf(solution)}` : titleOf(topology);
  return [
    `digraph ${quoted(topology.application)} {`,
    '  rankdir=LR',
    `  label=${quoted(title)}`,
    '  labelloc=t',
    '  node [shape=record, fontname="sans-serif", fontsize=11]',
    '  edge [fontname="sans-serif", fontsize=9]',
    ...components.map((component, i) => {
      const ports = [
        ...component.provided.map((port, k) => `<p${k}> ${record(`${port.name} ${portNumbers(port)}`)}\\l`),
        ...component.required.map((port, k) => `<r${k}> ${record(`${port.name} ${portNumbers(port)}`)}\\r`),
      ];
      return `  c${i} [label="${[record(component.name), ...ports, record(instancesOf(component, solution).join('\n'))].join('|')}"]`;
    }),
    ...communications.map(({ name, from, to }) => {
      const [client, server] = [index.get(from.component)!, index.get(to.component)!];
      const required = components[client]!.required.findIndex((port) => port.name === from.port);
      const provided = components[server]!.provided.findIndex((port) => port.name === to.port);
      const style = components[client]!.required[required]!.mandatory ? '' : ', style=dashed';
      return `  c${client}:r${required} -> c${server}:p${provided} [label=${quoted(name)}${style}]`;
    }),
    ...(solution?.hosts ?? []).flatMap((group, h) => [
      `  h${h} [shape=box3d, label=${quoted([`${group.number} × ${machineOf(group)}`, sizeOf(group), locationOf(group), priceOf(group, solution!.currency), carriedBy(group)].filter(Boolean).join('\n'))}]`,
      ...components.flatMap((component, i) => (component.hosts?.some((host) => host.host === h) ? [`  c${i} -> h${h} [style=dotted, arrowhead=none]`] : [])),
    ]),
    '}',
    '',
  ].join('\n');
}

const escapeText = (text: string): string => text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n');
const quoted = (text: string): string => `"${escapeText(text)}"`;
/** A field of a record, where some characters part fields. */
const record = (text: string): string => escapeText(text).replace(/[{}|<>]/g, '\\$&');
