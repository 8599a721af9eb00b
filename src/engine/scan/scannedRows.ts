import { firstPlan } from './lineScanner';
import type { ScanMemory } from './scanMemory';

/** Of the length of a text in a slot; see assembly/kinds.as.ts. */
const isNotPlain = 0x8000_0000;
const isHashed = 0x4000_0000;
const lengthMask = 0x3fff_ffff;

/** Where the rows of a scan are in the memory of its scanner. Bytes. */
export interface RowArea {
  /** What was scanned. */
  readonly window: number;
  readonly rows: number;
  readonly numbers: number;
  readonly texts: number;
  /** Slots of a row. */
  readonly stride: number;
}

/** Reads what a scan has written down of its lines: of those that were shown last. One for all, since each row is read at once. */
export class ScannedRows {
  /** In which the texts lie. */
  bytes: Buffer = Buffer.alloc(0);
  #words: Uint32Array = new Uint32Array(0);
  #doubles: Float64Array = new Float64Array(0);
  #window = 0;
  #rowsAt = 0;
  #numbersAt = 0;
  #textsAt = 0;
  #stride = 0;

  /** Until the memory is renewed. */
  show({ bytes, words, doubles }: ScanMemory, area: RowArea): void {
    this.bytes = bytes;
    this.#words = words;
    this.#doubles = doubles;
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

  /** The number in a slot; of a time its epoch milliseconds, of a word its hash. */
  number(row: number, slot: number): number {
    return this.#doubles[this.#numbersAt + row * this.#stride + slot] ?? Number.NaN;
  }

  /** The text in a slot: as it stands in the file, so without escapes. */
  text(row: number, slot: number): string {
    return this.bytes.toString('utf8', this.textStart(row, slot), this.textEnd(row, slot));
  }

  /** Position of a text in `bytes`. */
  textStart(row: number, slot: number): number {
    return this.#words[this.#textsAt + (row * this.#stride + slot) * 2] ?? 0;
  }

  textEnd(row: number, slot: number): number {
    return this.textStart(row, slot) + (this.#lengthField(row, slot) & lengthMask);
  }

  /** Whether a text is one of an id: short, ASCII, without escapes. */
  isPlainText(row: number, slot: number): boolean {
    return this.#lengthField(row, slot) < isNotPlain;
  }

  /** Whether a text is such a one, and one of a few: `number` gives its hash. */
  isHashed(row: number, slot: number): boolean {
    const length = this.#lengthField(row, slot);
    return length >= isHashed && length < isNotPlain;
  }

  #lengthField(row: number, slot: number): number {
    return this.#words[this.#textsAt + (row * this.#stride + slot) * 2 + 1] ?? 0;
  }
}
