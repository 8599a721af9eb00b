import { lowerBound } from './lowerBound';

const firstRows = 8;
const growth = 1.25; // rows come one by one: copies of a few kilobytes cost less than room for as many again in every block

export interface SparseState {
  readonly rows: Uint16Array;
  readonly values: Float64Array;
}

// shared: nearly all blocks have none
const noRows: Uint16Array = new Uint16Array(0);
const noValues: Float64Array = new Float64Array(0);

/** Numbers of a few rows of a block, 10 bytes each. */
export class SparseRows {
  #rows = noRows;
  #values = noValues;
  #size = 0;

  constructor(state?: SparseState) {
    if (state) {
      this.#rows = state.rows;
      this.#values = state.values;
      this.#size = state.rows.length;
    }
  }

  save(): SparseState {
    return {
      rows: this.#rows.subarray(0, this.#size),
      values: this.#values.subarray(0, this.#size),
    };
  }

  get size(): number {
    return this.#size;
  }

  /** The row after the last one. */
  get end(): number {
    return this.#size === 0 ? 0 : (this.#rows[this.#size - 1] ?? 0) + 1;
  }

  /** undefined: the row is not among them. */
  get(row: number): number | undefined {
    const at = this.#indexOf(row);
    return at < this.#size && this.#rows[at] === row ? this.#values[at] : undefined;
  }

  set(row: number, value: number): void {
    const at = this.#indexOf(row);
    if (at === this.#size || this.#rows[at] !== row) {
      this.#insert(at, row);
    }
    this.#values[at] = value;
  }

  /** Takes out the rows from `start` up to `end`. */
  clear(start: number, end: number): void {
    const from = this.#indexOf(start);
    const to = this.#indexOf(end);
    this.#rows.copyWithin(from, to, this.#size);
    this.#values.copyWithin(from, to, this.#size);
    this.#size -= to - from;
  }

  #indexOf(row: number): number {
    // rows are set in order, nearly always
    return this.#size === 0 || row > (this.#rows[this.#size - 1] ?? 0)
      ? this.#size
      : lowerBound(this.#size, index => (this.#rows[index] ?? 0) >= row);
  }

  #insert(at: number, row: number): void {
    if (this.#size === this.#rows.length) {
      const length = Math.max(firstRows, Math.ceil(this.#size * growth));
      const rows = new Uint16Array(length);
      const values = new Float64Array(length);
      rows.set(this.#rows);
      values.set(this.#values);
      this.#rows = rows;
      this.#values = values;
    }
    this.#rows.copyWithin(at + 1, at, this.#size);
    this.#values.copyWithin(at + 1, at, this.#size);
    this.#rows[at] = row;
    this.#size++;
  }
}
