/** Rows of an integer program over kinds of host, and variables that help to say them. */
import type { Row } from '../linear/program.js';
import type { HostKind } from './kinds.js';

/** A row's coefficient of a kind of host: `each` + `cost` × price + Σ weight × instances, on some candidates and for some kinds only; half the instances of some, rounded up. */
export interface Part {
  weights?: readonly number[];
  cost?: number;
  each?: number;
  on?: (candidate: number) => boolean;
  when?: (kind: HostKind) => boolean;
  halved?: readonly number[];
}

export function coefficientOf({ weights, cost, each, on, when, halved }: Part, kind: HostKind): number {
  if ((on && !on(kind.candidate)) || (when && !when(kind))) return 0;
  let value = (each ?? 0) + (cost ?? 0) * kind.price;
  if (weights) for (let i = 0; i < weights.length; i++) if (weights[i] !== 0 && kind.instances[i] !== 0) value += weights[i]! * kind.instances[i]!;
  if (halved) value += Math.ceil(halved.reduce((sum, i) => sum + kind.instances[i]!, 0) / 2);
  return value;
}

/** `constant` + Σ coefficient × helper. */
export interface Linear {
  constant: number;
  of: [helper: number, coefficient: number][];
}

export const fixed = (constant: number): Linear => ({ constant, of: [] });

/** A whole variable from 0 to `high`. */
export interface Helper {
  objective: number;
  low: number;
  high: number;
  rows: number[];
  coefficients: number[];
}

export class Rows {
  readonly rows: Row[] = [];
  /** By row. */
  readonly parts: Part[] = [];
  readonly helpers: Helper[] = [];

  /** low ≤ part·x + Σ factor × linear ≤ high. */
  add(low: number, high: number, part: Part, ...linear: [factor: number, linear: Linear][]): void {
    const shift = linear.reduce((sum, [factor, l]) => sum + factor * l.constant, 0);
    const index = this.rows.push({ low: low - shift, high: high - shift }) - 1;
    this.parts.push(part);
    const sums = new Map<number, number>();
    for (const [factor, l] of linear) for (const [h, c] of l.of) sums.set(h, (sums.get(h) ?? 0) + factor * c);
    for (const [h, c] of sums)
      if (c !== 0) {
        this.helpers[h]!.rows.push(index);
        this.helpers[h]!.coefficients.push(c);
      }
  }

  helper(high = 1): Linear {
    return { constant: 0, of: [[this.helpers.push({ objective: 0, low: 0, high, rows: [], coefficients: [] }) - 1, 1]] };
  }
}
