import { firstPlan } from './lineScanner';
import type { ScanMemory } from './scanMemory';

const textWords = 2; // of a text in a slot: its start and its length

/** Where the rows of a scan are in the memory of its scanner. Bytes. */
export interface RowArea {
  /** What was scanned. */
  readonly window: number;
  readonly rows: number;
  readonly numbers: number;
  readonly texts: number;
  /** Of each slot the number of its text in the list of all of them. */
  readonly listed: number;
  readonly list: number;
  /** Shapes of packed texts. */
  readonly shapes: number;
  /** Slots of a row. */
  readonly stride: number;
}

/** Reads what a scan has written down of its lines: of those that were shown last. One for all, since each row is read at once. */
export class ScannedRows {
  #bytes: Buffer = Buffer.alloc(0);
  #words: Uint32Array = new Uint32Array(0);
  /** Numbers of all slots: those of a row begin at `numbersOf`. */
  numbers: Float64Array = new Float64Array(0);
  #window = 0;
  #rowsAt = 0;
  #numbersAt = 0;
  #textsAt = 0;
  #stride = 0;

  /** Until the memory is renewed. */
  show({ bytes, words, doubles }: ScanMemory, area: RowArea): void {
    this.#bytes = bytes;
    this.#words = words;
    this.numbers = doubles;
    this.#window = area.window;
    this.#rowsAt = area.rows / 4;
    this.#numbersAt = area.numbers / 8;
    this.#textsAt = area.texts / 4;
    this.#stride = area.stride;
  }

  /** Where its record starts in the window. */
  start(row: number): number {
    return this.#rowField(row, 0) - this.#window;
  }

  length(row: number): number {
    return this.#rowField(row, 1);
  }

  end(row: number): number {
    return this.start(row) + this.length(row);
  }

  /** Counted from the first line of the scan, which is 0. */
  line(row: number): number {
    return this.#rowField(row, 2);
  }

  plan(row: number): number {
    return this.#rowField(row, 3) - firstPlan;
  }

  /** The line was not taken. Its length reaches to the next one. */
  isLeft(row: number): boolean {
    return this.#rowField(row, 3) === 0;
  }

  #rowField(row: number, at: number): number {
    return this.#words[this.#rowsAt + row * 4 + at] ?? 0;
  }

  /** The number in a slot; of a time its epoch milliseconds. */
  number(row: number, slot: number): number {
    return this.numbers[this.numbersOf(row) + slot] ?? Number.NaN;
  }

  numbersOf(row: number): number {
    return this.#numbersAt + row * this.#stride;
  }

  /** The text in a slot: as it stands in the file, so without escapes. */
  text(row: number, slot: number): string {
    const entry = this.#textsAt + (row * this.#stride + slot) * textWords;
    const start = this.#words[entry] ?? 0;
    const length = this.#words[entry + 1] ?? 0;
    return this.#bytes.toString('utf8', start, start + length);
  }
}
