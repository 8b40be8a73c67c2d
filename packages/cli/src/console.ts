import { shownOf, type Diagnostic } from '@camelc/diagnostics';
import { Redactor } from '@camelc/plan/redactor';
import { diagnosticToJson, toJson } from '@camelc/project';
import { makeStyle, type Style } from './report/style.js';
import { maskConfidential, renderDiagnostics, type Sources } from './report/text.js';

export type OutputFormat = 'text' | 'json' | 'sarif';

/** Where a verb prints. Results go to standard output, diagnostics in text to standard error. */
export interface Console {
  readonly format: OutputFormat;
  readonly quiet: boolean;
  /** For standard output. */
  readonly style: Style;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Texts to quote from in diagnostics; verbs add what they read. */
  readonly sources: Map<string, string>;
  /** Masks values of credentials in all that is printed; what resolves them adds them. */
  readonly redactor: Redactor;
  print(text: string): void;
  /** Prints what must stay as it is to the byte, and by its making holds no value of a credential: a plan, whose fingerprint is of its text. */
  printExactly(text: string): void;
  /** Prints diagnostics as text; with --quiet errors alone. */
  diagnostics(diagnostics: readonly Diagnostic[]): void;
  /** The same without hints, for verbs whose result is not about the text of the model; `check` shows them. */
  problems(diagnostics: readonly Diagnostic[]): void;
  /** Says on standard error what is going on, where the report is for people. */
  note(text: string): void;
  /** Shows on a terminal for how many seconds a search has been going on; undefined: it is over. */
  progress(seconds: number | undefined): void;
  /** A run that ended before it had a result, in the format asked for. */
  failure(diagnostics: readonly Diagnostic[]): void;
}

/** A stream to print on, such as `process.stdout`. */
export interface Output {
  readonly isTTY?: boolean;
  /** Of a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

export function createConsole(options: { format: OutputFormat; quiet?: boolean; color: boolean }, stdout: Output = process.stdout, stderr: Output = process.stderr): Console {
  // NO_COLOR counts when it is not empty (no-color.org).
  const styleOf = (stream: Output): Style => makeStyle(options.color && stream.isTTY === true && !process.env.NO_COLOR, (stream.isTTY && stream.columns) || undefined);
  const redactor = new Redactor();
  const sources: Map<string, string> & Sources = new Map();
  // An empty line stands between diagnostics and the result that follows them.
  let gap = false;
  let progress = '';
  const console: Console = {
    format: options.format,
    quiet: options.quiet ?? false,
    style: styleOf(stdout),
    terminal: stdout.isTTY === true,
    sources,
    redactor,
    print: (text) => console.printExactly(options.format === 'text' ? redactor.redact(text) : redactor.redactJson(text)),
    printExactly(text) {
      if (gap) stderr.write('\n');
      gap = false;
      stdout.write(text);
    },
    diagnostics(diagnostics) {
      // What one diagnostic must not quote, another about the same line must not either.
      maskConfidential(diagnostics, sources);
      const shown = shownOf(console.quiet ? diagnostics.filter((d) => d.severity === 'error') : diagnostics);
      if (shown.length === 0) return;
      gap = true;
      // Before they are laid out too, as a value may be divided between lines.
      const masked = shown.map((d) => ({ ...d, message: redactor.redact(d.message), ...(d.help !== undefined && { help: redactor.redact(d.help) }) }));
      stderr.write(redactor.redact(renderDiagnostics(masked, sources, styleOf(stderr))));
    },
    problems: (diagnostics) => console.diagnostics(diagnostics.filter((d) => d.severity !== 'hint')),
    note(text) {
      if (options.format === 'text' && !console.quiet) stderr.write(`${redactor.redact(text)}\n`);
    },
    progress(seconds) {
      if (!stderr.isTTY || console.quiet) return;
      // What is over soon needs no word.
      const text = seconds === undefined || seconds < 0.5 ? '' : `searching for ${Math.floor(seconds)} s; Ctrl-C ends with the best found so far`;
      if (text !== progress) stderr.write(`\r${text.padEnd(progress.length)}${text === '' ? '\r' : ''}`);
      progress = text;
    },
    failure(diagnostics) {
      if (console.format === 'json') console.print(toJson({ formatVersion: 1, diagnostics: diagnostics.map(diagnosticToJson) }));
      else console.problems(diagnostics);
    },
  };
  return console;
}
