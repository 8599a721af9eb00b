import type { Steps } from '../../analysis/steps';
import type { TraceNews } from '../grouping/traceWatch';
import { SortedRuns } from './sortedRuns';
import type { HeadedSpan } from './traceSpans';

type Compare = (one: HeadedSpan, other: HeadedSpan) => number;

/** What came to a trace and what left it, taken portion by portion, while it may go on changing. */
export class Newcomers {
  /** Heads of spans that left; one that came again is among the newcomers, too. */
  readonly left = new Set<number>();
  readonly #compare: Compare;
  readonly #latest = new Map<number, HeadedSpan>();
  readonly #runs: SortedRuns<HeadedSpan>;

  constructor(compare: Compare) {
    this.#compare = compare;
    this.#runs = new SortedRuns(compare);
  }

  take({ left, added }: TraceNews, read: (head: number) => HeadedSpan): void {
    for (const head of left) {
      this.left.add(head);
      this.#latest.delete(head);
    }
    const portion = added.map(read);
    for (const headed of portion) {
      this.#latest.set(headed.head, headed);
    }
    this.#runs.add(portion);
  }

  /** Whether to put them in order is the work of a moment. */
  get areNearlySorted(): boolean {
    return this.#runs.isNearlyOne;
  }

  sort(): Steps {
    return this.#runs.join();
  }

  /** Those that are there, in order. */
  sorted(): readonly HeadedSpan[] {
    const all = this.#runs.all();
    // where one left meanwhile that others were compared with, they may stand anywhere
    return this.left.size === 0
      ? all
      : all.filter(headed => this.#latest.get(headed.head) === headed).toSorted(this.#compare);
  }
}
