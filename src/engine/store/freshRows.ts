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
