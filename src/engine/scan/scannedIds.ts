import { hashOfSum } from '../store/bytes';
import type { StringTable } from '../store/stringTable';
import type { RowArea } from './scannedRows';
import type { ScanMemory } from './scanMemory';

// of a text in the list, in 4 bytes each; see assembly/ids.as.ts
const slotAt = 0;
const sumAt = 1;
const packedAt = 2;
const aboutAt = 3;
const idAt = 4;
const unsharedAt = 5;
const listWords = 6;
const textWords = 2; // of a text in a slot: its start and its length

const notListed = 0xffff_ffff;
const lengthBits = 16; // of `about`: above them is the shape
const lengthMask = 2 ** lengthBits - 1;
const plainShape = 0;
const noShape = 255;
const shapeBytes = 32;
const unknown = -2;
const maxResolved = 1024; // texts

/** Numbers of the texts of a scan in the table of strings. The scanner has packed them already, and lists each of them once. */
export class ScannedIds {
  readonly #strings: StringTable;
  /** By the memory and the place there of a scanner's shapes: the shapes in the table of strings; `unknown` and -1 where that has none. */
  readonly #shapesOf = new Map<ScanMemory, Map<number, Int32Array>>();
  #shapes: Int32Array = new Int32Array(0);
  #bytes: Buffer = Buffer.alloc(0);
  #words: Uint32Array = new Uint32Array(0);
  #textsAt = 0;
  #listedAt = 0;
  #listAt = 0;
  #shapesAt = 0;
  #stride = 0;
  /** In the list, behind the texts that were resolved last. */
  #next = 0;
  // texts that are looked for together; hashes with a sign, as whole numbers of 32 bits are no objects then
  readonly #entries = new Int32Array(maxResolved);
  readonly #shapesOfTexts = new Int32Array(maxResolved);
  readonly #hashes = new Int32Array(maxResolved);

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** See `ScannedRows.show`. */
  show(memory: ScanMemory, area: RowArea): void {
    this.#shapes = this.#knownShapes(memory, area.shapes);
    this.#bytes = memory.bytes;
    this.#words = memory.words;
    this.#textsAt = area.texts / 4;
    this.#listedAt = area.listed / 4;
    this.#listAt = area.list / 4;
    this.#shapesAt = area.shapes;
    this.#stride = area.stride;
  }

  /** Numbers that were found for the texts of so many rows, which are all that are shown, may be those of others now. */
  forget(rows: number): void {
    const words = this.#words;
    const end = rows * this.#stride;
    for (let at = this.#listAt; (words[at + slotAt] ?? notListed) < end; at += listWords) {
      words[at + idAt] = 0;
      words[at + unsharedAt] = 0;
    }
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
    const number = words[this.#listedAt + row * this.#stride + slot] ?? notListed;
    if (number === notListed) {
      return -1;
    }
    const entry = this.#listAt + number * listWords;
    const at = entry + (isShared ? idAt : unsharedAt);
    const known = words[at] ?? 0;
    if (known !== 0) {
      return known;
    }
    const id = this.#find(entry, isShared);
    words[at] = id;
    return id;
  }

  /**
   * Finds the numbers of texts that stand in these rows for the first time. `isShared`: whether that of a slot will be asked for. Where each stands in
   * a table is hardly ever in the processor's cache, so all of these places are looked at first, and then what is there. Of more than
   * `maxResolved` the others wait until they are asked for.
   */
  resolve(first: number, rows: number, isShared: (row: number, slot: number) => boolean): void {
    const words = this.#words;
    const stride = this.#stride;
    const start = first * stride;
    const end = start + rows * stride;
    let number = this.#isBehind(start) ? this.#next : 0;
    let count = 0;
    for (; ; number++) {
      const entry = this.#listAt + number * listWords;
      const index = words[entry + slotAt] ?? notListed;
      if (index >= end) {
        break;
      }
      const isFirst = index >= start && words[entry + idAt] === 0;
      if (isFirst && count < maxResolved && isShared((index / stride) | 0, index % stride)) {
        const shape = this.#shapeOf((words[entry + aboutAt] ?? 0) >>> lengthBits);
        if (shape >= 0) {
          this.#entries[count] = entry;
          this.#shapesOfTexts[count] = shape;
          this.#hashes[count] = hashOfSum(words[entry + sumAt] ?? 0, shape);
          count++;
        }
      }
    }
    this.#next = number;
    this.#resolveTogether(count);
  }

  /** Whether the text that was resolved last is one of rows before these: else it is that of another scan. */
  #isBehind(start: number): boolean {
    const last = this.#listAt + (this.#next - 1) * listWords;
    return this.#next > 0 && (this.#words[last + slotAt] ?? notListed) < start;
  }

  #resolveTogether(count: number): void {
    const words = this.#words;
    const strings = this.#strings;
    strings.fetch(this.#hashes, count);
    for (let at = 0; at < count; at++) {
      const entry = this.#entries[at] ?? 0;
      words[entry + idAt] = strings.idOfHashed(
        this.#bytes,
        words[entry + packedAt] ?? 0,
        (words[entry + aboutAt] ?? 0) & lengthMask,
        this.#shapesOfTexts[at] ?? 0,
        this.#hashes[at] ?? 0,
      );
    }
  }

  #find(entry: number, isShared: boolean): number {
    const words = this.#words;
    const strings = this.#strings;
    const about = words[entry + aboutAt] ?? 0;
    const shape = this.#shapeOf(about >>> lengthBits);
    if (shape < 0) {
      const text = this.#textsAt + (words[entry + slotAt] ?? 0) * textWords;
      const start = words[text] ?? 0;
      const end = start + (words[text + 1] ?? 0);
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
