/** What the rows imply for the limits of single columns. */
import type { Matrix } from './matrix.js';

/**
 * Tightens the limits of columns by the least and greatest sum that each row can have.
 * Source: Savelsbergh, "Preprocessing and probing techniques for mixed integer programming problems", 1994.
 * @param whole which columns are whole
 * @param passes over all columns at most
 * @returns false where a row cannot be kept
 */
export function propagate(matrix: Matrix, whole: Uint8Array, passes: number): boolean {
  const { rows: m, columns: n, start, index, value, low, high, rowLow, rowHigh } = matrix;
  for (let pass = 0; pass < passes; pass++) {
    // Finite parts of the extremes, how many parts are infinite, and the size of what was added up.
    const least = new Float64Array(m);
    const most = new Float64Array(m);
    const leastOpen = new Int32Array(m);
    const mostOpen = new Int32Array(m);
    const size = new Float64Array(m);
    for (let j = 0; j < n; j++) {
      for (let k = start[j]!; k < start[j + 1]!; k++) {
        const a = value[k]!;
        const i = index[k]!;
        const small = a * (a > 0 ? low[j]! : high[j]!);
        const large = a * (a > 0 ? high[j]! : low[j]!);
        if (small > -Infinity) least[i]! += small;
        else leastOpen[i]!++;
        if (large < Infinity) most[i]! += large;
        else mostOpen[i]!++;
        size[i]! += Math.max(small > -Infinity ? Math.abs(small) : 0, large < Infinity ? Math.abs(large) : 0);
      }
    }
    // Rounding errors of the sums; below them nothing is concluded.
    const slack = size.map((s, i) => 1e-12 * (s + (Number.isFinite(rowLow[i]!) ? Math.abs(rowLow[i]!) : 0) + (Number.isFinite(rowHigh[i]!) ? Math.abs(rowHigh[i]!) : 0)));
    let binding = false;
    const above = new Uint8Array(m);
    const below = new Uint8Array(m);
    for (let i = 0; i < m; i++) {
      if (leastOpen[i] === 0 && least[i]! > rowHigh[i]! + slack[i]!) return false;
      if (mostOpen[i] === 0 && most[i]! < rowLow[i]! - slack[i]!) return false;
      if (rowHigh[i]! < Infinity && leastOpen[i]! <= 1 && (mostOpen[i]! > 0 || most[i]! > rowHigh[i]!)) above[i] = 1;
      if (rowLow[i]! > -Infinity && mostOpen[i]! <= 1 && (leastOpen[i]! > 0 || least[i]! < rowLow[i]!)) below[i] = 1;
      binding ||= above[i] === 1 || below[i] === 1;
    }
    if (!binding) return true;
    let changed = false;
    for (let j = 0; j < n; j++) {
      if (!(low[j]! < high[j]!)) continue;
      let [l, h] = [low[j]!, high[j]!];
      for (let k = start[j]!; k < start[j + 1]!; k++) {
        const a = value[k]!;
        const i = index[k]!;
        const small = a * (a > 0 ? low[j]! : high[j]!);
        const large = a * (a > 0 ? high[j]! : low[j]!);
        // a·x <= high - (least of the others), a·x >= low - (greatest of the others)
        if (above[i] === 1 && (leastOpen[i] === 0 || small === -Infinity)) {
          const room = (rowHigh[i]! + slack[i]! - (least[i]! - (small > -Infinity ? small : 0))) / a;
          if (a > 0) h = Math.min(h, room);
          else l = Math.max(l, room);
        }
        if (below[i] === 1 && (mostOpen[i] === 0 || large === Infinity)) {
          const room = (rowLow[i]! - slack[i]! - (most[i]! - (large < Infinity ? large : 0))) / a;
          if (a > 0) l = Math.max(l, room);
          else h = Math.min(h, room);
        }
      }
      // What only rounding would give is left as it is.
      if (whole[j]) [l, h] = [Math.ceil(l - 1e-6), Math.floor(h + 1e-6)];
      else
        [l, h] = [
          l > low[j]! + 1e-3 * Math.max(1, Math.abs(l)) ? l - 1e-9 * Math.abs(l) : low[j]!,
          h < high[j]! - 1e-3 * Math.max(1, Math.abs(h)) ? h + 1e-9 * Math.abs(h) : high[j]!,
        ];
      if (l <= low[j]! && h >= high[j]!) continue;
      changed = true;
      low[j] = Math.max(l, low[j]!);
      high[j] = Math.min(h, high[j]!);
      if (low[j]! > high[j]!) return false;
    }
    if (!changed) return true;
  }
  return true;
}
