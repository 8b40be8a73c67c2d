import type { LangiumDocument } from 'langium';
import type { CodeActionProvider, LangiumServices } from 'langium/lsp';
import { URI } from 'langium';
import { CodeActionKind, type CodeAction, type CodeActionContext, type CodeActionParams, type InitializeParams, type Range } from 'vscode-languageserver';
import { touches, type Action, type Request, type Source } from './action.js';
import { convertUnit } from './convert-unit.js';
import { createElement } from './create-element.js';
import { dialect } from './dialect.js';
import { diagnosticFixes } from './diagnostic-fixes.js';
import { explanation } from './explanation.js';
import { formulaRefactorings } from './formula.js';
import { ignoreComment } from './ignore.js';
import { interval } from './interval.js';
import { removeUnused } from './remove-unused.js';
import { requirementSet } from './requirement-set.js';

const sources: readonly Source[] = [diagnosticFixes, removeUnused, createElement, convertUnit, interval, requirementSet, formulaRefactorings, dialect, ignoreComment, explanation];

/** The kinds of all actions, for the editor's menus. */
export const codeActionKinds: readonly string[] = [...new Set(sources.flatMap((s) => s.kinds))];

/** What finds an action again when its edit is asked for. */
interface ActionData {
  uri: string;
  range: Range;
}

/** Quick fixes, refactorings and actions on whole files. */
export class CamelCodeActionProvider implements CodeActionProvider {
  private canResolve = false;

  constructor(private readonly services: LangiumServices) {
    const { Connection, LanguageServer } = services.shared.lsp;
    LanguageServer.onInitialize(({ capabilities }: InitializeParams) => {
      const properties: unknown = capabilities.textDocument?.codeAction?.resolveSupport?.properties;
      this.canResolve = Array.isArray(properties) && properties.includes('edit');
    });
    Connection?.onCodeActionResolve((action) => this.resolve(action));
  }

  async getCodeActions(document: LangiumDocument, { range, context }: CodeActionParams): Promise<CodeAction[]> {
    const actions = this.actionsFor(document, range, (kind) => isWanted(kind, context));
    const data: ActionData = { uri: document.uri.toString(), range };
    return actions.map(({ edit, isCostly, ...action }) => (isCostly && this.canResolve ? { ...action, data } : { ...action, ...(edit && { edit: edit() }) }));
  }

  /** Gives an action its edit. The text may have changed since the action was listed. */
  resolve(action: CodeAction): CodeAction {
    const data = action.data as ActionData | undefined;
    const document = data && this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(data.uri));
    if (!document || action.edit) return action;
    const same = this.actionsFor(document, data.range, (kind) => kind === action.kind).find(({ title }) => title === action.title);
    return same?.edit ? { ...action, edit: same.edit() } : action;
  }

  /** One of each title: two sources may mend the same thing in the same way. */
  private actionsFor(document: LangiumDocument, range: Range, wants: (kind: string) => boolean): Action[] {
    const diagnostics = (document.diagnostics ?? []).filter((d) => touches(d.range, range));
    const request: Request = { document, range, diagnostics, services: this.services, wants };
    const actions = new Map<string, Action>();
    for (const source of sources) {
      if (!source.kinds.some(wants)) continue;
      for (const action of source.actions(request)) {
        const known = actions.get(action.title);
        if (wants(action.kind) && (!known || (action.isPreferred && !known.isPreferred))) actions.set(action.title, action);
      }
    }
    return [...actions.values()];
  }
}

/** Actions on whole files are for those who ask for them: on save, or from a menu of their own. */
const isWanted = (kind: string, { only }: CodeActionContext): boolean =>
  only ? only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`)) : !kind.startsWith(`${CodeActionKind.Source}.`);
