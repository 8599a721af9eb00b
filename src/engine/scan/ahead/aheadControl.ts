import type { ScanPlace } from '../lineScanner';
import type { RowArea } from '../scannedRows';

/** Windows that are in the making or ready, at most: while one is taken others are made. */
export const places = 3;
/** In which a thread that has nothing to do looks again. To be woken costs the other one up to a millisecond, as much as to scan a window. */
const lookAgainMs = 0.2;

// of 4 bytes each
const jobAt = 0;
const readyAt = 1;
const takenUpAt = 2;
const readingAt = 3;
const readAt = 4;
const overAt = 5;
const statesAt = 8;
const stateInts = 16; // the numbers begin behind them

/** What becomes of a place: its window is read, then scanned by whoever is the first to claim it, then taken by the engine. */
const empty = 0;
const read = 1;
const claimed = 2;
const full = 3;

const numbers = 16; // of a place, 8 bytes each
const stamps = 5;
const placeNumbers = numbers + stamps;

/** Whole lines that were read into a place. */
export interface ReadWindow {
  /** In the file. */
  readonly offset: number;
  /** 0: there are no more, or they cannot be read. */
  readonly bytes: number;
  readonly stamp: ReadStamp;
}

/** What the file was after it had been read. */
export interface ReadStamp {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** What was made of them. */
export interface WindowRows {
  /** Bytes that were scanned: fewer than were read when there was no more room for rows. */
  readonly scannedBytes: number;
  readonly lines: number;
  readonly rows: number;
  readonly area: RowArea;
}

/**
 * What two threads say to each other without a message: which windows of a job are read, which are scanned, and who does what. Windows are read one after the
 * other, for a window begins where the last line of the one before ends; they are scanned by several threads at once.
 */
export class AheadControl {
  readonly memory: SharedArrayBuffer;
  readonly #states: Int32Array;
  readonly #numbers: Float64Array;
  readonly #stamps: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(stateInts * 4 + (places * placeNumbers + 1) * 8)) {
    this.memory = memory;
    this.#states = new Int32Array(memory, 0, stateInts);
    this.#numbers = new Float64Array(memory, stateInts * 4);
    this.#stamps = new BigInt64Array(memory, stateInts * 4);
  }

  /** The other thread has started, with these places. */
  setReady(made: readonly ScanPlace[]): void {
    made.forEach(({ window, area }, place) => this.#set(place, 14, [window, area]));
    Atomics.store(this.#states, readyAt, 1);
  }

  get isReady(): boolean {
    return Atomics.load(this.#states, readyAt) === 1;
  }

  place(index: number): ScanPlace {
    return { window: this.#number(index, 14), area: this.#number(index, 15) };
  }

  /** The job that is to be done; 0: none. */
  get job(): number {
    return Atomics.load(this.#states, jobAt);
  }

  /** Another job is to be done, or none: what the last one has made is not needed. */
  begin(job: number): void {
    Atomics.store(this.#states, jobAt, job);
  }

  /** The other thread begins with it. Until then it may still write to the places for the job before. */
  takeUp(job: number, offset: number): void {
    for (let place = 0; place < places; place++) {
      Atomics.store(this.#states, statesAt + place, empty);
    }
    this.#numbers[places * placeNumbers] = offset;
    Atomics.store(this.#states, readAt, 0);
    Atomics.store(this.#states, overAt, 0);
    Atomics.store(this.#states, readingAt, 0);
    Atomics.store(this.#states, takenUpAt, job);
    Atomics.notify(this.#states, takenUpAt);
  }

  isTakenUp(job: number): boolean {
    return Atomics.load(this.#states, takenUpAt) === job;
  }

  /** Waits a moment, or until the other thread begins with another job. */
  pauseBefore(): void {
    Atomics.wait(this.#states, takenUpAt, Atomics.load(this.#states, takenUpAt), lookAgainMs);
  }

  /** Makes the caller the one who reads, if nobody is, there is more, and there is a place for it. */
  claimReading(): { readonly place: number; readonly offset: number } | undefined {
    if (Atomics.compareExchange(this.#states, readingAt, 0, 1) !== 0) {
      return undefined;
    }
    const place = Atomics.load(this.#states, readAt) % places;
    if (this.isOver || this.#state(place) !== empty) {
      Atomics.store(this.#states, readingAt, 0);
      return undefined;
    }
    return { place, offset: this.#numbers[places * placeNumbers] ?? 0 };
  }

  /** The window is there; others may scan it and read on. */
  giveRead(place: number, { offset, bytes, stamp }: ReadWindow): void {
    const { dev, ino, size, mtimeNs, ctimeNs } = stamp;
    this.#set(place, 0, [offset, bytes]);
    this.#stamps.set([dev, ino, size, mtimeNs, ctimeNs], place * placeNumbers + numbers);
    this.#numbers[places * placeNumbers] = offset + bytes;
    Atomics.store(this.#states, overAt, bytes === 0 ? 1 : 0);
    this.#become(place, bytes === 0 ? full : read);
    Atomics.add(this.#states, readAt, 1);
    Atomics.store(this.#states, readingAt, 0);
  }

  /** Makes the caller the one who scans the first window that was read and is not claimed. */
  claimScan(): number | undefined {
    const next = Atomics.load(this.#states, readAt);
    for (let index = Math.max(0, next - places); index < next; index++) {
      const place = index % places;
      const at = statesAt + place;
      if (Atomics.compareExchange(this.#states, at, read, claimed) === read) {
        return place;
      }
    }
    return undefined;
  }

  /** Bytes of whole lines that were read into a place. */
  bytesAt(place: number): number {
    return this.#number(place, 1);
  }

  /** The rows of a window are there. */
  giveRows(place: number, { scannedBytes, lines, rows, area }: WindowRows): void {
    const { window, rows: rowsAt, numbers: numbersAt, texts, listed, list, shapes, stride } = area;
    const figures = [scannedBytes, lines, rows];
    const areas = [window, rowsAt, numbersAt, texts, listed, list, shapes, stride];
    this.#set(place, 2, [...figures, ...areas]);
    this.#become(place, full);
  }

  /** All windows of the job are read. */
  get isOver(): boolean {
    return Atomics.load(this.#states, overAt) === 1;
  }

  isFull(place: number): boolean {
    return this.#state(place) === full;
  }

  /** What is at a place that is full. */
  windowAt(place: number): ReadWindow & WindowRows {
    const number = (index: number): number => this.#number(place, index);
    const stamp = (index: number): bigint =>
      this.#stamps[place * placeNumbers + numbers + index] ?? 0n;
    return {
      offset: number(0),
      bytes: number(1),
      scannedBytes: number(2),
      lines: number(3),
      rows: number(4),
      area: {
        window: number(5),
        rows: number(6),
        numbers: number(7),
        texts: number(8),
        listed: number(9),
        list: number(10),
        shapes: number(11),
        stride: number(12),
      },
      stamp: { dev: stamp(0), ino: stamp(1), size: stamp(2), mtimeNs: stamp(3), ctimeNs: stamp(4) },
    };
  }

  /** The window at this place is not needed any more. The other thread finds that out by itself. */
  free(place: number): void {
    Atomics.store(this.#states, statesAt + place, empty);
  }

  /** Waits a moment, or until something becomes of a place. */
  pause(place: number): void {
    const state = this.#state(place);
    if (state !== full) {
      Atomics.wait(this.#states, statesAt + place, state, lookAgainMs);
    }
  }

  /** Waits a moment, for a place to be taken. */
  rest(): void {
    Atomics.wait(this.#states, readingAt, Atomics.load(this.#states, readingAt), lookAgainMs);
  }

  #state(place: number): number {
    return Atomics.load(this.#states, statesAt + place);
  }

  #become(place: number, state: number): void {
    Atomics.store(this.#states, statesAt + place, state);
    if (state === full) {
      Atomics.notify(this.#states, statesAt + place);
    }
  }

  #number(place: number, index: number): number {
    return this.#numbers[place * placeNumbers + index] ?? 0;
  }

  #set(place: number, index: number, values: readonly number[]): void {
    this.#numbers.set(values, place * placeNumbers + index);
  }
}
