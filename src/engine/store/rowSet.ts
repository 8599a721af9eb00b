/** A set of rows that nearly always follow each other, upwards or downwards: then it takes no memory, however many there are. */
export class RowSet implements Iterable<number> {
  #start = 0;
  #end = 0;
  readonly #others = new Set<number>();

  get size(): number {
    return this.#end - this.#start + this.#others.size;
  }

  add(row: number): void {
    if (this.has(row)) {
      return;
    }
    if (this.size === 0) {
      this.#start = row;
      this.#end = row + 1;
    } else if (row === this.#end) {
      this.#end++;
    } else if (row === this.#start - 1) {
      this.#start--;
    } else {
      this.#others.add(row);
    }
  }

  /** So many rows from `first` on, of which none is there. */
  addRun(first: number, count: number): void {
    if (this.size === 0) {
      this.#start = first;
      this.#end = first + count;
      return;
    }
    if (first === this.#end && this.#end > this.#start) {
      this.#end += count;
      return;
    }
    for (let row = first; row < first + count; row++) {
      this.add(row);
    }
  }

  has(row: number): boolean {
    return (row >= this.#start && row < this.#end) || this.#others.has(row);
  }

  /** Whether none of `count` rows from `first` on is in it; true only where that is known without a look at them. */
  isApartFrom(first: number, count: number): boolean {
    return this.#others.size === 0 && (first + count <= this.#start || first >= this.#end);
  }

  /** Those that follow each other: the first, and how many. */
  get run(): { readonly first: number; readonly count: number } {
    return { first: this.#start, count: this.#end - this.#start };
  }

  /** All others, in no order. */
  get others(): Iterable<number> {
    return this.#others;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let row = this.#start; row < this.#end; row++) {
      yield row;
    }
    yield* this.#others;
  }
}
