/**
 * Bounds that hold whatever the simplex method got wrong: from any prices of the rows, with rounding errors counted in.
 * Source: Neumaier and Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004.
 */
import type { Matrix } from './matrix.js';

/** More than the rounding error of one operation, relative. */
const epsilon = 2 ** -52;

export interface SafeBound {
  /** What no x within its limits that keeps the rows exceeds. */
  bound: number;
  /** Reduced profit of each column, with `error` what it may be off. */
  reduced: Float64Array;
  error: Float64Array;
}

/**
 * Bounds objective·x over all x within the limits that keep the rows. For every y: objective·x = y·r + (objective - y·A)·x, each term at most what its limits allow.
 * @param weight of the objective; with 0, a bound below 0 shows that no such x exists
 */
export function safeBound(matrix: Matrix, prices: Float64Array, weight: 0 | 1 = 1): SafeBound {
  const { rows, columns, start, index, value, objective, low, high, rowLow, rowHigh } = matrix;
  const y = Float64Array.from(prices, (v, i) => (Number.isFinite(v) && (v > 0 ? rowHigh[i]! < Infinity : rowLow[i]! > -Infinity) ? v : 0));
  repair(matrix, y, weight);
  const reduced = new Float64Array(columns);
  const error = new Float64Array(columns);
  let sum = 0;
  let size = 0;
  let off = 0;
  for (let i = 0; i < rows; i++) {
    if (y[i] === 0) continue;
    const term = y[i]! * (y[i]! > 0 ? rowHigh[i]! : rowLow[i]!);
    sum += term;
    size += Math.abs(term);
  }
  for (let j = 0; j < columns; j++) {
    const from = start[j]!;
    const to = start[j + 1]!;
    let d = weight === 1 ? objective[j]! : 0;
    let scale = Math.abs(d);
    for (let k = from; k < to; k++) {
      const v = y[index[k]!]! * value[k]!;
      d -= v;
      scale += Math.abs(v);
    }
    const e = epsilon * (to - from + 2) * scale;
    reduced[j] = d;
    error[j] = e;
    const at = d > 0 ? high[j]! : low[j]!;
    const term = d === 0 ? 0 : d * at;
    sum += term;
    size += Math.abs(term);
    // Where the sign is in doubt, either limit may be the one that counts.
    if (e > 0) off += e * (Math.abs(d) <= e ? Math.max(Math.abs(low[j]!), Math.abs(high[j]!)) : Math.abs(at));
  }
  const bound = sum + off * (1 + 4 * columns * epsilon) + epsilon * (rows + columns + 4) * size;
  return { bound: Number.isNaN(bound) ? Infinity : bound, reduced, error };
}

/** Changes prices a little where rounding gave a column without limit a reduced profit in that direction: any such profit makes the bound infinite. */
function repair({ columns, start, index, value, objective, low, high, rowLow, rowHigh }: Matrix, y: Float64Array, weight: 0 | 1): void {
  for (let pass = 0, changed = true; changed && pass < 3; pass++) {
    changed = false;
    for (let j = 0; j < columns; j++) {
      if (low[j]! > -Infinity && high[j]! < Infinity) continue;
      let d = weight === 1 ? objective[j]! : 0;
      let scale = Math.abs(d);
      for (let k = start[j]!; k < start[j + 1]!; k++) {
        d -= y[index[k]!]! * value[k]!;
        scale += Math.abs(y[index[k]!]! * value[k]!);
      }
      const margin = 4 * epsilon * (start[j + 1]! - start[j]! + 2) * scale;
      const excess = high[j] === Infinity && d > -margin ? d + margin : low[j] === -Infinity && d < margin ? d - margin : 0;
      if (excess === 0 || Math.abs(excess) > 1e-6 * scale) continue;
      let best = -1;
      for (let k = start[j]!; k < start[j + 1]!; k++) {
        const i = index[k]!;
        const moved = y[i]! + excess / value[k]!;
        if ((moved > 0 ? rowHigh[i]! < Infinity : rowLow[i]! > -Infinity) && (best < 0 || Math.abs(value[k]!) > Math.abs(value[best]!))) best = k;
      }
      if (best < 0) continue;
      y[index[best]!]! += excess / value[best]!;
      changed = true;
    }
  }
}
