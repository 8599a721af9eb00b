import { type ArenaState, ByteArena, offsetInChunk } from './byteArena';
import {
  areSame,
  copyBytes,
  hashBytes,
  hashOfSum,
  readVarint,
  varintBytes,
  writeVarint,
} from './bytes';
import { Column, type ColumnState } from './columns';
import { HashSlots, type SlotsState } from './hashSlots';
import { RecentIds } from './recentIds';
import { RecentTexts } from './recentTexts';
import { plainShape, TextPacker, type TextShape, unpack, wideShape } from './textPacker';

const pageBits = 8;
const pageTexts = 2 ** pageBits;
const pageMask = pageTexts - 1;

export interface StringsState {
  readonly shapes: readonly TextShape[];
  readonly arena: ArenaState;
  readonly slots: SlotsState;
  readonly pageShapes: readonly number[];
  readonly pageStarts: readonly number[];
  readonly next: readonly number[];
  readonly starts: ColumnState;
}

/**
 * Keeps each text once, as bytes, and gives it a number. 0 is "no text". Texts are never forgotten: a re-read file brings them back.
 * Numbers come in pages of 256; the texts of a page have one shape, so an id of 16 hex digits takes 8 bytes and nothing else.
 */
export class StringTable {
  readonly #packer = new TextPacker();
  readonly #arena = new ByteArena();
  readonly #slots: HashSlots = new HashSlots(id => this.#hashOf(id));
  readonly #pageShapes: number[] = [];
  /** Address of the first text of a page; 0 for texts of any length. */
  readonly #pageStarts: number[] = [];
  /** Next number of each shape; a multiple of 256 when its page is full. */
  readonly #next: number[] = [];
  /** Addresses of texts of any length: their length as a varint, then the bytes. */
  readonly #starts = new Column('ascending');
  #chunk: Buffer = Buffer.alloc(0);
  #start = 0;
  #length = 0;
  /** The text that is looked for, packed. */
  #given: Buffer = Buffer.alloc(0);
  #givenStart = 0;
  #givenLength = 0;
  readonly #shared = new RecentIds();
  readonly #unshared = new RecentIds();
  readonly #texts = new RecentTexts();

  constructor() {
    // so that no text has the number 0
    this.#next[plainShape] = this.#openPage(plainShape) + 1;
  }

  save(): StringsState {
    return {
      shapes: this.#packer.save(),
      arena: this.#arena.save(),
      slots: this.#slots.save(),
      pageShapes: this.#pageShapes,
      pageStarts: this.#pageStarts,
      next: this.#next,
      starts: this.#starts.save(),
    };
  }

  /** Only while the table is empty. */
  restore(state: StringsState): void {
    this.#packer.restore(state.shapes);
    this.#arena.restore(state.arena);
    this.#slots.restore(state.slots);
    for (const [list, saved] of [
      [this.#pageShapes, state.pageShapes],
      [this.#pageStarts, state.pageStarts],
      [this.#next, state.next],
    ] as const) {
      list.length = 0;
      saved.forEach(number => list.push(number));
    }
    this.#starts.restore(state.starts);
  }

  /** All numbers are below this one. */
  get end(): number {
    return this.#pageShapes.length * pageTexts;
  }

  id(text: string | undefined): number {
    return text === undefined ? 0 : this.#intern(this.#packer.pack(text, true));
  }

  /**
   * A number of a text that is only read again, never looked for or compared: it is not kept where `find` looks. The same text has the
   * same number only if it came a moment ago.
   */
  idUnshared(text: string | undefined): number {
    return text === undefined ? 0 : this.#addUnshared(this.#packer.pack(text, true));
  }

  /** The same of a text in ASCII. */
  idOfBytesUnshared(bytes: Uint8Array, start: number, end: number): number {
    return this.#addUnshared(this.#packer.packBytes(bytes, start, end));
  }

  /** The number of a text in ASCII, without a string being made of it. */
  idOfBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.#intern(this.#packer.packBytes(bytes, start, end));
  }

  /** There will be so many times as many texts as there are now. */
  expect(factor: number): void {
    this.#slots.expect(factor);
  }

  /** See `TextPacker.shapeFor`. */
  shapeFor(prefix: string, digits: number): number {
    return this.#packer.shapeFor(prefix, digits);
  }

  /** The number of a text that was packed elsewhere: its bytes, their shape here (0: they are its characters, in ASCII) and `sumOfBytes`. */
  idOfPacked(bytes: Buffer, start: number, length: number, shape: number, sum: number): number {
    return this.idOfHashed(bytes, start, length, shape, hashOfSum(sum, shape));
  }

  /** The same with the `hashOfSum` of both. */
  idOfHashed(bytes: Buffer, start: number, length: number, shape: number, hash: number): number {
    this.#give(bytes, start, length);
    return this.#findOrAdd(shape, hash);
  }

  /** The first so many of these hashes will be looked for: see `HashSlots.fetch`. */
  fetch(hashes: Int32Array, count: number): void {
    this.#slots.fetch(hashes, count);
  }

  /** The same as `idUnshared`, but a new number each time. */
  idOfPackedUnshared(bytes: Buffer, start: number, length: number, shape: number): number {
    this.#give(bytes, start, length);
    const id = this.#nextId(shape);
    this.#write(id, shape);
    return id;
  }

  /** The number of a text that may never have been seen: 0 then. */
  find(text: string): number {
    const shape = this.#packer.pack(text, false);
    return shape < 0 ? 0 : this.#find(shape, this.#takePacked(shape));
  }

  text(id: number): string | undefined {
    if (id === 0 || id >>> pageBits >= this.#pageShapes.length) {
      return undefined;
    }
    const recent = this.#texts.get(id);
    if (recent !== undefined) {
      return recent;
    }
    const text = this.#read(id);
    this.#texts.set(id, text);
    return text;
  }

  /** What the text has in common with others: there are few shapes. undefined: nothing. */
  shapeOf(id: number): TextShape | undefined {
    const shape = this.#packer.shapes[this.#pageShapes[id >>> pageBits] ?? plainShape];
    return shape === undefined || shape.bytes === 0 ? undefined : shape;
  }

  #intern(shape: number): number {
    const hash = this.#takePacked(shape);
    const recent = this.#shared.get(hash);
    if (recent !== 0 && this.#isGiven(recent, shape)) {
      return recent;
    }
    const id = this.#findOrAdd(shape, hash);
    this.#shared.set(hash, id);
    return id;
  }

  #findOrAdd(shape: number, hash: number): number {
    let id = this.#find(shape, hash);
    if (id === 0) {
      id = this.#nextId(shape);
      this.#write(id, shape);
      this.#slots.addLast(hash, id);
    }
    return id;
  }

  #addUnshared(shape: number): number {
    const hash = this.#takePacked(shape);
    const recent = this.#unshared.get(hash);
    if (recent !== 0 && this.#isGiven(recent, shape)) {
      return recent;
    }
    const id = this.#nextId(shape);
    this.#write(id, shape);
    this.#unshared.set(hash, id);
    return id;
  }

  /** The text is the one that was packed last; returns its hash. */
  #takePacked(shape: number): number {
    const { bytes, length } = this.#packer;
    this.#give(bytes, 0, length);
    return hashBytes(bytes, 0, length, shape);
  }

  #give(bytes: Buffer, start: number, length: number): void {
    this.#given = bytes;
    this.#givenStart = start;
    this.#givenLength = length;
  }

  #find(shape: number, hash: number): number {
    let id = this.#slots.first(hash);
    while (id !== 0 && !this.#isGiven(id, shape)) {
      id = this.#slots.next();
    }
    return id;
  }

  #nextId(shape: number): number {
    let id = this.#next[shape] ?? 0;
    if ((id & pageMask) === 0) {
      id = this.#openPage(shape);
    }
    this.#next[shape] = id + 1;
    return id;
  }

  /** The first number of a new page. */
  #openPage(shape: number): number {
    const bytes = this.#packer.shapes[shape]?.bytes ?? 0;
    this.#pageShapes.push(shape);
    this.#pageStarts.push(bytes === 0 ? 0 : this.#arena.allocate(bytes * pageTexts));
    return (this.#pageShapes.length - 1) * pageTexts;
  }

  #write(id: number, shape: number): void {
    const length = this.#givenLength;
    const isFixed = (this.#packer.shapes[shape]?.bytes ?? 0) > 0;
    const head = isFixed ? 0 : varintBytes(length);
    const address = isFixed ? this.#fixedAddress(id, length) : this.#arena.allocate(head + length);
    const chunk = this.#arena.chunkAt(address);
    const start = offsetInChunk(address);
    if (!isFixed) {
      this.#starts.set(id, address);
      writeVarint(chunk, start, length);
    }
    copyBytes(this.#given, this.#givenStart, chunk, start + head, length);
  }

  #fixedAddress(id: number, bytes: number): number {
    return (this.#pageStarts[id >>> pageBits] ?? 0) + (id & pageMask) * bytes;
  }

  /** Whether a text is the one that was given. */
  #isGiven(id: number, shape: number): boolean {
    const length = this.#givenLength;
    if (this.#pageShapes[id >>> pageBits] !== shape) {
      return false;
    }
    this.#locate(id, shape);
    return (
      this.#length === length &&
      areSame(this.#chunk, this.#start, this.#given, this.#givenStart, length)
    );
  }

  #read(id: number): string {
    const shape = this.#pageShapes[id >>> pageBits] ?? plainShape;
    this.#locate(id, shape);
    const [chunk, start, end] = [this.#chunk, this.#start, this.#start + this.#length];
    if (shape === plainShape || shape === wideShape) {
      return chunk.toString(shape === wideShape ? 'utf16le' : 'latin1', start, end);
    }
    const found = this.#packer.shapes[shape];
    return found === undefined ? '' : unpack(found, chunk, start);
  }

  #hashOf(id: number): number {
    const shape = this.#pageShapes[id >>> pageBits] ?? plainShape;
    this.#locate(id, shape);
    return hashBytes(this.#chunk, this.#start, this.#length, shape);
  }

  /** Sets `#chunk`, `#start` and `#length` to where the text lies: an object each time would be most of the cost. */
  #locate(id: number, shape: number): void {
    const bytes = this.#packer.shapes[shape]?.bytes ?? 0;
    const address = bytes > 0 ? this.#fixedAddress(id, bytes) : this.#starts.get(id);
    this.#chunk = this.#arena.chunkAt(address);
    this.#start = offsetInChunk(address);
    this.#length = bytes;
    if (bytes === 0) {
      this.#length = readVarint(this.#chunk, this.#start);
      this.#start += varintBytes(this.#length);
    }
  }
}
