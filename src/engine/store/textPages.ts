import { type ArenaState, ByteArena, offsetInChunk } from './byteArena';
import { areSame, copyBytes, hashBytes, readVarint, varintBytes, writeVarint } from './bytes';
import { Column, type ColumnState } from './columns';
import { maxShapes, plainShape, type TextShape, unpack, wideShape } from './textPacker';

const pageBits = 8;
const pageTexts = 2 ** pageBits;
const pageMask = pageTexts - 1;
/** Texts of any length that are longer have some room to spare, an eighth of them at most: so others of about their length can take their place. */
const exactBytes = 64;

export interface TextPagesState {
  readonly arena: ArenaState;
  readonly pageShapes: readonly number[];
  readonly pageStarts: readonly number[];
  readonly next: readonly number[];
  readonly starts: ColumnState;
  readonly bytes: number;
}

/** Texts with fewer bytes are never freed: the number of the next free one has no room in their place. */
export const leastFreed = 4;

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
  /** The first free number, by `kindOf`. In the place of its text stands the next one, or 0. */
  readonly #free = new Map<number, number>();
  #freeBytes = 0;
  /** Of all places of texts. */
  #bytes = 0;
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
      bytes: this.#bytes,
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
    // what was free is found again when texts are freed the next time
    this.#bytes = state.bytes;
  }

  /** All numbers are below this one. */
  get end(): number {
    return this.#pageShapes.length * pageTexts;
  }

  /** Of the text with this number. */
  shapeOf(id: number): number {
    return this.#pageShapes[id >>> pageBits] ?? plainShape;
  }

  /** Of texts that may still be referred to. */
  get heldBytes(): number {
    return this.#bytes - this.#freeBytes;
  }

  /** Returns the number of the text. */
  add(shape: number, bytes: Buffer, from: number, length: number): number {
    const isFixed = (this.#shapes[shape]?.bytes ?? 0) > 0;
    const room = isFixed ? length : roomFor(length);
    const free = this.#freeBytes > 0 ? this.#takeFree(shape, room) : 0;
    const id = free || this.#addPlace(shape, room);
    const address = isFixed ? this.#fixedAddress(id, length) : this.#starts.get(id);
    const chunk = this.#arena.chunkAt(address);
    const start = offsetInChunk(address);
    const head = isFixed ? 0 : varintBytes(length);
    if (!isFixed) {
      writeVarint(chunk, start, length);
    }
    copyBytes(bytes, from, chunk, start + head, length);
    return id;
  }

  #addPlace(shape: number, room: number): number {
    const id = this.#nextId(shape);
    this.#bytes += room;
    if ((this.#shapes[shape]?.bytes ?? 0) === 0) {
      this.#starts.set(id, this.#arena.allocate(varintBytes(room) + room));
    }
    return id;
  }

  #takeFree(shape: number, room: number): number {
    const kind = kindOf(shape, room);
    const id = this.#free.get(kind) ?? 0;
    if (id !== 0) {
      this.#locate(id, shape);
      this.#free.set(kind, this.#chunk.readUInt32LE(this.#start));
      this.#freeBytes -= room;
    }
    return id;
  }

  /**
   * All numbers that are not kept may be given to other texts, page by page; nobody may find one of these texts any more. From the last
   * one down, so that the lowest of each kind is given first: what is added together has numbers near each other.
   */
  *free(isKept: (id: number) => boolean): Generator<void> {
    this.#free.clear();
    this.#freeBytes = 0;
    for (let page = this.#pageShapes.length - 1; page >= 0; page--) {
      this.#freeIn(page, isKept);
      yield;
    }
  }

  #freeIn(page: number, isKept: (id: number) => boolean): void {
    const first = page * pageTexts;
    const shape = this.shapeOf(first);
    const next = this.#next[shape] ?? 0;
    const isOpen = next > first && next < first + pageTexts;
    // no text has the number 0
    for (let id = (isOpen ? next : first + pageTexts) - 1; id >= Math.max(1, first); id--) {
      if (!isKept(id)) {
        this.#freeText(id, shape);
      }
    }
  }

  #freeText(id: number, shape: number): void {
    this.#locate(id, shape);
    if (this.#length < leastFreed) {
      return;
    }
    const isFixed = (this.#shapes[shape]?.bytes ?? 0) > 0;
    const room = isFixed ? this.#length : roomFor(this.#length);
    const kind = kindOf(shape, room);
    this.#chunk.writeUInt32LE(this.#free.get(kind) ?? 0, this.#start);
    this.#free.set(kind, id);
    this.#freeBytes += room;
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

/** For a text of any length, without its length. */
function roomFor(length: number): number {
  const step = length <= exactBytes ? 1 : 2 ** (Math.floor(Math.log2(length)) - 3);
  return Math.ceil(length / step) * step;
}

/** Texts of one kind fit into the places of others. */
function kindOf(shape: number, room: number): number {
  return room * maxShapes + shape;
}
