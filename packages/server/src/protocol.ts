/**
 * What the server offers beyond the Language Server Protocol: requests `camelc/NAME`, each of which is also the command `camelc.NAME` of
 * `workspace/executeCommand` with the same parameters as its one argument. docs/editors.md describes them.
 */
import type { Diagnostic, Location, Range } from 'vscode-languageserver';

/** What a client may give as `initializationOptions`. */
export interface ServerOptions {
  /**
   * Commands that the client has itself: code lenses call those, and the server does not announce them. `camelc.showCandidates` gets the
   * parameters of `camelc/candidates`, `camelc.showSolution` those of `camelc/solve`. Without them a code lens shows its answer as a message.
   */
  commands?: string[];
  /** Settings as those of `workspace/configuration`, for clients that answer no such request. */
  settings?: ServerSettings;
}

/** The section `camel` of `workspace/configuration`. */
export interface ServerSettings {
  solve?: {
    /** Whether models are solved in the background when they are saved; they are unless this is false. */
    onSave?: boolean;
    /** Seconds that a search in the background may take; `timeLimit` of `camelc.config.json`, or 10, unless given. */
    timeLimit?: number | null;
  };
  /** The kinds of hints beside the text that are shown; all unless false. */
  inlayHints?: InlayHintSettings;
}

export interface InlayHintSettings {
  /** Amounts in the unit in which their kind is compared: `= 8192 MegaBytes`. */
  units?: boolean;
  /** Values of formulas that are constant, and the values that a variable can have. */
  values?: boolean;
  /** What holds where nothing else is said: `1 instance`. */
  defaults?: boolean;
  /** What the arguments of functions are for. */
  parameters?: boolean;
}

/** The requests of the server's own: parameters and result of each. */
export interface Requests {
  'camelc/check': [DocumentParams, CheckResult];
  'camelc/candidates': [CandidatesParams, CandidatesResult];
  'camelc/problem': [ProblemParams, ProblemResult];
  'camelc/solve': [DocumentParams, SolveResult];
  'camelc/compile': [CompileParams, CompileResult];
  'camelc/topology': [DocumentParams, TopologyResult];
}

export interface DocumentParams {
  /** A document; unsaved texts count as the editor has them. */
  uri: string;
  /** The camel model to use, where the document and what lies beside it hold several applications. */
  application?: string;
}

/** What every request answers besides its result, which is absent where the models have errors. */
export interface Diagnosed {
  /** Problems by document, such as files of candidates that cannot be read; only documents that have some. */
  problems: { uri: string; diagnostics: Diagnostic[] }[];
}

export interface CheckResult extends Diagnosed {
  /** How many files were checked. */
  files: number;
}

export interface CandidatesParams extends DocumentParams {
  /** One component alone. */
  component?: string;
}

export interface CandidatesResult extends Diagnosed {
  application?: string;
  currency?: string;
  /** The lists of candidates, for people. */
  sources?: string;
  components?: ComponentCandidates[];
}

export interface ComponentCandidates {
  name: string;
  /** Where its name stands. */
  location: Location;
  /** Those that fit, cheapest first. */
  candidates: Candidate[];
  /** How many do not fit. */
  excluded: number;
  /** Its requirements, with how many candidates each excludes, and how many it alone does. */
  requirements: { name: string; asks: string; location: Location; excludes: number; alone: number }[];
  /** Where none fits: sets of requirements that no candidate meets together, by name. */
  conflicts: string[][];
}

export interface Candidate {
  id: string;
  /** Cores, memory, location … in words. */
  description: string;
  /** For one host and hour. */
  price: number;
  /** How many there are; absent: as many as wanted. */
  limit?: number;
}

export interface ProblemParams extends DocumentParams {
  as: 'json' | 'lp' | 'mps' | 'minizinc';
}

export interface ProblemResult extends Diagnosed {
  text?: string;
}

export interface SolveResult extends Diagnosed {
  application?: string;
  /** `unknown`: the time limit ended the search before anything was found. */
  status?: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
  /** Infinite values are texts. */
  utility?: number | 'Infinity' | '-Infinity';
  /** Per hour. */
  cost?: number;
  currency?: string;
  components?: { name: string; cardinality: number; candidate?: string }[];
  hosts?: { candidate: string; number: number; components: string[] }[];
  /** Why it is so, in sentences. */
  reasons?: { component?: string; components?: string[]; text: string }[];
  /** Of an infeasible model: sets of elements that contradict each other. */
  conflicts?: { element: string; says?: string; uri?: string; range?: Range }[][];
  /** Of an infeasible model: changes that would help, each with what the best deployment costs then per hour. */
  suggestions?: { changes: { element: string; text: string; uri?: string; range?: Range }[]; cost: number }[];
}

export interface CompileParams extends DocumentParams {
  target: 'swarm';
  /** URI of the folder to write to. */
  out: string;
  /** Values of variables that the model names as $NAME. */
  variables?: Record<string, string>;
}

export interface CompileResult extends Diagnosed {
  /** URIs of the files that were written. */
  files?: string[];
}

export interface TopologyResult extends Diagnosed {
  /** As `camelc graph --format json` prints it, with hosts and cost where the model has a solution. */
  topology?: object;
  svg?: string;
}
