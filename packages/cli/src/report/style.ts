/** Colours, or none: the same text either way. */
export interface Style {
  /** Columns that a line may take: those of the terminal, without one as many as it likes. */
  readonly width: number;
  red(s: string): string;
  yellow(s: string): string;
  cyan(s: string): string;
  green(s: string): string;
  bold(s: string): string;
  dim(s: string): string;
}

const paint =
  (on: boolean, open: number, close: number) =>
  (s: string): string =>
    on ? `\u001b[${open}m${s}\u001b[${close}m` : s;

export function makeStyle(colour: boolean, width = Infinity): Style {
  return {
    width,
    red: paint(colour, 31, 39),
    yellow: paint(colour, 33, 39),
    cyan: paint(colour, 36, 39),
    green: paint(colour, 32, 39),
    bold: paint(colour, 1, 22),
    dim: paint(colour, 2, 22),
  };
}
