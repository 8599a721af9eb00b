import { type ArenaState, ByteArena, offsetInChunk } from './byteArena';
import { areSame, copyBytes, hashBytes, readVarint, varintBytes, writeVarint } from './bytes';
import { Column, type ColumnState } from './columns';
import { plainShape, type TextShape, unpack, wideShape } from './textPacker';

const pageBits = 8;
const pageTexts = 2 ** pageBits;
const pageMask = pageTexts - 1;

export interface TextPagesState {
  readonly arena: ArenaState;
  readonly pageShapes: readonly number[];
  readonly pageStarts: readonly number[];
  readonly next: readonly number[];
  readonly starts: ColumnState;
}

/**
 * The bytes of packed texts, by number. Numbers come in pages of 256; the texts of a page have one shape, so an id of 16 hex digits takes
 * 8 bytes and nothing else.
 */
export class TextPages {
  readonly #shapes: readonly TextShape[];
  readonly #arena = new ByteArena();
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

  /** `shapes`: of the packer, by number; more will come. */
  constructor(shapes: readonly TextShape[]) {
    this.#shapes = shapes;
    // so that no text has the number 0
    this.#next[plainShape] = this.#openPage(plainShape) + 1;
  }

  save(): TextPagesState {
    return {
      arena: this.#arena.save(),
      pageShapes: this.#pageShapes,
      pageStarts: this.#pageStarts,
      next: this.#next,
      starts: this.#starts.save(),
    };
  }

  /** Only while there are no texts. */
  restore(state: TextPagesState): void {
    this.#arena.restore(state.arena);
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

  /** Of the text with this number. */
  shapeOf(id: number): number {
    return this.#pageShapes[id >>> pageBits] ?? plainShape;
  }

  /** Returns the number of the text. */
  add(shape: number, bytes: Buffer, from: number, length: number): number {
    const id = this.#nextId(shape);
    const isFixed = (this.#shapes[shape]?.bytes ?? 0) > 0;
    const head = isFixed ? 0 : varintBytes(length);
    const address = isFixed ? this.#fixedAddress(id, length) : this.#arena.allocate(head + length);
    const chunk = this.#arena.chunkAt(address);
    const start = offsetInChunk(address);
    if (!isFixed) {
      this.#starts.set(id, address);
      writeVarint(chunk, start, length);
    }
    copyBytes(bytes, from, chunk, start + head, length);
    return id;
  }

  /** Whether this is the text with the number. */
  isText(id: number, shape: number, bytes: Buffer, from: number, length: number): boolean {
    if (this.#pageShapes[id >>> pageBits] !== shape) {
      return false;
    }
    this.#locate(id, shape);
    return this.#length === length && areSame(this.#chunk, this.#start, bytes, from, length);
  }

  read(id: number): string {
    const shape = this.shapeOf(id);
    this.#locate(id, shape);
    const [chunk, start, end] = [this.#chunk, this.#start, this.#start + this.#length];
    if (shape === plainShape || shape === wideShape) {
      return chunk.toString(shape === wideShape ? 'utf16le' : 'latin1', start, end);
    }
    const found = this.#shapes[shape];
    return found === undefined ? '' : unpack(found, chunk, start);
  }

  hashOf(id: number): number {
    const shape = this.shapeOf(id);
    this.#locate(id, shape);
    return hashBytes(this.#chunk, this.#start, this.#length, shape);
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
    const bytes = this.#shapes[shape]?.bytes ?? 0;
    this.#pageShapes.push(shape);
    this.#pageStarts.push(bytes === 0 ? 0 : this.#arena.allocate(bytes * pageTexts));
    return (this.#pageShapes.length - 1) * pageTexts;
  }

  #fixedAddress(id: number, bytes: number): number {
    return (this.#pageStarts[id >>> pageBits] ?? 0) + (id & pageMask) * bytes;
  }

  /** Sets `#chunk`, `#start` and `#length` to where the text lies: an object each time would be most of the cost. */
  #locate(id: number, shape: number): void {
    const bytes = this.#shapes[shape]?.bytes ?? 0;
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
