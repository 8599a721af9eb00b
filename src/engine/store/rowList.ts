import { Column, type ColumnState } from './columns';

export interface RowListState {
  readonly rows: ColumnState;
  readonly length: number;
}

/** Rows of a table in an order of their own; where they follow each other they take no memory. */
export class RowList implements Iterable<number> {
  readonly #rows = new Column('ascending');
  #length = 0;

  save(): RowListState {
    return { rows: this.#rows.save(), length: this.#length };
  }

  restore({ rows, length }: RowListState): void {
    this.#rows.restore(rows);
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** -1 beyond the end. */
  at(index: number): number {
    return index < this.#length ? this.#rows.get(index) : -1;
  }

  /** -1 when there is none. */
  last(): number {
    return this.at(this.#length - 1);
  }

  push(row: number): void {
    this.#rows.set(this.#length++, row);
  }

  /** So many rows from `first` on. */
  pushRun(first: number, count: number): void {
    for (let row = first; row < first + count; row++) {
      this.push(row);
    }
  }

  pop(): void {
    this.#length -= 1;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.#length; index++) {
      yield this.#rows.get(index);
    }
  }
}
