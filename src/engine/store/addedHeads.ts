/** Rows that came since the last refresh: nearly always one after the other, then they take no memory. */
export class FreshRows {
  #start = 0;
  #end = 0;
  readonly #others = new Set<number>();

  get size(): number {
    return this.#end - this.#start + this.#others.size;
  }

  add(row: number): void {
    if (this.#start === this.#end && this.#others.size === 0) {
      this.#start = row;
      this.#end = row + 1;
    } else if (row === this.#end) {
      this.#end++;
    } else {
      this.#others.add(row);
    }
  }

  has(row: number): boolean {
    return (row >= this.#start && row < this.#end) || this.#others.has(row);
  }

  *[Symbol.iterator](): Generator<number> {
    for (let row = this.#start; row < this.#end; row++) {
      yield row;
    }
    yield* this.#others;
  }
}

/** Spans that are new or come again: those of the fresh rows that are heads, and some others. */
export class AddedHeads implements Iterable<number> {
  readonly #fresh: FreshRows;
  readonly #isHead: (row: number) => boolean;
  readonly #others = new Set<number>();

  /** `isHead`: whether a row is the head of a span that is there. */
  constructor(fresh: FreshRows, isHead: (row: number) => boolean) {
    this.#fresh = fresh;
    this.#isHead = isHead;
  }

  add(head: number): void {
    if (!this.#fresh.has(head)) {
      this.#others.add(head);
    }
  }

  /** A fresh row that is no head any more leaves by itself. */
  delete(head: number): void {
    this.#others.delete(head);
  }

  *[Symbol.iterator](): Generator<number> {
    for (const row of this.#fresh) {
      if (this.#isHead(row)) {
        yield row;
      }
    }
    yield* this.#others;
  }
}
