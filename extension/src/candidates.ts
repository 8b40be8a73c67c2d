import type { ExtensionContext } from 'vscode';
import type { CandidatesParams, CandidatesResult, ComponentCandidates } from '@camelc/server/protocol';
import { complain, modelParams } from './commands.js';
import { escapeHtml, PageWriter, Panel, type Page } from './panel.js';
import { toLocation, type Server } from './server.js';

/** How many candidates of a component are listed at first. */
const shown = 8;

/** Shows what fits the components of the active model, or the one component that a code lens names, and what excludes the rest. */
export async function showCandidates(server: Server, context: ExtensionContext, given?: CandidatesParams): Promise<void> {
  const params = given ?? modelParams(server);
  const answer = params && (await server.ask('camelc/candidates', params, 'Filtering the candidates'));
  if (!answer) return;
  if (!answer.components) return complain('Candidates cannot be filtered', answer);
  Panel.of('candidates', context).show(`Candidates of ${given?.component ?? answer.application}`, page(answer, answer.components));
}

function page({ application, currency, sources }: CandidatesResult, components: ComponentCandidates[]): Page {
  const writer = new PageWriter();
  const html = [
    `<h1>${escapeHtml(application ?? '')}</h1>`,
    `<p class="faint">${escapeHtml(sources ?? '')}</p>`,
    ...components.map((component) => section(component, currency ?? '', writer)),
  ].join('\n');
  return { html: `<main class="candidates">${html}</main>`, locations: writer.locations };
}

function section({ name, location, candidates, excluded, requirements, conflicts }: ComponentCandidates, currency: string, writer: PageWriter): string {
  const row = ({ id, description, price, limit }: (typeof candidates)[number]): string =>
    `<tr><td>${escapeHtml(id)}</td><td>${escapeHtml(description)}</td><td class="number">${price.toFixed(4)} ${escapeHtml(currency)}/h</td><td>${limit === undefined ? '' : `at most ${limit}`}</td></tr>`;
  const table = (rows: typeof candidates): string => `<table>${rows.map(row).join('')}</table>`;
  const excluding = requirements.filter((r) => r.excludes > 0);
  return [
    `<h2>${writer.link(name, toLocation(location))}</h2>`,
    `<p>${candidates.length === 0 ? '<strong>no candidate fits</strong>' : `${candidates.length} fit`}, ${excluded} do not</p>`,
    excluding.length
      ? `<h3>Excluded by</h3><table>${excluding
          .map(
            (r) =>
              `<tr><td>${writer.link(r.name, toLocation(r.location))}</td><td>${escapeHtml(r.asks)}</td><td class="number">${r.excludes}</td><td class="number">${r.alone} alone</td></tr>`,
          )
          .join('')}</table>`
      : '',
    ...conflicts.map((names) => `<p>No candidate meets ${escapeHtml(names.join(' and '))} together.</p>`),
    candidates.length ? '<h3>Cheapest first</h3>' : '',
    table(candidates.slice(0, shown)),
    candidates.length > shown ? `<details><summary>${candidates.length - shown} more</summary>${table(candidates.slice(shown))}</details>` : '',
  ].join('\n');
}
