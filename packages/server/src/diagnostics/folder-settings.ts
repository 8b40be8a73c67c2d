/** Settings files, as far as the diagnostics of documents hang on them, and what is wrong with them. */
import type { Diagnostic as CamelDiagnostic, Severities } from '@camelc/diagnostics';
import { URI, UriUtils, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Diagnostic } from 'vscode-languageserver';
import { toLsp, uriOf } from './lsp-diagnostics.js';

/** What the settings of a folder say, and what is wrong with them. */
export interface KnownSettings {
  severities?: Severities;
  diagnostics: readonly CamelDiagnostic[];
}

/** Reads the settings of a folder. @param top the folder above which none are looked for */
export type ReadSettings = (folder: string, top: string) => KnownSettings;

export class FolderSettings {
  /** By folder. */
  private readonly known = new Map<string, KnownSettings & { top: string }>();
  /** By URI of the file. */
  private readonly faults = new Map<string, readonly Diagnostic[]>();

  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly read: ReadSettings | undefined,
  ) {}

  /** They are read once for each folder. */
  severitiesOf({ uri }: LangiumDocument): Severities | undefined {
    if (!this.read || uri.scheme !== 'file') return undefined;
    const folder = UriUtils.dirname(uri).fsPath;
    return (this.known.get(folder) ?? this.readFolder(folder, topOf(uri, this.shared) ?? folder))?.severities;
  }

  /** The files in which something is wrong. */
  get faulty(): Iterable<string> {
    return this.faults.keys();
  }

  faultsOf(uri: string): readonly Diagnostic[] {
    return this.faults.get(uri) ?? [];
  }

  /** Reads all files again. */
  readAgain(): void {
    this.faults.clear();
    for (const [folder, { top }] of this.known) this.readFolder(folder, top);
  }

  private readFolder(folder: string, top: string): KnownSettings | undefined {
    const settings = this.read?.(folder, top);
    if (!settings) return undefined;
    this.known.set(folder, { ...settings, top });
    // Folders share the settings of one above.
    const told = new Set(this.faults.keys());
    for (const diagnostic of settings.diagnostics) {
      const uri = uriOf(diagnostic.place!.file);
      if (!told.has(uri)) this.faults.set(uri, [...this.faultsOf(uri), toLsp(diagnostic, top)]);
    }
    return settings;
  }
}

/** The folder of the workspace that a file is in. */
export function topOf(uri: URI, { workspace }: LangiumSharedServices): string | undefined {
  const folder = workspace.WorkspaceManager.workspaceFolders?.find((f) => uri.toString().startsWith(`${f.uri}/`));
  return folder && URI.parse(folder.uri).fsPath;
}
