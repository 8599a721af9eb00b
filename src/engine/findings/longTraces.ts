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
    this.#check = undefined;
    this.#nextTime = 0;
  }

  dispose(): void {
    this.#next.dispose();
  }

  #wake(): void {
    this.#next.after(Math.max(restMs, this.#nextTime - performance.now()), () => this.#runSlice());
  }

  #runSlice(): void {
    const start = performance.now();
    const check = this.#check ?? this.#beginNext();
    if (!check) {
      return;
    }
    // whatever goes wrong, the next question begins anew
    this.#check = undefined;
    const isMore = check.goOn(sliceMs);
    this.#workedMs += performance.now() - start;
    if (isMore) {
      this.#check = check;
    } else {
      this.#nextTime = performance.now() + restFactor * this.#workedMs;
      this.#workedMs = 0;
      this.#onDidCheck(check);
    }
    if (isMore || this.#waiting.size > 0) {
      this.#wake();
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
