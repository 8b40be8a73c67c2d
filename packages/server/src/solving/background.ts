/** Solves models in the background when they are opened and saved, and holds what was found while the texts stay as they were. */
import { placeOfName } from '@camelc/language';
import { DocumentState, isOperationCancelled, URI, type LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { CancellationTokenSource, DiagnosticSeverity, FileChangeType, type Diagnostic, type FileEvent, type Range } from 'vscode-languageserver';
import { describeError } from '../life.js';
import type { Diagnosed } from '../protocol.js';
import type { Client } from './client.js';
import { applicationsOf, inputOf, sourcesOf } from './inputs.js';
import type { Background } from './jobs.js';
import type { FolderSettings } from '../diagnostics/folder-settings.js';
import type { Solver } from './solver.js';

/** What is known of an application with certain texts. */
export interface Finding {
  /** Document, name and place of the name of its camel model. */
  uri: string;
  application: string;
  range: Range;
  /** By URI of the document. */
  texts: ReadonlyMap<string, string>;
  known?: Background;
  /** Another document of it, whose errors keep it from being solved. */
  faulty?: LangiumDocument;
  /** Ends the search; absent when it is over. */
  search?: CancellationTokenSource;
}

/** So many findings of each application are kept, so that an edit that is undone needs no search. */
const mostKept = 4;

/** Milliseconds after which a search shows its progress. */
const slow = 500;

export class BackgroundSolving {
  /** By application, the latest first. */
  private readonly findings = new Map<string, Finding[]>();
  /** What was last published of each document. */
  private readonly published = new Map<string, readonly Diagnostic[]>();

  constructor(
    private readonly services: LangiumServices,
    private readonly client: Client,
    private readonly settings: FolderSettings,
    private readonly solver: Solver | undefined,
  ) {
    if (!solver) return;
    const { TextDocuments, DocumentBuilder } = services.shared.workspace;
    TextDocuments.onDidOpen(({ document }) => void this.consider(document.uri));
    TextDocuments.onDidSave(({ document }) => void this.consider(document.uri));
    TextDocuments.onDidClose(({ document }) => this.forget((f) => f.uri === document.uri));
    DocumentBuilder.onBuildPhase(DocumentState.Validated, () => this.publish());
    services.shared.lsp.DocumentUpdateHandler.onWatchedFilesChange?.(async ({ changes }) => {
      if (!changes.some(concernsInputs)) return;
      this.forget(() => true);
      await this.validateAgain().catch((error) => this.complain(error));
      for (const document of TextDocuments.all()) void this.consider(document.uri);
    });
  }

  /** What is known of the applications as their texts are. */
  current(): Finding[] {
    return [...this.findings.values()].flatMap((all) => all.find((finding) => this.isCurrent(finding)) ?? []);
  }

  /** What the last searches say of a document, as long as it holds; of a settings file what is wrong with it. */
  diagnosticsOf(uri: string, ordinary: readonly Diagnostic[]): Diagnostic[] {
    const faults = this.settings.faultsOf(uri);
    const problems = this.current().flatMap(({ known }) => problemsOf(known).find((p) => p.uri === uri)?.diagnostics ?? []);
    const found = [...faults, ...problems.filter((d) => ![...ordinary, ...faults].some((other) => isSame(d, other)))];
    if (found.length > 0) this.published.set(uri, found);
    else this.published.delete(uri);
    return found;
  }

  /** Solves the applications that a document has, or is a part of, where nothing is known of them as they are. */
  private async consider(uri: string): Promise<void> {
    try {
      const { workspace } = this.services.shared;
      await workspace.WorkspaceManager.ready;
      // One that has just been opened is checked in the next build; as a closed file of the folder it was read alone.
      while ((workspace.LangiumDocuments.getDocument(URI.parse(uri))?.state ?? DocumentState.Changed) < DocumentState.Validated) {
        if (!workspace.TextDocuments.get(uri)) return;
        await this.nextBuild();
      }
      const { onSave = true, timeLimit } = await this.client.settings('solve');
      if (!onSave) return;
      // Only when the edits before it are read.
      await workspace.WorkspaceLock.read(() => this.findAll(uri, timeLimit ?? undefined));
    } catch (error) {
      if (!isOperationCancelled(error)) this.complain(error);
    }
  }

  private nextBuild(): Promise<void> {
    return new Promise((resolve) => {
      const listening = this.services.shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
        listening.dispose();
        resolve();
      });
    });
  }

  /** Publishes what the settings say now of the documents that are open. */
  private async validateAgain(): Promise<void> {
    const { shared, validation } = this.services;
    const { WorkspaceLock, TextDocuments, LangiumDocuments } = shared.workspace;
    this.settings.readAgain();
    this.publish();
    await WorkspaceLock.read(async () => {
      for (const { uri } of TextDocuments.all()) {
        const document = LangiumDocuments.getDocument(URI.parse(uri));
        if (!document || document.state < DocumentState.Validated) continue;
        document.diagnostics = await validation.DocumentValidator.validateDocument(document);
        void shared.lsp.Connection?.sendDiagnostics({ uri, diagnostics: document.diagnostics });
      }
    });
  }

  private findAll(uri: string, timeLimit: number | undefined): void {
    // A search for older texts ends.
    this.forget((f) => f.search !== undefined && f.texts.has(uri) && !this.isCurrent(f));
    const { workspace } = this.services.shared;
    const opened = [...workspace.TextDocuments.all()].flatMap((d) => workspace.LangiumDocuments.getDocument(URI.parse(d.uri)) ?? []);
    for (const document of opened) {
      if (applicationsOf(document).length === 0) continue;
      const sources = sourcesOf([document], this.services.shared);
      const documents = [...sources.documents];
      if (!documents.some((d) => d.uri.toString() === uri) || this.hasErrors(document)) continue;
      const faulty = documents.find((d) => this.hasErrors(d));
      for (const model of applicationsOf(document)) {
        const input = { ...inputOf(document, sources, model.name, this.services.shared), timeLimit };
        const texts = new Map(documents.map((d) => [d.uri.toString(), d.textDocument.getText()]));
        this.find({ uri: document.uri.toString(), application: model.name, range: placeOfName(model).range, texts, ...(faulty && { faulty }) }, input);
      }
    }
  }

  /** Searches, unless the same is known or sought already. */
  private find(finding: Finding, input: Parameters<Solver['run']>[0]['input']): void {
    const key = `${finding.uri}#${finding.application}`;
    const known = this.findings.get(key) ?? [];
    if (known.some((f) => this.isCurrent(f))) return;
    this.findings.set(key, [finding, ...known].slice(0, mostKept));
    if (finding.faulty) this.refresh();
    else void this.search(finding, input);
  }

  private async search(finding: Finding, input: Parameters<Solver['run']>[0]['input']): Promise<void> {
    const search = (finding.search = new CancellationTokenSource());
    const endProgress = this.showProgress(finding, search);
    this.refresh();
    try {
      finding.known = await this.solver!.run({ method: 'background', input }, search.token, (known) => {
        finding.known = known;
        this.refresh();
      });
    } catch (error) {
      this.complain(error);
      this.forget((f) => f === finding);
    } finally {
      endProgress();
      finding.search = undefined;
      if (!finding.known || search.token.isCancellationRequested) this.forget((f) => f === finding);
      this.refresh();
    }
  }

  /** @returns ends it */
  private showProgress({ application }: Finding, search: CancellationTokenSource): () => void {
    const { Connection } = this.services.shared.lsp;
    if (!Connection || !this.client.showsProgress) return () => undefined;
    let ended = false;
    let end = (): void => undefined;
    const begin = async (): Promise<void> => {
      const progress = await Connection.window.createWorkDoneProgress();
      if (ended) return;
      progress.begin(`Solving ${application}`, undefined, undefined, true);
      progress.token.onCancellationRequested(() => search.cancel());
      end = () => progress.done();
    };
    // A client that refuses shows none.
    const timer = setTimeout(() => void begin().catch(() => undefined), slow);
    return () => {
      ended = true;
      clearTimeout(timer);
      end();
    };
  }

  private isCurrent({ texts, faulty }: Finding): boolean {
    if (faulty && !this.hasErrors(faulty)) return false;
    const { LangiumDocuments } = this.services.shared.workspace;
    return [...texts].every(([uri, text]) => LangiumDocuments.getDocument(URI.parse(uri))?.textDocument.getText() === text);
  }

  private hasErrors({ uri, diagnostics }: LangiumDocument): boolean {
    const own = this.published.get(uri.toString());
    return diagnostics?.some((d) => d.severity === DiagnosticSeverity.Error && !own?.includes(d)) ?? false;
  }

  private forget(which: (finding: Finding) => boolean): void {
    for (const [key, all] of this.findings) {
      for (const finding of all.filter(which)) finding.search?.cancel();
      const left = all.filter((f) => !which(f));
      if (left.length > 0) this.findings.set(key, left);
      else this.findings.delete(key);
    }
    this.publish();
  }

  private refresh(): void {
    this.publish();
    this.client.refresh('codeLens');
  }

  /** Publishes what has changed in documents. That of a document whose text changed is published with its other diagnostics. */
  private publish(): void {
    const { LangiumDocuments } = this.services.shared.workspace;
    const found = this.current().flatMap(({ known }) => problemsOf(known).map((p) => p.uri));
    for (const uri of new Set([...found, ...this.settings.faulty, ...this.published.keys()])) {
      const document = LangiumDocuments.getDocument(URI.parse(uri));
      const before = this.published.get(uri) ?? [];
      const ordinary = document?.diagnostics?.filter((d) => !before.includes(d)) ?? [];
      const now = this.diagnosticsOf(uri, ordinary);
      if (now.length === before.length && now.every((d, i) => d === before[i])) continue;
      if (document && document.state < DocumentState.Validated) continue;
      const diagnostics = [...ordinary, ...now];
      if (document) document.diagnostics = diagnostics;
      void this.services.shared.lsp.Connection?.sendDiagnostics({ uri, diagnostics });
    }
  }

  private complain(error: unknown): void {
    this.services.shared.lsp.Connection?.console.error(`solving in the background: ${describeError(error)}`);
  }
}

/** Whether candidates, metrics or settings may have changed: files in JSON, or what was in a folder that is gone. */
const concernsInputs = ({ uri, type }: FileEvent): boolean => uri.endsWith('.json') || (type === FileChangeType.Deleted && !/\.\w+$/.test(uri));

/** Those of the last step say what those before it said, too. */
const problemsOf = (known: Background | undefined): Diagnosed['problems'] => (known?.solution ?? known?.candidates)?.problems ?? [];

const isSame = (a: Diagnostic, b: Diagnostic): boolean => a.code === b.code && a.message === b.message && JSON.stringify(a.range) === JSON.stringify(b.range);
