/** The spans of one trace. `version` is another one after every change of it. */
export interface TraceGroup {
  readonly key: string;
  /** Id in the log; undefined when the trace was put together by us. */
  readonly traceId: string | undefined;
  /** Known only for traces that are a session. */
  readonly sessionId: string | undefined;
  readonly heads: Iterable<number> & { readonly size: number };
  readonly version: number;
}

/** What is known of a trace by its number. */
export interface TraceFacts {
  readonly key: string;
  readonly traceId: string | undefined;
  readonly sessionId: string | undefined;
}

/** Where a view looks things up. */
export interface TraceFigures {
  facts(number: number): TraceFacts;
  size(number: number): number;
  version(number: number): number;
  headsOf(number: number): Iterable<number>;
}

/** A trace as whoever asks sees it: made when it is asked for, the same object as long as the trace is there. */
export class TraceView implements TraceGroup {
  readonly #figures: TraceFigures;
  readonly #number: number;
  /** What it was called, once it is gone. */
  #gone: TraceFacts | undefined;

  constructor(figures: TraceFigures, number: number) {
    this.#figures = figures;
    this.#number = number;
  }

  get key(): string {
    return this.#facts().key;
  }

  get traceId(): string | undefined {
    return this.#facts().traceId;
  }

  get sessionId(): string | undefined {
    return this.#facts().sessionId;
  }

  get version(): number {
    return this.#gone ? 0 : this.#figures.version(this.#number);
  }

  get heads(): TraceGroup['heads'] {
    const number = this.#number;
    return this.#gone
      ? noHeads
      : {
          size: this.#figures.size(number),
          [Symbol.iterator]: () => this.#figures.headsOf(number)[Symbol.iterator](),
        };
  }

  /** The trace is no more; its number may be given to another one. */
  end(): void {
    this.#gone = this.#facts();
  }

  #facts(): TraceFacts {
    return this.#gone ?? this.#figures.facts(this.#number);
  }
}

const noHeads: ReadonlySet<number> = new Set();
