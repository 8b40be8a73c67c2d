import { byPosition, type Edit } from '@camelc/diagnostics';
import type { LangiumDocument } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { TextEdit, type Command, type Diagnostic, type Range, type WorkspaceEdit } from 'vscode-languageserver';

/** What an editor asks actions for. */
export interface Request {
  document: LangiumDocument;
  /** The selection. */
  range: Range;
  /** Those of the document in the selection. */
  diagnostics: readonly Diagnostic[];
  services: LangiumServices;
  /** Whether actions of the kind are asked for; what takes long to find asks first. */
  wants: (kind: string) => boolean;
}

/** Something that can be done to the text. */
export interface Action {
  title: string;
  kind: string;
  /** Made when it is asked for, as the list of actions is shown far more often than one is used. */
  edit?: () => WorkspaceEdit;
  /** What is done instead of an edit. */
  command?: Command;
  /** Whether the edit takes a look at the whole document. */
  isCostly?: true;
  diagnostics?: Diagnostic[];
  isPreferred?: true;
}

/** Finds actions of some kinds. */
export interface Source {
  kinds: readonly string[];
  actions(request: Request): Action[];
}

/** An edit of a quick fix as editors have it. */
export const textEdit = ({ place, text }: Edit): TextEdit => TextEdit.replace(place.range, text);

/** One file's edits. */
export const editOf = ({ uri }: LangiumDocument, edits: TextEdit[]): WorkspaceEdit => ({ changes: { [uri.toString()]: edits } });

/** Whether the ranges share a place; an empty one shares that at its ends. */
export const touches = (a: Range, b: Range): boolean => byPosition(a.end, b.start) >= 0 && byPosition(b.end, a.start) >= 0;
/** Whether both ranges cover some of the same text. */
export const overlaps = (a: Range, b: Range): boolean => byPosition(a.start, b.end) < 0 && byPosition(b.start, a.end) < 0;
