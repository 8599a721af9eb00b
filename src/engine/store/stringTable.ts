import { hashBytes, hashOfSum } from './bytes';
import { HashSlots, type SlotsState } from './hashSlots';
import { NumberSet } from './numberSet';
import { RecentIds } from './recentIds';
import { RecentTexts } from './recentTexts';
import { TextPacker, type TextShape } from './textPacker';
import { leastFreed, TextPages, type TextPagesState } from './textPages';

export interface StringsState extends TextPagesState {
  readonly shapes: readonly TextShape[];
  readonly slots: SlotsState;
}

/**
 * Keeps each text once, as bytes, and gives it a number. 0 is "no text". A text that nobody refers to stays until texts are marked and swept: what
 * was not marked, and not asked for or added meanwhile, gives its number to another one. See `DeadTexts`.
 */
export class StringTable {
  readonly #packer = new TextPacker();
  readonly #pages = new TextPages(this.#packer.shapes);
  readonly #slots = new HashSlots(id => this.#pages.hashOf(id));
  /** The text that is looked for, packed. */
  #given: Buffer = Buffer.alloc(0);
  #givenStart = 0;
  #givenLength = 0;
  readonly #shared = new RecentIds();
  readonly #unshared = new RecentIds();
  readonly #texts = new RecentTexts();
  /** Of texts that somebody refers to; undefined: they are not being marked. */
  #marks: NumberSet | undefined;
  /** How often numbers were taken from texts: whoever remembers something by such a number forgets it when this is another one. */
  sweeps = 0;

  save(): StringsState {
    return {
      shapes: this.#packer.save(),
      slots: this.#slots.save(),
      ...this.#pages.save(),
    };
  }

  /** Only while the table is empty. */
  restore(state: StringsState): void {
    this.#packer.restore(state.shapes);
    this.#slots.restore(state.slots);
    this.#pages.restore(state);
  }

  /** All numbers are below this one. */
  get end(): number {
    return this.#pages.end;
  }

  /** Of texts that may still be referred to; some others are among them until the next sweep. */
  get heldBytes(): number {
    return this.#pages.heldBytes;
  }

  get isMarking(): boolean {
    return this.#marks !== undefined;
  }

  /** From now on until `sweep` is through, what is asked for or added is marked by itself. */
  beginMarking(): void {
    this.#marks = new NumberSet();
  }

  mark(id: number): void {
    this.#marks?.add(id);
  }

  /** Takes their numbers from all texts that are not marked, bit by bit. */
  *sweep(): Generator<void> {
    const marks = this.#marks ?? new NumberSet();
    const isKept = (id: number) => marks.has(id);
    this.sweeps++;
    this.#shared.clear();
    this.#unshared.clear();
    this.#texts.clear();
    // nobody may find a text any more whose number is free
    yield* this.#slots.retain(isKept);
    yield* this.#pages.free(isKept);
    this.#marks = undefined;
  }

  id(text: string | undefined): number {
    return text === undefined ? 0 : this.#intern(this.#packer.pack(text, true));
  }

  /**
   * A number of a text that is only read again, never looked for or compared: it is not kept where `find` looks. The same text has the
   * same number only if it came a moment ago, or is very short.
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

  /** The same as `idUnshared`, but a new number each time, unless it is very short. */
  idOfPackedUnshared(bytes: Buffer, start: number, length: number, shape: number): number {
    this.#give(bytes, start, length);
    return length < leastFreed
      ? this.#findOrAdd(shape, hashBytes(bytes, start, length, shape))
      : this.#add(shape);
  }

  /** The number of a text that may never have been seen: 0 then. */
  find(text: string): number {
    const shape = this.#packer.pack(text, false);
    return shape < 0 ? 0 : this.#find(shape, this.#takePacked(shape));
  }

  text(id: number): string | undefined {
    if (id === 0 || id >= this.#pages.end) {
      return undefined;
    }
    const recent = this.#texts.get(id);
    if (recent !== undefined) {
      return recent;
    }
    const text = this.#pages.read(id);
    this.#texts.set(id, text);
    return text;
  }

  /** What the text has in common with others: there are few shapes. undefined: nothing. */
  shapeOf(id: number): TextShape | undefined {
    const shape = this.#packer.shapes[this.#pages.shapeOf(id)];
    return shape === undefined || shape.bytes === 0 ? undefined : shape;
  }

  #intern(shape: number): number {
    const hash = this.#takePacked(shape);
    const recent = this.#shared.get(hash);
    if (recent !== 0 && this.#isGiven(recent, shape)) {
      this.mark(recent);
      return recent;
    }
    const id = this.#findOrAdd(shape, hash);
    this.#shared.set(hash, id);
    return id;
  }

  #findOrAdd(shape: number, hash: number): number {
    let id = this.#find(shape, hash);
    if (id === 0) {
      id = this.#add(shape);
      this.#slots.addLast(hash, id);
    }
    return id;
  }

  #addUnshared(shape: number): number {
    const hash = this.#takePacked(shape);
    const recent = this.#unshared.get(hash);
    if (recent !== 0 && this.#isGiven(recent, shape)) {
      this.mark(recent);
      return recent;
    }
    // what is so short is never freed: many of the same would stay for ever
    const id = this.#givenLength < leastFreed ? this.#findOrAdd(shape, hash) : this.#add(shape);
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
    this.mark(id);
    return id;
  }

  #add(shape: number): number {
    const id = this.#pages.add(shape, this.#given, this.#givenStart, this.#givenLength);
    this.mark(id);
    return id;
  }

  #isGiven(id: number, shape: number): boolean {
    return this.#pages.isText(id, shape, this.#given, this.#givenStart, this.#givenLength);
  }
}
