import type { RowArea } from '../scannedRows';

/** Windows that are ready at most: while one is taken others are made. */
export const places = 4;
/** In which it takes one of the windows that are ready, or less. */
const lookAgainMs = 1;
const jobAt = 0;
const readyAt = 1;
const statesAt = 2;
const empty = 0;
const full = 1;
const stateInts = 16; // of 4 bytes; the headers begin behind them
const numbers = 11; // of a header, 8 bytes each
const stamps = 5;
const headerNumbers = numbers + stamps;

/** A window that was read and scanned. */
export interface ScannedWindow {
  readonly job: number;
  /** In the file. */
  readonly offset: number;
  /** Whole lines: so many bytes; 0: nothing more can be scanned. */
  readonly bytes: number;
  readonly lines: number;
  readonly rows: number;
  readonly area: RowArea;
  /** What the file was after it had been read. */
  readonly stamp: ScannedStamp;
}

export interface ScannedStamp {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** What two threads say to each other without a message: which windows are ready, and which may be made. */
export class AheadControl {
  readonly memory: SharedArrayBuffer;
  readonly #states: Int32Array;
  readonly #headers: Float64Array;
  readonly #stamps: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(stateInts * 4 + places * headerNumbers * 8)) {
    this.memory = memory;
    this.#states = new Int32Array(memory, 0, stateInts);
    this.#headers = new Float64Array(memory, stateInts * 4);
    this.#stamps = new BigInt64Array(memory, stateInts * 4);
  }

  /** The job that is to be done; 0: none. */
  get job(): number {
    return Atomics.load(this.#states, jobAt);
  }

  /** Another job is to be done, or none: what the last one has made is not needed. */
  begin(job: number): void {
    Atomics.store(this.#states, jobAt, job);
    for (let place = 0; place < places; place++) {
      this.free(place);
      Atomics.notify(this.#states, statesAt + place);
    }
  }

  /** Whether the other thread has started. */
  get isReady(): boolean {
    return Atomics.load(this.#states, readyAt) === 1;
  }

  setReady(): void {
    Atomics.store(this.#states, readyAt, 1);
  }

  /**
   * The window at this place is not needed any more. The other thread finds that out by itself: to wake it costs this one up to a
   * millisecond, as much as to take a window.
   */
  free(place: number): void {
    Atomics.store(this.#states, statesAt + place, empty);
  }

  /** Waits until a place is free; false when the job is another one meanwhile. */
  waitForFree(place: number, job: number): boolean {
    while (this.job === job && this.#isFull(place)) {
      Atomics.wait(this.#states, statesAt + place, full, lookAgainMs);
    }
    return this.job === job;
  }

  #isFull(place: number): boolean {
    return Atomics.load(this.#states, statesAt + place) === full;
  }

  /** Gives out what is at a place. */
  fill(place: number, window: ScannedWindow): void {
    const { job, offset, bytes, lines, rows, area, stamp } = window;
    const at = place * headerNumbers;
    this.#headers.set(
      [
        job,
        offset,
        bytes,
        lines,
        rows,
        area.window,
        area.rows,
        area.numbers,
        area.texts,
        area.stride,
        area.shapes,
      ],
      at,
    );
    const { dev, ino, size, mtimeNs, ctimeNs } = stamp;
    this.#stamps.set([dev, ino, size, mtimeNs, ctimeNs], at + numbers);
    Atomics.store(this.#states, statesAt + place, full);
    Atomics.notify(this.#states, statesAt + place);
  }

  /** What is at a place, once it is there; undefined when that takes too long. What another job has left is thrown away. */
  waitFor(place: number, job: number, patienceMs: number): ScannedWindow | undefined {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      if (this.#isFull(place)) {
        const window = this.#read(place);
        if (window.job === job) {
          return window;
        }
        this.free(place);
      }
      const patience = deadline - performance.now();
      if (patience <= 0) {
        return undefined;
      }
      Atomics.wait(this.#states, statesAt + place, empty, patience);
    }
  }

  #read(place: number): ScannedWindow {
    const at = place * headerNumbers;
    const number = (index: number): number => this.#headers[at + index] ?? 0;
    const stamp = (index: number): bigint => this.#stamps[at + numbers + index] ?? 0n;
    return {
      job: number(0),
      offset: number(1),
      bytes: number(2),
      lines: number(3),
      rows: number(4),
      area: {
        window: number(5),
        rows: number(6),
        numbers: number(7),
        texts: number(8),
        stride: number(9),
        shapes: number(10),
      },
      stamp: { dev: stamp(0), ino: stamp(1), size: stamp(2), mtimeNs: stamp(3), ctimeNs: stamp(4) },
    };
  }
}
