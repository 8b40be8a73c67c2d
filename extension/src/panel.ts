import { Uri, ViewColumn, window, type ExtensionContext, type Location, type WebviewPanel } from 'vscode';

/** What a panel shows: HTML, in which `data-location` names a place in the sources by its number. */
export interface Page {
  html: string;
  locations: Location[];
}

/** A view beside the editor. Everything in it is local; a click or Enter on an element with a place leads there. */
export class Panel {
  private static readonly open = new Map<string, Panel>();
  private readonly panel: WebviewPanel;
  private locations: Location[] = [];

  private constructor(
    private readonly context: ExtensionContext,
    name: string,
  ) {
    const media = Uri.joinPath(context.extensionUri, 'media');
    this.panel = window.createWebviewPanel(`camelc.${name}`, '', { viewColumn: ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: [media] });
    this.panel.webview.onDidReceiveMessage(({ location }: { location: number }) => void this.reveal(location));
    this.panel.onDidDispose(() => Panel.open.delete(name));
    Panel.open.set(name, this);
  }

  /** The one of that name, which is opened if it is not. */
  static of(name: string, context: ExtensionContext): Panel {
    return Panel.open.get(name) ?? new Panel(context, name);
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  /** Shows a page in place of the former one. */
  show(title: string, { html, locations }: Page): void {
    const { webview } = this.panel;
    const media = (file: string): string => webview.asWebviewUri(Uri.joinPath(this.context.extensionUri, 'media', file)).toString();
    this.locations = locations;
    this.panel.title = title;
    webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${media('panel.css')}">
<title>${escapeHtml(title)}</title>
</head>
<body>
${html}
<script src="${media('panel.js')}"></script>
</body>
</html>`;
  }

  private async reveal(index: number): Promise<void> {
    const location = this.locations[index];
    if (location) await window.showTextDocument(location.uri, { selection: location.range, viewColumn: ViewColumn.One });
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c]!);

/** Collects the places of a page. */
export class PageWriter {
  readonly locations: Location[] = [];

  /** A text that leads to a place, where it has one. */
  link(text: string, location: Location | undefined): string {
    if (!location) return escapeHtml(text);
    this.locations.push(location);
    return `<a href="#" data-location="${this.locations.length - 1}">${escapeHtml(text)}</a>`;
  }
}
