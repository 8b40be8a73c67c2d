/** The linear relaxation as arrays: sparse columns, which may be added, and rows, which may be added too. */

export class Matrix {
  rows = 0;
  columns = 0;
  /** Column j has the entries start[j] to start[j + 1]. */
  start = new Int32Array(17);
  index = new Int32Array(64);
  value = new Float64Array(64);
  objective = new Float64Array(16);
  low = new Float64Array(16);
  high = new Float64Array(16);
  /** 1 + the sum of squares of a column, which scales its reduced profit in pricing. */
  norm = new Float64Array(16);
  rowLow = new Float64Array(0);
  rowHigh = new Float64Array(0);

  constructor(rows: readonly { low: number; high: number }[]) {
    this.rows = rows.length;
    this.rowLow = Float64Array.from(rows, (r) => r.low);
    this.rowHigh = Float64Array.from(rows, (r) => r.high);
  }

  addColumn(objective: number, low: number, high: number, rows: readonly number[], coefficients: readonly number[]): void {
    const j = this.columns++;
    const from = this.start[j]!;
    if (this.columns > this.objective.length) {
      for (const key of ['objective', 'low', 'high', 'norm'] as const) this[key] = longer(this[key], 2 * this.columns);
      this.start = longer(this.start, 2 * this.columns + 1);
    }
    if (from + rows.length > this.index.length) {
      this.index = longer(this.index, 2 * (from + rows.length));
      this.value = longer(this.value, 2 * (from + rows.length));
    }
    let to = from;
    rows.forEach((row, k) => {
      if (coefficients[k] === 0) return;
      this.index[to] = row;
      this.value[to++] = coefficients[k]!;
    });
    this.start[j + 1] = to;
    this.objective[j] = objective;
    this.low[j] = low;
    this.high[j] = high;
    this.norm[j] = coefficients.reduce((sum, a) => sum + a * a, 1);
  }

  addRow(low: number, high: number, coefficients: Float64Array): void {
    const { start, index, value, columns } = this;
    const entries = start[columns]! + columns;
    this.start = new Int32Array(start.length);
    this.index = new Int32Array(entries + 64);
    this.value = new Float64Array(entries + 64);
    let to = 0;
    for (let j = 0; j < columns; j++) {
      for (let k = start[j]!; k < start[j + 1]!; k++, to++) {
        this.index[to] = index[k]!;
        this.value[to] = value[k]!;
      }
      const a = coefficients[j]!;
      if (a !== 0) {
        this.index[to] = this.rows;
        this.value[to++] = a;
        this.norm[j]! += a * a;
      }
      this.start[j + 1] = to;
    }
    this.rows++;
    this.rowLow = Float64Array.from([...this.rowLow, low]);
    this.rowHigh = Float64Array.from([...this.rowHigh, high]);
  }

  /** The sum of each row at x. */
  activities(x: ArrayLike<number>): Float64Array {
    const sums = new Float64Array(this.rows);
    for (let j = 0; j < this.columns; j++) if (x[j] !== 0) for (let k = this.start[j]!; k < this.start[j + 1]!; k++) sums[this.index[k]!]! += this.value[k]! * x[j]!;
    return sums;
  }
}

function longer<A extends Float64Array | Int32Array | Int8Array>(array: A, length: number): A {
  const result = new (array.constructor as new (length: number) => A)(length);
  result.set(array);
  return result;
}
