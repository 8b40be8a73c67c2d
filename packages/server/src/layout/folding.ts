import { BracketPairs, marksOf } from '@camelc/language';
import type { LangiumDocument } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver';

/** Folds blocks, lists, texts of several lines, comments, runs of `//` lines, and regions; also where the syntax is broken. */
export class CamelFoldingRangeProvider implements FoldingRangeProvider {
  getFoldingRanges({ textDocument }: LangiumDocument): FoldingRange[] {
    const text = textDocument.getText();
    const lineOf = (offset: number): number => textDocument.positionAt(offset).line;
    /** By their first line: an editor shows one fold there, that of what reaches farthest. */
    const folds = new Map<number, FoldingRange>();
    const add = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
      if (endLine > startLine && endLine > (folds.get(startLine)?.endLine ?? -1)) folds.set(startLine, { startLine, endLine, ...(kind && { kind }) });
    };
    const brackets = new BracketPairs();
    const regions: number[] = [];
    let run: { first: number; last: number } | undefined;

    for (const { kind, start, end } of marksOf(text)) {
      if (kind === 'bracket') {
        const pair = brackets.add(text[start]!, start);
        // The line of the closing bracket stays visible.
        if (pair) add(lineOf(pair.open), lineOf(start) - 1);
      } else if (kind !== 'line-comment') {
        add(lineOf(start), lineOf(end), kind === 'text' ? undefined : FoldingRangeKind.Comment);
      } else {
        const line = lineOf(start);
        const marker = /^\/\/\s*#(end)?region\b/.exec(text.slice(start, end));
        const isAlone = textDocument.getText({ start: { line, character: 0 }, end: textDocument.positionAt(start) }).trim() === '';
        if (run && (run.last + 1 !== line || marker || !isAlone)) {
          add(run.first, run.last, FoldingRangeKind.Comment);
          run = undefined;
        }
        if (marker && !marker[1]) regions.push(line);
        else if (marker) {
          const first = regions.pop();
          if (first !== undefined) add(first, line, FoldingRangeKind.Region);
        } else if (isAlone) run = { first: run?.first ?? line, last: line };
      }
    }
    if (run) add(run.first, run.last, FoldingRangeKind.Comment);
    return [...folds.values()].sort((a, b) => a.startLine - b.startLine);
  }
}
