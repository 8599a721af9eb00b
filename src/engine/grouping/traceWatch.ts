/** Spans that left a trace before whoever watches it asked; of more it is told that they are other ones. */
const maxLeft = 10_000;

/** What has changed of a trace since it was looked at. */
export interface TraceNews {
  /** Heads of spans that were there and left. One that came again since, maybe as another span, is among `added` too. */
  readonly left: ReadonlySet<number>;
  /** Heads in the order in which they came. */
  readonly added: readonly number[];
}

/** Somebody who has looked at all spans of a trace, and wants to look only at those that are other ones. */
export class TraceWatch {
  /** Of the trace. */
  readonly number: number;
  #last: number;
  #left = new Set<number>();
  #isLost = false;

  /** `last`: the last span of the trace, plus one. */
  constructor(number: number, last: number) {
    this.number = number;
    this.#last = last;
  }

  /** The last span that was looked at and is still there, plus one; 0: none is. */
  get last(): number {
    return this.#last;
  }

  /** All spans have to be looked at again. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** `before`: the span that came before it, plus one. */
  noteLeft(head: number, before: number): void {
    if (this.#last === head + 1) {
      this.#last = before;
    }
    if (this.#left.size >= maxLeft) {
      this.lose();
    } else if (!this.#isLost) {
      this.#left.add(head);
    }
  }

  lose(): void {
    this.#isLost = true;
    this.#left = new Set();
  }

  /** Those that left, when all others up to `last` have been looked at. */
  takeLeft(last: number): ReadonlySet<number> {
    const left = this.#left;
    this.#last = last;
    this.#left = new Set();
    return left;
  }
}

const nobody: ReadonlySet<TraceWatch> = new Set();

/** All that watch a trace. */
export class TraceWatches {
  readonly #byNumber = new Map<number, Set<TraceWatch>>();

  begin(number: number, last: number): TraceWatch {
    const watch = new TraceWatch(number, last);
    const watches = this.#byNumber.get(number) ?? new Set();
    this.#byNumber.set(number, watches.add(watch));
    return watch;
  }

  end(watch: TraceWatch): void {
    const watches = this.#byNumber.get(watch.number);
    watches?.delete(watch);
    if (watches?.size === 0) {
      this.#byNumber.delete(watch.number);
    }
  }

  noteLeft(number: number, head: number, before: number): void {
    for (const watch of this.#of(number)) {
      watch.noteLeft(head, before);
    }
  }

  /** The trace is another one. */
  lose(number: number): void {
    for (const watch of this.#of(number)) {
      watch.lose();
    }
    this.#byNumber.delete(number);
  }

  loseSome(numbers: { has(number: number): boolean }): void {
    for (const number of this.#byNumber.keys()) {
      if (numbers.has(number)) {
        this.lose(number);
      }
    }
  }

  loseAll(): void {
    for (const number of this.#byNumber.keys()) {
      this.lose(number);
    }
  }

  #of(number: number): ReadonlySet<TraceWatch> {
    return this.#byNumber.get(number) ?? nobody;
  }
}
