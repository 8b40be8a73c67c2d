/** What the server asks of the thread that solves, and what comes back. Plain data. */
import type { CandidatesResult, Requests, SolveResult } from '../protocol.js';

/** The models of a job, as the editor has them. */
export interface Input {
  /** The document that is asked about. */
  uri: string;
  /** Files by path; what is no file has its URI. */
  files: InputFile[];
  /** The folder in which candidates, metrics and images may lie; none of a document that is not saved yet. */
  folder?: string;
  /** The folder above which no settings are looked for. */
  top?: string;
  /** The camel model to use; absent where the models have none with components. */
  application?: string;
  /** Seconds; wins over the settings of the folder. */
  timeLimit?: number;
}

export interface InputFile {
  path: string;
  text: string;
  /** It merely lies beside the others: settings may leave it out. */
  beside?: true;
}

/** A request of the protocol. */
export type RequestJob = { [M in keyof Requests]: { method: M; params: Requests[M][0] } }[keyof Requests];

/** One that asks for the candidates of all components first, and then for the solution. */
export interface BackgroundJob {
  method: 'background';
}

export type Job = (RequestJob | BackgroundJob) & { input: Input };

/** What a background job finds. The candidates are known before the solution is. */
export interface Background {
  candidates: CandidatesResult;
  /** Absent while it is sought, and where candidates are missing already. */
  solution?: SolveResult;
}

export type ResultOf<M extends Job['method']> = M extends keyof Requests ? Requests[M][1] : Background;

export type ToThread = { id: number; job: Job } | { cancel: number };
export type FromThread = { id: number; partial: Background } | { id: number; result: ResultOf<Job['method']> } | { id: number; fault: string };
