/** A position in a text: line and character count from 0, a character is a UTF-16 code unit, as in LSP. */
export interface Position {
  line: number;
  character: number;
}

/** Sorts positions as they stand in a text. */
export const byPosition = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;

/** From `start` up to, not including, `end`. */
export interface Range {
  start: Position;
  end: Position;
}

/** A range in a file. `file` is the path as the user gave it, or the URI of a document of the standard library. */
export interface Place {
  file: string;
  range: Range;
}
