import { hideCredentials, type Diagnostic } from '@camelc/diagnostics';
import type { LangiumDocument } from 'langium';

/** Of what stands before and behind a place, as much says whether a credential stands there. */
const around = 300;

/** The diagnostic of a place in the text, which quotes nothing of it where that looks like a credential: a mistake keeps it from being known as one. */
export function withoutCredential(d: Diagnostic, { textDocument }: LangiumDocument): Diagnostic {
  const text = textDocument.getText();
  const [start, end] = [textDocument.offsetAt(d.place!.range.start), textDocument.offsetAt(d.place!.range.end)];
  const from = Math.max(0, start - around);
  const marked = text.slice(start, end);
  if (end - start > around || hideCredentials(text.slice(from, end + around)).slice(start - from, end - from) === marked) return d;
  const hide = (words: string): string => words.replaceAll(/`([^`]+)`/g, (quoted, word: string) => (marked.includes(word) ? 'this text' : quoted));
  return {
    ...d,
    message: hide(d.message),
    ...(d.help !== undefined && { help: hide(d.help) }),
    // What writes signs alone does not repeat it.
    ...(d.fixes && { fixes: d.fixes.filter(({ edits }) => edits.every((edit) => !/\w/.test(edit.text))) }),
  };
}
