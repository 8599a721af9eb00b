import { finish, type Steps } from '../analysis/steps';
import type { TraceMembership } from './grouping/traceMembership';
import { Slice } from './slice';
import { LeavingRows } from './store/leavingRows';
import type { SpanStore } from './store/spanStore';
import { markWholeSpans } from './store/wholeSpans';

/** Rows; fewer are removed one by one, which takes as long as to look at all traces. */
export const leastTogether = 10_000;

/**
 * Removes the rows of files that are forgotten. Where they are many, nobody is told any more of those that nothing else goes together with, and
 * what is kept of them is cleared after that, in slices.
 */
export class Clearing {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #least: number;
  readonly #onDone: () => void;
  #steps: Steps | undefined;
  #running: Promise<void> | undefined;
  #isDisposed = false;

  /** `onDone`: rows may be used again. */
  constructor(store: SpanStore, membership: TraceMembership, least: number, onDone: () => void) {
    this.#store = store;
    this.#membership = membership;
    this.#least = least;
    this.#onDone = onDone;
  }

  /** Before anybody is told of anything. Returns the rows that are hidden now and were not, among others; undefined: none. */
  take(): LeavingRows | undefined {
    const forgotten = this.#store.takeForgotten();
    if (forgotten.length === 0) {
      return undefined;
    }
    if (forgotten.reduce((sum, { length }) => sum + length, 0) < this.#least) {
      for (const rows of forgotten) {
        this.#remove(rows);
      }
      return undefined;
    }
    this.#finish();
    const { spans, table } = this.#store;
    const leaving = new LeavingRows(forgotten, table.rows);
    markWholeSpans(spans, leaving);
    this.#membership.hide(leaving);
    this.#remove(leaving.apart());
    spans.hide(leaving);
    const steps = this.#clear(leaving);
    this.#steps = steps;
    const before = this.#running;
    const running = this.#run(steps, before).finally(() => {
      if (this.#running === running) {
        this.#running = undefined;
      }
    });
    this.#running = running;
    return leaving;
  }

  /** Until it resolves, what is hidden takes memory. undefined: nothing is. */
  get running(): Promise<void> | undefined {
    return this.#running;
  }

  /** Whether anything is hidden that is not cleared. */
  get isUnderWay(): boolean {
    return this.#steps !== undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #remove(rows: Iterable<number>): void {
    for (const row of rows) {
      this.#store.removeRow(row);
    }
  }

  *#clear(leaving: LeavingRows): Steps {
    const runs = leaving.wholeRuns();
    yield* this.#store.spans.clear(runs);
    yield* this.#membership.clear();
    this.#store.table.removeRuns(runs);
  }

  #finish(): void {
    if (this.#steps) {
      finish(this.#steps);
    }
    this.#steps = undefined;
  }

  async #run(steps: Steps, before: Promise<void> | undefined): Promise<void> {
    await before;
    const slice = new Slice();
    // whoever asked first
    await slice.rest();
    while (!this.#isDisposed && steps.next().done !== true) {
      if (slice.isOver) {
        await slice.rest();
      }
    }
    if (this.#isDisposed) {
      return;
    }
    if (this.#steps === steps) {
      this.#steps = undefined;
    }
    this.#onDone();
  }
}
