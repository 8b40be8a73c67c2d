/** What a run is given besides the models. */
import type { Currency } from '@camelc/candidates';

/** Those that a candidates file may name. */
export const currencies = ['EUR', 'USD', 'GBP', 'CHF'] as const satisfies readonly Currency[];

export interface CandidateOptions {
  application?: string;
  candidates?: string[];
  /** Of files that name none. */
  currency?: Currency;
  rate?: Record<string, number>;
}

export interface ProblemOptions extends CandidateOptions {
  metric?: Record<string, number>;
  metrics?: string;
  current?: CurrentOption;
  minGain?: number;
}

/** What `--current` says: values of variables, and the file of the running deployment. */
export interface CurrentOption {
  values: Record<string, number>;
  file?: string;
}
