export type Severity = 'error' | 'warning' | 'hint';

/** `unnecessary`: without it nothing changes. `deprecated`: there is a better way to say it. */
export type Tag = 'unnecessary' | 'deprecated';

/** One row of the catalogue of diagnostics. `P`: the parameters that its sentences mention. */
export interface Entry<P> {
  severity: Severity;
  /** The sentence that the user reads first. */
  message: (parameters: P) => string;
  /** What to do about it, in a few words or a sentence. */
  help?: (parameters: P) => string | undefined;
  /** Its page: why this is checked and how to mend it. Markdown. */
  explanation: string;
  /** The shortest model that raises it, `shop.camel`. */
  example?: string;
  /** The command line that raises it, with variables before it if it takes any, in a folder with the example and `files`; where the text of the model alone decides, there is none. */
  run?: string;
  /** What that folder holds besides, by name. */
  files?: Readonly<Record<string, string>>;
  /** What its quick fix does, where it has one: as a rule, not for each place that raises it. */
  fix?: string;
  /** How editors show the marked text. */
  tag?: Tag;
  /** The marked text holds a credential, so no report quotes it. */
  confidential?: true;
  /** The exit code of the run that ends with it (errors only): 1 unless given. */
  exit?: 1 | 3 | 5 | 64;
}

/** Declares an entry, so that its parameters are typed where it is raised. */
export const entry = <P>(e: Entry<P>): Entry<P> => e;
