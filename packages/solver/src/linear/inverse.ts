/** The inverse of a simplex basis as a dense matrix. */
import type { Matrix } from './matrix.js';

/** Pivots smaller than this make a basis singular. */
const singular = 1e-9;

/**
 * The basis has a structural column j, or the logical column of row i (-1 in that row), written as ~i, at each position.
 * Row r of the inverse belongs to position r, its column i to row i of the program.
 */
export class Inverse {
  private size = 0;
  private entries = new Float64Array(0);
  /** Sum of squares of each row: exact weights of dual steepest edge. */
  norms = new Float64Array(0);
  /** Changes since the last factorisation. */
  updates = 0;

  /**
   * Inverts the basis anew. Where its columns depend on each other, some are replaced by logical ones in `head`.
   * @returns the columns that were replaced
   */
  factorise(matrix: Matrix, head: Int32Array): number[] {
    const m = matrix.rows;
    const { start, index, value } = matrix;
    const covered = new Uint8Array(m);
    const structural: number[] = [];
    head.forEach((j, position) => (j < 0 ? (covered[~j] = 1) : structural.push(position)));
    const free: number[] = [];
    const place = new Int32Array(m).fill(-1);
    for (let i = 0; i < m; i++) {
      if (covered[i]) continue;
      place[i] = free.length;
      free.push(i);
    }
    // Gauss-Jordan elimination of the structural columns on the rows without a logical one, which are as many.
    const k = structural.length;
    const a = new Float64Array(k * 2 * k);
    structural.forEach((position, c) => {
      const j = head[position]!;
      for (let e = start[j]!; e < start[j + 1]!; e++) if (place[index[e]!]! >= 0) a[place[index[e]!]! * 2 * k + c] = value[e]!;
    });
    for (let i = 0; i < k; i++) a[i * 2 * k + k + i] = 1;
    const pivotRow = new Int32Array(k).fill(-1);
    const used = new Uint8Array(k);
    const failed: number[] = [];
    for (let c = 0; c < k; c++) {
      let p = -1;
      for (let i = 0; i < k; i++) if (!used[i] && (p < 0 || Math.abs(a[i * 2 * k + c]!) > Math.abs(a[p * 2 * k + c]!))) p = i;
      if (Math.abs(a[p * 2 * k + c]!) < singular) {
        failed.push(c);
        continue;
      }
      used[p] = 1;
      pivotRow[c] = p;
      eliminate(a, 2 * k, k, p, c);
    }
    if (failed.length > 0) {
      const left = free.filter((_, i) => !used[i]);
      const replaced = failed.map((c, q) => {
        const position = structural[c]!;
        const j = head[position]!;
        head[position] = ~left[q]!;
        return j;
      });
      return [...replaced, ...this.factorise(matrix, head)];
    }
    this.size = m;
    if (this.entries.length !== m * m) this.entries = new Float64Array(m * m);
    else this.entries.fill(0);
    const b = this.entries;
    structural.forEach((position, c) => {
      const from = pivotRow[c]! * 2 * k + k;
      for (let i = 0; i < k; i++) b[position * m + free[i]!] = a[from + i]!;
    });
    // A logical at row i: its multiple follows from the structural ones, as -1 times it takes what they leave of row i.
    const at = new Int32Array(m).fill(-1);
    head.forEach((j, position) => {
      if (j < 0) at[~j] = position;
    });
    structural.forEach((position) => {
      const j = head[position]!;
      for (let e = start[j]!; e < start[j + 1]!; e++) {
        const target = at[index[e]!]!;
        if (target < 0) continue;
        for (let i = 0; i < k; i++) b[target * m + free[i]!]! += value[e]! * b[position * m + free[i]!]!;
      }
    });
    for (let i = 0; i < m; i++) if (at[i]! >= 0) b[at[i]! * m + i] = -1;
    this.updates = 0;
    this.norms = new Float64Array(m);
    for (let r = 0; r < m; r++) this.norms[r] = this.norm(r);
    return [];
  }

  /** Row r; a view, valid until the next change. */
  row(r: number): Float64Array {
    return this.entries.subarray(r * this.size, (r + 1) * this.size);
  }

  /** The inverse times a column of the matrix, or times the logical ~i. */
  times({ start, index, value }: Matrix, j: number, into: Float64Array): void {
    const { size: m, entries } = this;
    into.fill(0);
    if (j < 0) {
      for (let r = 0, e = ~j; r < m; r++, e += m) into[r] = -entries[e]!;
      return;
    }
    for (let k = start[j]!; k < start[j + 1]!; k++) {
      const v = value[k]!;
      for (let r = 0, e = index[k]!; r < m; r++, e += m) into[r]! += v * entries[e]!;
    }
  }

  /** The inverse times a vector over the rows. */
  timesVector(vector: Float64Array, into: Float64Array): void {
    const { size: m, entries } = this;
    for (let r = 0, e = 0; r < m; r++) {
      let sum = 0;
      for (let i = 0; i < m; i++, e++) sum += entries[e]! * vector[i]!;
      into[r] = sum;
    }
  }

  /** The sum of rows, weighted. */
  combine(weights: Float64Array, into: Float64Array): void {
    const { size: m, entries } = this;
    into.fill(0);
    for (let r = 0; r < m; r++) {
      const w = weights[r]!;
      if (w !== 0) for (let i = 0, e = r * m; i < m; i++, e++) into[i]! += w * entries[e]!;
    }
  }

  /** Replaces the column at position r by one whose product with the inverse is w. */
  replace(r: number, w: Float64Array): void {
    const { size: m, entries, norms } = this;
    const pivot = 1 / w[r]!;
    const from = r * m;
    for (let i = 0; i < m; i++) entries[from + i]! *= pivot;
    for (let s = 0; s < m; s++) {
      const factor = w[s]!;
      if (s === r || factor === 0) continue;
      let norm = 0;
      for (let i = 0, e = s * m; i < m; i++, e++) {
        const v = (entries[e]! -= factor * entries[from + i]!);
        norm += v * v;
      }
      norms[s] = norm;
    }
    norms[r] = this.norm(r);
    this.updates++;
  }

  private norm(r: number): number {
    let sum = 0;
    for (let i = 0, e = r * this.size; i < this.size; i++, e++) sum += this.entries[e]! ** 2;
    return sum;
  }
}

/** One step of Gauss-Jordan elimination: column c becomes the unit vector of row p. Columns k + i of rows not yet used as pivots are still units. */
function eliminate(a: Float64Array, width: number, k: number, p: number, c: number): void {
  const pivot = 1 / a[p * width + c]!;
  for (let i = c; i < width; i++) a[p * width + i]! *= pivot;
  for (let s = 0; s < k; s++) {
    const factor = a[s * width + c]!;
    if (s === p || factor === 0) continue;
    for (let i = c, e = s * width + c, f = p * width + c; i < width; i++, e++, f++) a[e]! -= factor * a[f]!;
  }
}
