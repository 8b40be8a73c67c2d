/** Answers the requests of the server's own. */
import type { CamelModel } from '@camelc/language';
import { AstUtils, DocumentState, URI, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { CandidatesParams, CandidatesResult, DocumentParams, Requests } from '../protocol.js';
import type { BackgroundSolving } from './background.js';
import { applicationsOf, folderOf, inputOf, sourcesOf } from './inputs.js';
import type { Input, Job, RequestJob } from './jobs.js';
import { checkParameters, invalid, methods } from './parameters.js';
import type { Solver } from './solver.js';

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

  /** @throws ResponseError where the parameters are wrong, the document is not known, or the request was cancelled */
  async answer<M extends keyof Requests>(method: M, params: Requests[M][0], cancel: CancellationToken): Promise<Requests[M][1]> {
    checkParameters(method, params);
    const input = await this.inputFor(method, params, cancel);
    const known = this.known(method, params, input.application);
    const result = known ?? (await this.solver.run({ method, params, input } as RequestJob & { input: Input } as Job, cancel));
    if (result === undefined) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
    return (method === 'camelc/candidates' ? onlyOf(result as CandidatesResult, params) : result) as Requests[M][1];
  }

  private async inputFor(method: keyof Requests, { uri, application }: DocumentParams, cancel: CancellationToken): Promise<Input> {
    const { workspace } = this.shared;
    await workspace.WorkspaceManager.ready;
    const document = workspace.LangiumDocuments.getDocument(URI.parse(uri));
    if (!document) throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no document ${uri}`);
    await workspace.DocumentBuilder.waitUntil(DocumentState.Linked, document.uri, cancel);
    return workspace.WorkspaceLock.read(() => {
      if (method === 'camelc/check') return inputOf(document, folderOf(document, this.shared), undefined, this.shared);
      const meant = this.applicationsFor(document, application);
      const only = meant.length === 1 ? meant[0]!.name : undefined;
      const around = [...new Set(meant.map((m) => AstUtils.getDocument(m)))];
      return inputOf(document, sourcesOf(around.length > 0 ? around : [document], this.shared), application ?? only, this.shared);
    });
  }

  /** The applications of the document, or else those that it is a part of; only those of the name, where there is one. */
  private applicationsFor(document: LangiumDocument, name: string | undefined): CamelModel[] {
    const named = (d: LangiumDocument): CamelModel[] => applicationsOf(d).filter((m) => name === undefined || m.name === name || m.application?.name === name);
    const own = named(document);
    if (own.length > 0) return own;
    const all = this.shared.workspace.LangiumDocuments.all.toArray().filter((d) => d !== document && named(d).length > 0);
    return all.filter((d) => sourcesOf([d], this.shared).documents.has(document)).flatMap(named);
  }

  /** What was found in the background already. */
  private known(method: keyof Requests, params: DocumentParams, application: string | undefined): Requests[keyof Requests][1] | undefined {
    const finding = this.background.current().find((f) => f.uri === params.uri && f.application === application);
    if (method === 'camelc/solve') return finding?.search ? undefined : finding?.known?.solution;
    return method === 'camelc/candidates' && finding?.known?.candidates.components ? finding.known.candidates : undefined;
  }
}

/** The candidates of one component alone, if one is asked for. */
function onlyOf(result: CandidatesResult, { component }: CandidatesParams): CandidatesResult {
  if (component === undefined || !result.components) return result;
  const components = result.components.filter(({ name }) => name === component);
  if (components.length === 0) throw invalid(`there is no component \`${component}\`, but ${result.components.map(({ name }) => `\`${name}\``).join(', ')}`);
  return { ...result, components };
}
