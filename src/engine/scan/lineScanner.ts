import scannerModule from './assembly/scanner.wasm';
import { defaultMaxRecordBytes } from '../read/bounds';
import { hashSecrets } from '../store/bytes';
import type { RowArea } from './scannedRows';
import { ScanMemory } from './scanMemory';

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
  /** The same, roughly. */
  range: 256,
  /** Of a text only whether there is any, of a number nothing. */
  opaque: 32,
  /** All elements of an array in their order; else only what sorts of them there are. */
  ordered: 64,
  /** Of a text the value itself, unless it is read like others; see `setWord`. */
  word: 128,
  /** Ids are not told apart by the sorts of their characters, numbers not by whether they have decimals. */
  mixed: 512,
  /** Of an opaque text what a lesson says of it. */
  texts: 1024,
  /** A line with such a text, of which no lesson says anything, stops the scan. */
  asked: 2048,
} as const;

/** What one scanner has learnt, for others to learn. */
export type Lesson =
  /** `flags`: a set of `look`. `slot`: where its value goes. `limit`: elements of an array that matter. */
  | {
      readonly about: 'path';
      readonly hash: ScanHash;
      readonly flags: number;
      readonly slot: number | undefined;
      readonly limit: number;
    }
  /** Whether lines of that context are read in another way with this value of the field than with others. */
  | {
      readonly about: 'word';
      readonly context: ScanHash;
      readonly path: ScanHash;
      readonly word: string;
      readonly matters: boolean;
    }
  /** Of a field of which there are too many texts to tell them apart: whether this one matters. */
  | {
      readonly about: 'text';
      readonly path: ScanHash;
      readonly text: string;
      readonly matters: boolean;
    }
  /** It matters whether the number in a slot is the sum of those in others, three at most. */
  | { readonly about: 'sum'; readonly total: number; readonly parts: readonly number[] }
  /** `number`: `plainShape`, or that of a plan. */
  | { readonly about: 'shape'; readonly shape: ScanHash; readonly number: number };

/** Where in the memory a window lies that is scanned whole, and where its rows. */
export interface ScanPlace {
  readonly window: number;
  readonly area: number;
}

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
  readonly context: WebAssembly.Global;
  readonly plan: WebAssembly.Global;
  readonly stop: WebAssembly.Global;
  readonly stride: WebAssembly.Global;
  init(base: number, seed: number, maxRecordBytes: number): void;
  reserve(bytes: number): number;
  addWindow(bytes: number): number;
  addArea(): number;
  useArea(at: number): void;
  setSecrets(seed: number, firstFactor: number, secondFactor: number): void;
  rowsAt(): number;
  numbersAt(): number;
  textsAt(): number;
  listedAt(): number;
  listAt(): number;
  shapesAt(): number;
  scratchAt(): number;
  rootHash(): ScanHash;
  fieldHash(parent: ScanHash, length: number): ScanHash;
  elementHash(parent: ScanHash): ScanHash;
  setWord(context: ScanHash, path: ScanHash, length: number, matters: boolean): void;
  setText(path: ScanHash, length: number, matters: boolean): void;
  addSum(total: number, first: number, second: number, third: number): void;
  setPath(hash: ScanHash, flags: number, slot: number, limit: number): void;
  setShape(hash: ScanHash, number: number): void;
  scan(at: number, end: number, scope: number): number;
  scanAll(at: number, end: number, scope: number): number;
}

/** Room for the stack and the constants of the module. */
const memoryBase = 64 * 1024;
const padding = 96; // bytes that may be read behind a window
const scratchBytes = 4096;

export interface ScannerOptions {
  readonly maxRecordBytes?: number | undefined;
  /** Scanners of one seed give the same hashes. */
  readonly seed?: number | undefined;
  readonly memory?: ScanMemory | undefined;
  /** Where in the memory its tables begin, when others use it, too. Bytes. */
  readonly base?: number | undefined;
  /** As another scanner has it. */
  readonly module?: WebAssembly.Module | undefined;
}

/** The WebAssembly module of assembly/ and its memory. Its tables are those of what was learnt, or what another has learnt: see `Lesson`. */
export class LineScanner {
  readonly memory: ScanMemory;
  readonly seed: number;
  readonly module: WebAssembly.Module;
  /** Told of all that is learnt. */
  onLesson: ((lesson: Lesson) => void) | undefined;
  /** Where the last scan stopped, in the window. */
  position = 0;
  /** Lines of the last scan, blank ones among them. */
  lines = 0;
  readonly #exports: ScannerExports;
  #window = 0;

  constructor(options: ScannerOptions = {}) {
    const { maxRecordBytes = defaultMaxRecordBytes, base = memoryBase } = options;
    this.seed = options.seed ?? Math.random();
    this.memory = options.memory ?? new ScanMemory();
    this.module = options.module ?? new WebAssembly.Module(scannerModule);
    const imports = { env: { memory: this.memory.memory } };
    const { exports } = new WebAssembly.Instance(this.module, imports);
    // the compiler of TypeScript does not know what the other compiler makes
    this.#exports = exports as unknown as ScannerExports;
    this.#exports.init(base, this.seed, maxRecordBytes);
    this.memory.renew();
  }

  /** Copies whole lines in, to be scanned; `from`: where in the window they begin, which is `length` bytes long. */
  load(lines: Uint8Array, from = 0, length = lines.length): void {
    this.#window = this.#exports.reserve(length);
    this.#place(lines, from);
  }

  #place(lines: Uint8Array, from: number): void {
    this.#useSecrets();
    this.memory.renew();
    const { bytes } = this.memory;
    const start = this.#window + from;
    bytes.set(lines, start);
    bytes.fill(0, start + lines.length, start + lines.length + padding);
  }

  /** Takes lines from `at` to `end` (in the window; `end` is after a line feed). Returns the number of rows. */
  scan(at: number, end: number, scope: number): number {
    const rows = this.#exports.scan(this.#window + at, this.#window + end, scope);
    this.#readPosition();
    return rows;
  }

  /**
   * The same for a window of its own (`addPlace`), of which the first `end` bytes are whole lines. A line that is not taken has a row,
   * too, see `ScannedRows.isLeft`; `position` is behind the last line that has one.
   */
  scanAll(place: ScanPlace, end: number, scope: number): number {
    this.#useSecrets();
    this.#window = place.window;
    this.memory.bytes.fill(0, place.window + end, place.window + end + padding);
    this.#exports.useArea(place.area);
    const rows = this.#exports.scanAll(place.window, place.window + end, scope);
    this.#readPosition();
    return rows;
  }

  /** They are those of another process once what that has kept is taken up. */
  #useSecrets(): void {
    const [seed = 0, firstFactor = 0, secondFactor = 0] = hashSecrets();
    this.#exports.setSecrets(seed, firstFactor, secondFactor);
  }

  #readPosition(): void {
    const { position, lines } = this.#exports;
    this.position = Number(position.value) - this.#window;
    this.lines = Number(lines.value);
  }

  /** A window of so many bytes and room for its rows, beside those that there are. */
  addPlace(bytes: number): ScanPlace {
    const place = { window: this.#exports.addWindow(bytes), area: this.#exports.addArea() };
    this.memory.renew();
    return place;
  }

  /** Where the rows of the last scan are. */
  get area(): RowArea {
    return {
      window: this.#window,
      rows: this.#exports.rowsAt(),
      numbers: this.#exports.numbersAt(),
      texts: this.#exports.textsAt(),
      listed: this.#exports.listedAt(),
      list: this.#exports.listAt(),
      shapes: this.#exports.shapesAt(),
      stride: Number(this.#exports.stride.value),
    };
  }

  get stop(): ScanStop {
    return stops[Number(this.#exports.stop.value)] ?? 'plain';
  }

  /** Shape of the line at which the last scan stopped. */
  get shape(): ScanHash {
    return BigInt(this.#exports.shape.value as bigint);
  }

  /** The same with no words but those that are known to matter. */
  get context(): ScanHash {
    return BigInt(this.#exports.context.value as bigint);
  }

  /** Number of that shape: 0 when it is not known, else a text of the line is not. */
  get plan(): number {
    return Number(this.#exports.plan.value);
  }

  /** Learns something: what is looked at of a field; whether a word matters; how the lines of a shape are read. */
  learn(lesson: Lesson): void {
    switch (lesson.about) {
      case 'path':
        this.#exports.setPath(lesson.hash, lesson.flags, lesson.slot ?? noSlot, lesson.limit);
        break;
      case 'word': {
        const { context, path, word, matters } = lesson;
        this.#exports.setWord(context, path, this.#write(word), matters);
        break;
      }
      case 'text':
        this.#exports.setText(lesson.path, this.#write(lesson.text), lesson.matters);
        break;
      case 'sum': {
        const [first = noSlot, second = noSlot, third = noSlot] = lesson.parts;
        this.#exports.addSum(lesson.total, first, second, third);
        break;
      }
      case 'shape':
        this.#exports.setShape(lesson.shape, lesson.number);
    }
    this.onLesson?.(lesson);
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
    return this.memory.bytes.write(text, this.#exports.scratchAt());
  }
}
