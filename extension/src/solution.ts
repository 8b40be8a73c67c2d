import type { ExtensionContext, Location } from 'vscode';
import type { SolveResult } from '@camelc/server/protocol';
import { escapeHtml, PageWriter, Panel, type Page } from './panel.js';
import { toLocation } from './server.js';

/** Shows a solution with its reasons, or what contradicts what and the changes that would help. */
export function showSolution(context: ExtensionContext, answer: SolveResult): void {
  Panel.of('solution', context).show(`Solution of ${answer.application ?? 'the model'}`, page(answer));
}

const cells = (...texts: string[]): string => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;

function page(answer: SolveResult): Page {
  const writer = new PageWriter();
  const parts = answer.components?.length ? found(answer) : notFound(answer, writer);
  return { html: `<main class="solution"><h1>${escapeHtml(answer.application ?? '')}</h1>${parts.join('\n')}</main>`, locations: writer.locations };
}

function found({ status, utility, cost, currency, components, hosts, reasons }: SolveResult): string[] {
  const unit = `${escapeHtml(currency ?? '')}/h`;
  return [
    `<p><strong>${cost?.toFixed(4)} ${unit}</strong>${utility === undefined ? '' : `, utility ${typeof utility === 'number' ? Number(utility.toPrecision(5)) : utility}`}, ${status === 'optimal' ? 'optimal: proven' : 'not proven optimal'}</p>`,
    `<table><tr><th>component</th><th>instances</th><th>candidate</th></tr>${(components ?? []).map((c) => cells(escapeHtml(c.name), String(c.cardinality), escapeHtml(c.candidate ?? ''))).join('')}</table>`,
    `<h2>Hosts</h2><table>${(hosts ?? []).map((h) => cells(`${h.number} ×`, escapeHtml(h.candidate), escapeHtml(h.components.join(', ')))).join('')}</table>`,
    ...(reasons?.length ? ['<h2>Why</h2>', ...reasons.map(({ text }) => `<p>${escapeHtml(text)}</p>`)] : []),
  ];
}

function notFound({ status, conflicts, suggestions, currency }: SolveResult, writer: PageWriter): string[] {
  const place = ({ uri, range }: { uri?: string; range?: Parameters<typeof toLocation>[0]['range'] }): Location | undefined =>
    uri && range ? toLocation({ uri, range }) : undefined;
  if (status === 'unknown') return ['<p>The time limit ended the search before any deployment was found.</p>'];
  return [
    '<p><strong>No deployment satisfies this model.</strong></p>',
    ...(conflicts ?? []).map(
      (set) => `<h2>These contradict each other</h2><table>${set.map((e) => cells(writer.link(e.element, place(e)), escapeHtml(e.says ?? ''))).join('')}</table>`,
    ),
    ...(suggestions?.length ? ['<h2>Any one of these would do</h2>'] : []),
    ...(suggestions ?? []).map(
      ({ changes, cost }) =>
        `<table>${changes.map((c) => cells(writer.link(c.element, place(c)), escapeHtml(c.text))).join('')}</table><p class="faint">then ${cost.toFixed(4)} ${escapeHtml(currency ?? '')}/h</p>`,
    ),
  ];
}
