/** Answers the requests of the server's own. */
import { DocumentState, URI, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { DocumentParams, Requests } from '../protocol.js';
import type { BackgroundSolving } from './background.js';
import { applicationsOf, folderOf, inputOf, sourcesOf } from './inputs.js';
import type { Input, Job, RequestJob } from './jobs.js';
import type { Solver } from './solver.js';

export const methods = ['camelc/check', 'camelc/candidates', 'camelc/problem', 'camelc/solve', 'camelc/compile', 'camelc/topology'] as const satisfies (keyof Requests)[];

export class SolvingRequests {
  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly background: BackgroundSolving,
    private readonly solver: Solver,
  ) {}

  listen(connection: Connection): void {
    for (const method of methods)
      connection.onRequest(method, async (params: DocumentParams, cancel: CancellationToken): Promise<object> => this.answer(method, params as never, cancel));
  }

  /** @throws ResponseError where the document is not known, or the request was cancelled */
  async answer<M extends keyof Requests>(method: M, params: Requests[M][0], cancel: CancellationToken): Promise<Requests[M][1]> {
    const input = await this.inputFor(method, params, cancel);
    const known = this.known(method, params, input.application);
    if (known) return known as Requests[M][1];
    const result = await this.solver.run({ method, params, input } as RequestJob & { input: Input } as Job, cancel);
    if (result === undefined) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
    return result as Requests[M][1];
  }

  private async inputFor(method: keyof Requests, { uri, application }: DocumentParams, cancel: CancellationToken): Promise<Input> {
    const { workspace } = this.shared;
    await workspace.WorkspaceManager.ready;
    const document = typeof uri === 'string' ? workspace.LangiumDocuments.getDocument(URI.parse(uri)) : undefined;
    if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no document ${uri}`);
    await workspace.DocumentBuilder.waitUntil(DocumentState.Linked, document.uri, cancel);
    return workspace.WorkspaceLock.read(() => {
      if (method === 'camelc/check') return inputOf(document, folderOf(document, this.shared), undefined, this.shared);
      const meant = this.applicationFor(document, application);
      return inputOf(document, sourcesOf(meant?.document ?? document, this.shared), application ?? meant?.name, this.shared);
    });
  }

  /** The application that is named, the only one of the document, or the only one that the document is a part of. */
  private applicationFor(document: LangiumDocument, name: string | undefined): { document: LangiumDocument; name?: string } | undefined {
    const all = this.shared.workspace.LangiumDocuments.all.toArray().filter((d) => applicationsOf(d).length > 0);
    const around = all.filter((d) => d === document || sourcesOf(d, this.shared).documents.has(document));
    const found = [document, ...around.filter((d) => d !== document)]
      .map((d) => ({ document: d, models: applicationsOf(d).filter((m) => name === undefined || m.name === name || m.application?.name === name) }))
      .filter(({ models }) => models.length > 0);
    const [first, ...more] = found;
    if (!first) return undefined;
    const isOnly = first.models.length === 1 && (first.document === document || more.length === 0);
    return isOnly ? { document: first.document, name: first.models[0]!.name } : { document: first.document };
  }

  /** What was found in the background already. */
  private known(method: keyof Requests, params: DocumentParams, application: string | undefined): Requests[keyof Requests][1] | undefined {
    const finding = this.background.current().find((f) => f.uri === params.uri && f.application === application);
    if (method === 'camelc/solve') return finding?.search ? undefined : finding?.known?.solution;
    const candidates = finding?.known?.candidates;
    if (method !== 'camelc/candidates' || !candidates?.components) return undefined;
    const { component } = params as Requests['camelc/candidates'][0];
    return { ...candidates, components: candidates.components.filter((c) => component === undefined || c.name === component) };
  }
}
