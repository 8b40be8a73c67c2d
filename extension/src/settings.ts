import { workspace } from 'vscode';

/** The settings that concern the client alone; the server asks for its own. */
export function readSettings(): { codeLens: boolean } {
  return { codeLens: workspace.getConfiguration('camel').get('codeLens.enabled', true) };
}
