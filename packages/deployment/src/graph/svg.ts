/** A topology as an SVG picture: light by itself; whoever shows it in a page may colour it by its classes. */
import type { Port } from '@camelc/application/model';
import { layOut, type Box, type Size } from './layout.js';
import { fitText, textWidth } from './text-width.js';
import type { Topology, TopologyComponent } from './topology.js';
import { carriedBy, instancesOf, locationOf, machineOf, portNumbers, priceOf, sizeOf, titleOf, totalOf } from './words.js';

const font = 13;
const small = 11;
const lineHeight = 20;
const padding = 12;
const margin = 20;
/** Longer names are cut, in multiples of the font size; the whole name stands in the tooltip. */
const longestText = 26;
const longestList = 60;

interface Row {
  class: 'required' | 'provided' | 'note';
  text: string;
  /** Where the row's port stands in the topology. */
  element?: string;
  optional?: boolean;
}

/** A component as it is drawn: its name, a row for each port, and its instances. */
interface Card extends Size {
  name: string;
  rows: Row[];
}

/** Draws a topology. Each part that stands in a source has `data-element`, its path in the topology: `components/0/provided/1`. */
export function topologyToSvg(topology: Topology): string {
  const cards = topology.components.map((component, i) => cardOf(component, i, topology));
  const index = new Map(topology.components.map(({ name }, i) => [name, i]));
  const edges = topology.communications.map(({ name, from, to }) => {
    const [client, server] = [index.get(from.component)!, index.get(to.component)!];
    const text = fitText(name, longestText);
    return {
      from: client,
      to: server,
      fromY: rowMiddle(cards[client]!, `components/${client}/required/${topology.components[client]!.required.findIndex((p) => p.name === from.port)}`),
      toY: rowMiddle(cards[server]!, `components/${server}/provided/${topology.components[server]!.provided.findIndex((p) => p.name === to.port)}`),
      label: { width: Math.ceil(textWidth(text) * small) + 12, height: small + 7 },
      text,
      optional: topology.components[client]!.required.some((p) => p.name === from.port && !p.mandatory),
    };
  });
  const graph = layOut(cards, edges);
  const top = margin + lineHeight + padding;
  const hosts = hostLines(topology, margin, top + graph.height + (graph.height ? margin * 2 : 0));
  const title = titleOf(topology);
  const width = Math.max(graph.width, hosts.width, Math.ceil(textWidth(title, true) * 15)) + 2 * margin;
  const height = (hosts.lines.length ? hosts.bottom : top + graph.height) + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" font-size="${font}">`,
    `<title>${escapeXml(`Topology of ${title}`)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="11" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow" d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>`,
    `<rect class="background" width="100%" height="100%" fill="#ffffff"/>`,
    `<text class="title" x="${margin}" y="${margin + 14}" font-size="15" font-weight="bold" fill="#1f2328">${escapeXml(title)}</text>`,
    `<g transform="translate(${margin} ${top})">`,
    ...topology.communications.flatMap(({ name, from, to }, i) => {
      const { label, path } = graph.edges[i]!;
      const { text, optional } = edges[i]!;
      return [
        `<g class="communication" data-element="communications/${i}">`,
        `<title>${escapeXml(`communication ${name}: ${from.component}.${from.port} to ${to.component}.${to.port}`)}</title>`,
        `<path class="line" d="${path}" fill="none" stroke="#57606a" stroke-width="1.3"${optional ? ' stroke-dasharray="5 3"' : ''} marker-end="url(#arrow)"/>`,
        `<text class="label" x="${label.x + label.width / 2}" y="${label.y + small}" text-anchor="middle" font-size="${small}" fill="#57606a">${escapeXml(text)}</text>`,
        `</g>`,
      ];
    }),
    ...cards.flatMap((card, i) => drawCard(card, graph.nodes[i]!, i)),
    `</g>`,
    ...hosts.lines,
    `</svg>`,
    '',
  ].join('\n');
}

function cardOf(component: TopologyComponent, i: number, { solution }: Topology): Card {
  const portRow =
    (kind: 'provided' | 'required') =>
    (port: Port, k: number): Row => ({
      class: kind,
      text: `${fitText(port.name, longestText)} ${portNumbers(port)}`,
      element: `components/${i}/${kind}/${k}`,
      optional: kind === 'required' && !port.mandatory,
    });
  const rows = [
    ...component.provided.map(portRow('provided')),
    ...component.required.map(portRow('required')),
    ...instancesOf(component, solution).map((text): Row => ({ class: 'note', text: fitText(text, longestText + 8) })),
  ];
  const widest = Math.max(textWidth(fitText(component.name, longestText, true), true) * font, ...rows.map((row) => textWidth(row.text) * (row.class === 'note' ? small : font)));
  return { name: component.name, rows, width: Math.ceil(widest) + 2 * padding, height: (rows.length + 1) * lineHeight + padding };
}

const rowTop = (k: number): number => (k + 1) * lineHeight + 6;
const rowMiddle = (card: Card, element: string): number => rowTop(card.rows.findIndex((row) => row.element === element)) + lineHeight / 2;

function drawCard({ name, rows }: Card, { x, y, width, height }: Box, i: number): string[] {
  const firstNote = rows.findIndex((row) => row.class === 'note');
  return [
    `<g class="component" data-element="components/${i}" transform="translate(${x} ${y})">`,
    `<title>${escapeXml(`component ${name}`)}</title>`,
    `<rect class="box" width="${width}" height="${height}" rx="6" fill="#f6f8fa" stroke="#8c959f"/>`,
    `<text class="name" x="${padding}" y="18" font-weight="bold" fill="#1f2328">${escapeXml(fitText(name, longestText, true))}</text>`,
    `<path class="rule" d="M0 25H${width}${firstNote > 0 ? `M0 ${rowTop(firstNote) + 1}H${width}` : ''}" stroke="#d0d7de"/>`,
    ...rows.map((row, k) => drawRow(row, rowTop(k), width)),
    `</g>`,
  ];
}

function drawRow(row: Row, top: number, width: number): string {
  const baseline = top + 14;
  const text = escapeXml(row.text);
  if (row.class === 'note') return `<text class="note" x="${padding}" y="${baseline}" font-size="${small}" fill="#57606a">${text}</text>`;
  const required = row.class === 'required';
  const meaning = required ? (row.optional ? 'required, optional' : 'required, mandatory') : 'provided';
  return [
    `<g class="port ${row.class}" data-element="${row.element}"><title>${escapeXml(`port ${row.text}, ${meaning}`)}</title>`,
    `<circle class="socket" cx="${required ? width : 0}" cy="${top + lineHeight / 2}" r="4" fill="${required ? '#ffffff' : '#0969da'}" stroke="#0969da"/>`,
    `<text class="port-name" x="${required ? width - padding : padding}" y="${baseline}"${required ? ' text-anchor="end"' : ''} fill="#1f2328">${text}</text></g>`,
  ].join('');
}

/** The hosts of a solution as a table, and what they cost together. */
function hostLines({ solution }: Topology, x: number, y: number): { lines: string[]; width: number; bottom: number } {
  if (!solution) return { lines: [], width: 0, bottom: y };
  const rows = solution.hosts.map((group) => [
    `${group.number} ×`,
    machineOf(group),
    sizeOf(group),
    fitText(locationOf(group), longestText),
    priceOf(group, solution.currency),
    fitText(carriedBy(group), longestList),
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((c) => Math.ceil(Math.max(0, ...rows.map((row) => textWidth(row[c]!))) * font));
  const columns = widths.map((_, c) => x + widths.slice(0, c).reduce((sum, width) => sum + width + 16, 0));
  const text = (cell: string, column: number, baseline: number, name: string): string =>
    cell && `<text class="${name}" x="${columns[column]}" y="${baseline}" fill="#1f2328">${escapeXml(cell)}</text>`;
  const total = totalOf(solution);
  const lines = [
    `<text class="heading" x="${x}" y="${y + 14}" font-weight="bold" fill="#1f2328">Hosts</text>`,
    ...rows.flatMap((row, r) => [
      `<g class="host" data-element="solution/hosts/${r}"><title>${escapeXml(`${solution.hosts[r]!.candidate}: ${carriedBy(solution.hosts[r]!)}`)}</title>`,
      ...row.map((cell, c) => text(cell, c, y + 14 + (r + 1) * lineHeight, 'cell')).filter(Boolean),
      '</g>',
    ]),
    `<text class="total" x="${x}" y="${y + 22 + (rows.length + 1) * lineHeight}" font-weight="bold" fill="#1f2328">${escapeXml(total)}</text>`,
  ];
  const width = Math.max(columns.at(-1)! - x + widths.at(-1)!, Math.ceil(textWidth(total, true) * font));
  return { lines, width, bottom: y + 28 + (rows.length + 1) * lineHeight };
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML has no place for control characters.
// oxlint-disable-next-line no-control-regex
const escapeXml = (text: string): string => text.replace(/[\u0000-\u001f]/g, ' ').replace(/[&<>"]/g, (c) => entities[c]!);
