import type { TraceGroup } from '../grouping/traceGroup';
import { type Duties, NextSlice, restFactor, restMs, sliceMs } from './backgroundWork';
import type { TraceCheck } from './traceCheck';

/**
 * Checks traces of very many spans, one after the other in the background. One that grows has changed again when it is done: it is checked
 * again only after a rest of 20 times of what checking took.
 */
export class LongTraces {
  readonly #begin: (group: TraceGroup) => TraceCheck;
  readonly #onDidCheck: (check: TraceCheck) => void;
  readonly #next: NextSlice;
  readonly #waiting = new Set<TraceGroup>();
  /** Those that have changed while they were checked. */
  readonly #again = new Set<TraceGroup>();
  #check: TraceCheck | undefined;
  #workedMs = 0;
  #nextTime = 0;

  constructor(
    begin: (group: TraceGroup) => TraceCheck,
    onDidCheck: (check: TraceCheck) => void,
    duties: Duties,
  ) {
    this.#begin = begin;
    this.#onDidCheck = onDidCheck;
    this.#next = new NextSlice(duties);
  }

  /** The trace has changed. */
  add(group: TraceGroup): void {
    if (this.#check?.group !== group) {
      this.#waiting.add(group);
    }
    this.#wake();
  }

  /** Nothing of what is being found holds any more. */
  forget(): void {
    this.#waiting.clear();
    this.#again.clear();
    this.#check = undefined;
    this.#nextTime = 0;
  }

  dispose(): void {
    this.#next.dispose();
  }

  #wake(): void {
    this.#next.after(Math.max(restMs, this.#nextTime - performance.now()), () => {
      this.#again.forEach(group => this.#waiting.add(group));
      this.#again.clear();
      if (this.goOn(sliceMs)) {
        this.#wake();
      }
    });
  }

  /** Goes on now with what is waiting, without a rest. Returns whether there is more. */
  goOn(milliseconds: number): boolean {
    const start = performance.now();
    const check = this.#check ?? this.#beginNext();
    if (!check) {
      return false;
    }
    // whatever goes wrong, the next question begins anew
    this.#check = undefined;
    const isMore = check.goOn(milliseconds);
    this.#workedMs += performance.now() - start;
    if (isMore) {
      this.#check = check;
    } else {
      this.#nextTime = performance.now() + restFactor * this.#workedMs;
      this.#workedMs = 0;
      if (check.group.version !== check.version) {
        this.#again.add(check.group);
        this.#wake();
      }
      this.#onDidCheck(check);
    }
    return isMore || this.#waiting.size > 0;
  }

  /** Checks all that is waiting now. */
  finish(): void {
    while (this.goOn(Number.POSITIVE_INFINITY)) {
      // goes on with the next trace
    }
  }

  #beginNext(): TraceCheck | undefined {
    const [group] = this.#waiting;
    if (group) {
      this.#waiting.delete(group);
    }
    return group && this.#begin(group);
  }
}
