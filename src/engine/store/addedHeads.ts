import type { RowSet } from './rowSet';

/** Spans that are new or come again: those of the fresh rows that are heads, and some others. */
export class AddedHeads implements Iterable<number> {
  readonly #fresh: RowSet;
  readonly #isHead: (row: number) => boolean;
  readonly #others = new Set<number>();

  /** `isHead`: whether a row is the head of a span that is there. */
  constructor(fresh: RowSet, isHead: (row: number) => boolean) {
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
