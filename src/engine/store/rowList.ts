import { Column, type ColumnState, rowsTogether } from './columns';
import type { NumberRun } from './freeNumbers';

export interface RowListState {
  readonly first: number;
  readonly rows: ColumnState | undefined;
  readonly length: number;
}

/** Rows of a table in an order of their own; where they follow each other they take no memory. */
export class RowList implements Iterable<number> {
  /** As long as each row is the one after that before it, the first says all. */
  #first = -1;
  #rows: Column | undefined;
  #length = 0;

  save(): RowListState {
    return { first: this.#first, rows: this.#rows?.save(), length: this.#length };
  }

  restore({ first, rows, length }: RowListState): void {
    this.#first = first;
    this.#rows = rows && new Column('ascending');
    this.#rows?.restore(rows ?? []);
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** -1 beyond the end. */
  at(index: number): number {
    return index >= 0 && index < this.#length ? this.get(index) : -1;
  }

  /** -1 when there is none. */
  last(): number {
    return this.at(this.#length - 1);
  }

  /** How many rows from this index on follow each other, `max` at most: they are the one at the index and those behind it. */
  runAt(index: number, max: number): number {
    const longest = Math.min(max, this.#length - index);
    if (this.#rows === undefined) {
      return longest;
    }
    const first = this.get(index);
    let length = 1;
    while (length < longest && this.get(index + length) === first + length) {
      length++;
    }
    return length;
  }

  /** Where the rows lie: those that follow each other in one run, or some more. */
  runs(): readonly NumberRun[] {
    if (this.#rows === undefined) {
      return [{ first: this.#first, count: this.#length }];
    }
    const runs: NumberRun[] = [];
    const some = new Float64Array(rowsTogether);
    for (let index = 0; index < this.#length; index += rowsTogether) {
      const count = Math.min(rowsTogether, this.#length - index);
      this.#rows.read(index, count, some);
      for (let start = 0, end = 0; start < count; start = end) {
        const first = some[start] ?? 0;
        while (end < count && some[end] === first + end - start) {
          end++;
        }
        runs.push({ first, count: end - start });
      }
    }
    return runs;
  }

  push(row: number): void {
    if (this.#length === 0) {
      this.#first = row;
      this.#rows = undefined;
    }
    if (this.#rows === undefined && row !== this.#first + this.#length) {
      this.#rows = this.inColumn();
    }
    this.#rows?.set(this.#length, row);
    this.#length++;
  }

  /** So many rows from `first` on. */
  pushRun(first: number, count: number): void {
    if (this.#length > 0 && this.#rows === undefined && first === this.#first + this.#length) {
      this.#length += count;
      return;
    }
    for (let row = first; row < first + count; row++) {
      this.push(row);
    }
  }

  pop(): void {
    this.#length -= 1;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.#length; index++) {
      yield this.get(index);
    }
  }

  // no `#`: a method that is hidden so takes 8 bytes in each of ten thousand objects
  private get(index: number): number {
    return this.#rows === undefined ? this.#first + index : this.#rows.get(index);
  }

  private inColumn(): Column {
    const rows = new Column('ascending');
    for (let index = 0; index < this.#length; index++) {
      rows.set(index, this.#first + index);
    }
    return rows;
  }
}
