import { Uri, workspace, type ExtensionContext } from 'vscode';
import type { DocumentParams, TopologyResult } from '@camelc/server/protocol';
import { complain, modelParams } from './commands.js';
import { Panel, type Page } from './panel.js';
import { toLocation, type Server } from './server.js';

/** What the panel is about, while it is open. */
let open: DocumentParams | undefined;

/** Shows the topology of the active model beside it; it follows when a model is saved. */
export async function showTopology(server: Server, context: ExtensionContext): Promise<void> {
  const params = modelParams(server);
  const answer = params && (await server.ask('camelc/topology', params, 'Drawing the topology'));
  if (!answer) return;
  if (!answer.topology) return complain('The topology cannot be drawn', answer);
  const panel = Panel.of('topology', context);
  if (!open) {
    const saved = workspace.onDidSaveTextDocument(async ({ languageId }) => {
      const again = languageId === 'camel' && open && (await server.send('camelc/topology', open));
      if (again && again.topology && open) panel.show(titleOf(again), page(again));
    });
    panel.onDidDispose(() => {
      saved.dispose();
      open = undefined;
    });
  }
  open = params;
  panel.show(titleOf(answer), page(answer));
}

const titleOf = ({ topology }: TopologyResult): string => `Topology of ${(topology as { application: string }).application}`;

interface Element {
  place?: { file: string; range: Parameters<typeof toLocation>[0]['range'] };
}

/** The picture; each part that has a place in the sources leads there. */
function page({ topology, svg }: TopologyResult): Page {
  const locations: Page['locations'] = [];
  const html = (svg ?? '').replace(/ data-element="([^"]+)"/g, (whole, path: string) => {
    const { place } = path.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], topology) as Element;
    if (!place) return whole;
    locations.push(toLocation({ uri: /^[a-z][\w+.-]+:/i.test(place.file) ? place.file : Uri.file(place.file).toString(), range: place.range }));
    return ` data-location="${locations.length - 1}"`;
  });
  return { html: `<div class="picture">${html}</div>`, locations };
}
