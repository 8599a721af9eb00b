import type { RowSet } from './rowSet';

/** Spans that are new or come again: those of the fresh rows that are heads, and some others. */
export class AddedHeads implements Iterable<number> {
  readonly #fresh: RowSet;
  readonly #gone: RowSet;
  readonly #isHead: (row: number) => boolean;
  readonly #others = new Set<number>();

  /** `gone`: rows that are no more. `isHead`: whether a row is the head of its span. */
  constructor(fresh: RowSet, gone: RowSet, isHead: (row: number) => boolean) {
    this.#fresh = fresh;
    this.#gone = gone;
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

  /** Rows that follow each other and whose heads are the first of the spans; none of them is gone. */
  get run(): RowSet['run'] {
    return this.#gone.size === 0 ? this.#fresh.run : noRun;
  }

  /** The spans behind those of the run. */
  *beyondRun(): Generator<number> {
    if (this.#gone.size > 0) {
      yield* this.#headsIn(this.#fresh);
    } else {
      yield* this.#headsIn(this.#fresh.others);
    }
    yield* this.#others;
  }

  *[Symbol.iterator](): Generator<number> {
    yield* this.#headsIn(this.#fresh);
    yield* this.#others;
  }

  *#headsIn(rows: Iterable<number>): Generator<number> {
    for (const row of rows) {
      if (this.#isHead(row) && !this.#gone.has(row)) {
        yield row;
      }
    }
  }
}

const noRun: RowSet['run'] = { first: 0, count: 0 };
