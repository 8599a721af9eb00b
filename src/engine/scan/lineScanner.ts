import scannerModule from './assembly/scanner.wasm';
import { defaultMaxRecordBytes } from '../read/bounds';

/** What is looked at of a value; a set. The numbers are those of assembly/. */
export const look = {
  /** Its kind. */
  value: 1,
  /** The value itself. */
  label: 2,
  /** Something below it. */
  below: 4,
  /** Which fields it has. */
  names: 8,
  /** Of a number its order of magnitude. */
  magnitude: 16,
  /** Of a text only whether there is any, of a number nothing. */
  opaque: 32,
  /** All elements of an array in their order; else only what sorts of them there are. */
  ordered: 64,
  /** Of a text the value itself, unless it is read like others; see `setWord`. */
  word: 128,
} as const;

/** Values of one line that may be kept. */
export const maxSlots = 64;
const noSlot = 0xff;
/** First shape number that is a plan's; see `stop` in assembly/. */
export const firstPlan = 2;
export const plainShape = 1;

/** Why the scanner takes no more lines. */
export type ScanStop = 'end' | 'plain' | 'unknown';
const stops: readonly ScanStop[] = ['end', 'plain', 'unknown', 'plain'];

/** Hash of a shape or of a path. */
export type ScanHash = bigint;

interface ScannerExports {
  readonly position: WebAssembly.Global;
  readonly lines: WebAssembly.Global;
  readonly shape: WebAssembly.Global;
  readonly base: WebAssembly.Global;
  readonly stop: WebAssembly.Global;
  init(base: number, seed: number, maxRecordBytes: number): void;
  reserve(bytes: number): number;
  rowsAt(): number;
  numbersAt(): number;
  textsAt(): number;
  scratchAt(): number;
  rootHash(): ScanHash;
  fieldHash(parent: ScanHash, length: number): ScanHash;
  elementHash(parent: ScanHash): ScanHash;
  setWord(base: ScanHash, path: ScanHash, length: number): void;
  setPath(hash: ScanHash, flags: number, slot: number, limit: number): void;
  setShape(hash: ScanHash, number: number): void;
  scan(at: number, end: number, format: number): number;
}

/** Room for the stack and the constants of the module. */
const memoryBase = 64 * 1024;
const padding = 96; // bytes that may be read behind a window
const scratchBytes = 4096;
/** Of the length of a text in a slot; see assembly/scanner.as.ts. */
const isNotPlain = 0x8000_0000;
const isHashed = 0x4000_0000;
const lengthMask = 0x3fff_ffff;

/** The WebAssembly module of assembly/ and its memory. One a thread: its tables are those of what was learnt in it. */
export class LineScanner {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: ScannerExports;
  #bytes: Buffer;
  #words: Uint32Array;
  #doubles: Float64Array;
  /** Where the last scan stopped, in the window. */
  position = 0;
  /** Lines of the last scan, blank ones among them. */
  lines = 0;
  #window = 0;
  /** Where the tables are, in numbers of their own size. */
  readonly #rowsAt: number;
  readonly #numbersAt: number;
  readonly #textsAt: number;

  constructor(maxRecordBytes = defaultMaxRecordBytes) {
    this.#memory = new WebAssembly.Memory({ initial: 16, maximum: 65536 });
    const module = new WebAssembly.Module(scannerModule);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    // the compiler of TypeScript does not know what the other compiler makes
    this.#exports = exports as unknown as ScannerExports;
    this.#exports.init(memoryBase, Math.random(), maxRecordBytes);
    this.#bytes = Buffer.from(this.#memory.buffer);
    this.#words = new Uint32Array(this.#memory.buffer);
    this.#doubles = new Float64Array(this.#memory.buffer);
    this.#rowsAt = this.#exports.rowsAt() / 4;
    this.#numbersAt = this.#exports.numbersAt() / 8;
    this.#textsAt = this.#exports.textsAt() / 4;
  }

  /** Bytes of the last window, and around it the rest of the memory. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Copies whole lines in, to be scanned. */
  load(lines: Uint8Array): void {
    this.#window = this.#exports.reserve(lines.length);
    this.#renew();
    this.#bytes.set(lines, this.#window);
    this.#bytes.fill(0, this.#window + lines.length, this.#window + lines.length + padding);
  }

  #renew(): void {
    if (this.#words.buffer !== this.#memory.buffer) {
      this.#bytes = Buffer.from(this.#memory.buffer);
      this.#words = new Uint32Array(this.#memory.buffer);
      this.#doubles = new Float64Array(this.#memory.buffer);
    }
  }

  /** Takes lines from `at` to `end` (in the window; `end` is after a line feed). Returns the number of rows. */
  scan(at: number, end: number, format: number): number {
    const { position, lines } = this.#exports;
    const rows = this.#exports.scan(this.#window + at, this.#window + end, format);
    this.position = Number(position.value) - this.#window;
    this.lines = Number(lines.value);
    return rows;
  }

  get stop(): ScanStop {
    return stops[Number(this.#exports.stop.value)] ?? 'plain';
  }

  /** Shape of the line at which the last scan stopped. */
  get shape(): ScanHash {
    return BigInt(this.#exports.shape.value as bigint);
  }

  /** The same without its words, see `setWord`. */
  get base(): ScanHash {
    return BigInt(this.#exports.base.value as bigint);
  }

  /** Of a row of the last scan: where its record starts in the window. */
  start(row: number): number {
    return this.#rowField(row, 0) - this.#window;
  }

  length(row: number): number {
    return this.#rowField(row, 1);
  }

  /** Counted from the first line of the scan, which is 0. */
  line(row: number): number {
    return this.#rowField(row, 2);
  }

  plan(row: number): number {
    return this.#rowField(row, 3) - firstPlan;
  }

  #rowField(row: number, at: number): number {
    return this.#words[this.#rowsAt + row * 4 + at] ?? 0;
  }

  /** The number in a slot; of a time its epoch milliseconds, of a word its hash. */
  number(row: number, slot: number): number {
    return this.#doubles[this.#numbersAt + row * maxSlots + slot] ?? Number.NaN;
  }

  /** The text in a slot: as it stands in the file, so without escapes. */
  text(row: number, slot: number): string {
    return this.#bytes.toString('utf8', this.textStart(row, slot), this.textEnd(row, slot));
  }

  /** Position of a text in `bytes`. */
  textStart(row: number, slot: number): number {
    return this.#words[this.#textsAt + (row * maxSlots + slot) * 2] ?? 0;
  }

  textEnd(row: number, slot: number): number {
    const at = this.#textsAt + (row * maxSlots + slot) * 2;
    return (this.#words[at] ?? 0) + (this.#lengthField(row, slot) & lengthMask);
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
    return this.#words[this.#textsAt + (row * maxSlots + slot) * 2 + 1] ?? 0;
  }

  setPath(hash: ScanHash, flags: number, slot: number | undefined, limit: number): void {
    this.#exports.setPath(hash, flags, slot ?? noSlot, limit);
  }

  /** Says that lines of the shape `base` are read alike with this value of the field and others. */
  setWord(base: ScanHash, path: ScanHash, word: string): void {
    this.#exports.setWord(base, path, this.#write(word));
  }

  setShape(shape: ScanHash, number: number): void {
    this.#exports.setShape(shape, number);
  }

  get root(): ScanHash {
    return BigInt.asUintN(64, this.#exports.rootHash());
  }

  /** Hash of a field of the object at `parent`; undefined when the name is too long for one. */
  field(parent: ScanHash, name: string): ScanHash | undefined {
    return Buffer.byteLength(name) > scratchBytes
      ? undefined
      : this.#exports.fieldHash(parent, this.#write(name));
  }

  element(parent: ScanHash): ScanHash {
    return this.#exports.elementHash(parent);
  }

  #write(text: string): number {
    return this.#bytes.write(text, this.#exports.scratchAt());
  }
}
