/** Severities of the settings files, for the diagnostics of documents. */
import type { Severities } from '@camelc/diagnostics';
import { URI, UriUtils, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';

/** Reads the severities of a folder. @param top the folder above which none are looked for */
export type ReadSeverities = (folder: string, top: string) => Severities | undefined;

export class FolderSeverities {
  private readonly known = new Map<string, Severities | undefined>();

  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly read: ReadSeverities | undefined,
  ) {}

  /** They are read once for each folder. */
  of({ uri }: LangiumDocument): Severities | undefined {
    if (!this.read || uri.scheme !== 'file') return undefined;
    const folder = UriUtils.dirname(uri).fsPath;
    if (!this.known.has(folder)) this.known.set(folder, this.read(folder, topOf(uri, this.shared) ?? folder));
    return this.known.get(folder);
  }

  forget(): void {
    this.known.clear();
  }
}

/** The folder of the workspace that a file is in. */
export function topOf(uri: URI, { workspace }: LangiumSharedServices): string | undefined {
  const folder = workspace.WorkspaceManager.workspaceFolders?.find((f) => uri.toString().startsWith(`${f.uri}/`));
  return folder && URI.parse(folder.uri).fsPath;
}
