import type { StringTable } from '../store/stringTable';
import type { RowArea } from './scannedRows';
import type { ScanMemory } from './scanMemory';

// of a text in a slot, in 4 bytes each; see assembly/ids.as.ts
const startAt = 0;
const lengthAt = 1;
const sumAt = 2;
const firstAt = 3;
const packedAt = 4;
const aboutAt = 5;
const idAt = 6;
const unsharedAt = 7;

const isNotPlain = 0x8000_0000;
const lengthBits = 16; // of `about`: above them is the shape
const lengthMask = 2 ** lengthBits - 1;
const plainShape = 0;
const noShape = 255;
const shapeBytes = 32;
const textBits = 3; // of an entry, in words
const unknown = -2;

/** Numbers of the texts of a scan in the table of strings. The scanner has packed them already, and knows those that it has seen before. */
export class ScannedIds {
  readonly #strings: StringTable;
  /** By the memory and the place there of a scanner's shapes: the shapes in the table of strings; `unknown` and -1 where that has none. */
  readonly #shapesOf = new Map<ScanMemory, Map<number, Int32Array>>();
  #shapes: Int32Array = new Int32Array(0);
  #bytes: Buffer = Buffer.alloc(0);
  #words: Uint32Array = new Uint32Array(0);
  #textsAt = 0;
  #shapesAt = 0;
  #stride = 0;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** See `ScannedRows.show`. */
  show(memory: ScanMemory, area: RowArea): void {
    this.#shapes = this.#knownShapes(memory, area.shapes);
    this.#bytes = memory.bytes;
    this.#words = memory.words;
    this.#textsAt = area.texts / 4;
    this.#shapesAt = area.shapes;
    this.#stride = area.stride;
  }

  #knownShapes(memory: ScanMemory, at: number): Int32Array {
    const ofMemory = this.#shapesOf.get(memory) ?? new Map<number, Int32Array>();
    let shapes = ofMemory.get(at);
    if (shapes === undefined) {
      shapes = new Int32Array(noShape + 1).fill(unknown);
      shapes[plainShape] = plainShape;
      shapes[noShape] = -1;
      this.#shapesOf.set(memory, ofMemory.set(at, shapes));
    }
    return shapes;
  }

  /** -1: the text is long, or not ASCII without escapes. `isShared`: somebody may look for it, see `StringTable.idUnshared`. */
  idOf(row: number, slot: number, isShared: boolean): number {
    const words = this.#words;
    const entry = this.#textsAt + ((row * this.#stride + slot) << textBits);
    if ((words[entry + lengthAt] ?? 0) >= isNotPlain) {
      return -1;
    }
    const first = this.#textsAt + ((words[entry + firstAt] ?? 0) << textBits);
    const found = first + (isShared ? idAt : unsharedAt);
    const known = words[found] ?? 0;
    if (known !== 0) {
      return known;
    }
    const id = this.#find(entry, isShared);
    words[found] = id;
    return id;
  }

  /** `idOf` will be asked for this text: see `StringTable.announce`. */
  announce(row: number, slot: number): void {
    const words = this.#words;
    const index = row * this.#stride + slot;
    const entry = this.#textsAt + (index << textBits);
    const shape = this.#shapes[(words[entry + aboutAt] ?? 0) >>> lengthBits] ?? -1;
    if (words[entry + firstAt] === index && shape >= 0) {
      this.#strings.announce(shape, words[entry + sumAt] ?? 0);
    }
  }

  #find(entry: number, isShared: boolean): number {
    const words = this.#words;
    const strings = this.#strings;
    const about = words[entry + aboutAt] ?? 0;
    const shape = this.#shapeOf(about >>> lengthBits);
    if (shape < 0) {
      const start = words[entry + startAt] ?? 0;
      const end = start + (words[entry + lengthAt] ?? 0);
      return isShared
        ? strings.idOfBytes(this.#bytes, start, end)
        : strings.idOfBytesUnshared(this.#bytes, start, end);
    }
    const length = about & lengthMask;
    const at = words[entry + packedAt] ?? 0;
    return isShared
      ? strings.idOfPacked(this.#bytes, at, length, shape, words[entry + sumAt] ?? 0)
      : strings.idOfPackedUnshared(this.#bytes, at, length, shape);
  }

  /** -1: there are too many. */
  #shapeOf(number: number): number {
    const known = this.#shapes[number] ?? -1;
    if (known !== unknown) {
      return known;
    }
    const at = this.#shapesAt + number * shapeBytes;
    const prefixLength = this.#bytes[at] ?? 0;
    const digits = this.#bytes[at + 1] ?? 0;
    const prefix = this.#bytes.toString('latin1', at + 8, at + 8 + prefixLength);
    const shape = this.#strings.shapeFor(prefix, digits);
    this.#shapes[number] = shape;
    return shape;
  }
}
