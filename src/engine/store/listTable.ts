import { hashNumbers } from './bytes';
import { Column, type ColumnState } from './columns';
import { HashSlots, type SlotsState } from './hashSlots';
import { NumberSet } from './numberSet';

const sweptTogether = 256; // lists
const numberBytes = 4; // most numbers of a list are those of texts

export interface ListsState {
  readonly numbers: ColumnState;
  readonly starts: ColumnState;
  readonly slots: SlotsState;
  readonly used: number;
  readonly lists: number;
}

/** Keeps each list of numbers once and gives it a number from 1. 0 is the empty list. Lists are forgotten as texts are: see `StringTable`. */
export class ListTable {
  /** The lists one after the other, each behind its length. */
  readonly #numbers = new Column('measure');
  readonly #starts = new Column('ascending');
  readonly #slots: HashSlots = new HashSlots(id => hashNumbers(this.numbers(id), this.length(id)));
  #used = 0;
  #lists = 0;
  /** Numbers of lists that are gone, by their length: others of that length take their places. */
  readonly #free = new Map<number, number[]>();
  #freeNumbers = 0;
  /** Of lists that somebody refers to; undefined: they are not being marked. */
  #marks: NumberSet | undefined;

  save(): ListsState {
    return {
      numbers: this.#numbers.save(),
      starts: this.#starts.save(),
      slots: this.#slots.save(),
      used: this.#used,
      lists: this.#lists,
    };
  }

  restore(state: ListsState): void {
    this.#numbers.restore(state.numbers);
    this.#starts.restore(state.starts);
    this.#slots.restore(state.slots);
    this.#used = state.used;
    this.#lists = state.lists;
  }

  /** Of lists that may still be referred to, roughly. */
  get heldBytes(): number {
    return (this.#used - this.#freeNumbers) * numberBytes;
  }

  get size(): number {
    return this.#lists;
  }

  id(list: readonly number[]): number {
    if (list.length === 0) {
      return 0;
    }
    const id = this.find(list) || this.#add(list);
    this.#marks?.add(id);
    return id;
  }

  /** From now on until `sweep` is through, what is asked for or added is marked by itself. */
  beginMarking(): void {
    this.#marks = new NumberSet();
  }

  /** Whether the list was not marked before. */
  mark(id: number): boolean {
    if (id === 0 || this.#marks === undefined || this.#marks.has(id)) {
      return false;
    }
    this.#marks.add(id);
    return true;
  }

  /** Takes their numbers from all lists from `first` on that are not marked, bit by bit. */
  *sweep(first: number): Generator<void> {
    const marks = this.#marks ?? new NumberSet();
    const isKept = (id: number) => id < first || marks.has(id);
    yield* this.#slots.retain(isKept);
    this.#free.clear();
    this.#freeNumbers = 0;
    for (let id = this.#lists; id >= first; id--) {
      if (!isKept(id)) {
        const length = this.length(id);
        const free = this.#free.get(length) ?? [];
        this.#free.set(length, free);
        free.push(id);
        this.#freeNumbers += length;
      }
      if (id % sweptTogether === 0) {
        yield;
      }
    }
    this.#marks = undefined;
  }

  /** 0: there is no such list. */
  find(list: readonly number[]): number {
    let id = this.#slots.first(hashNumbers(list, list.length));
    while (id !== 0 && !this.#isSame(id, list)) {
      id = this.#slots.next();
    }
    return id;
  }

  length(id: number): number {
    return id === 0 ? 0 : this.#numbers.get(this.#starts.get(id));
  }

  at(id: number, index: number): number {
    return this.#numbers.get(this.#starts.get(id) + 1 + index);
  }

  numbers(id: number): readonly number[] {
    return Array.from({ length: this.length(id) }, (_, index) => this.at(id, index));
  }

  #add(list: readonly number[]): number {
    const free = this.#free.get(list.length)?.pop();
    const id = free ?? this.#addPlace(list.length);
    this.#freeNumbers -= free === undefined ? 0 : list.length;
    let at = this.#starts.get(id);
    for (const number of list) {
      this.#numbers.set(++at, number);
    }
    this.#slots.add(hashNumbers(list, list.length), id);
    return id;
  }

  #addPlace(length: number): number {
    const id = ++this.#lists;
    this.#starts.set(id, this.#used);
    this.#numbers.set(this.#used, length);
    this.#used += 1 + length;
    return id;
  }

  #isSame(id: number, list: readonly number[]): boolean {
    if (this.length(id) !== list.length) {
      return false;
    }
    const start = this.#starts.get(id) + 1;
    for (let index = 0; index < list.length; index++) {
      if (this.#numbers.get(start + index) !== list[index]) {
        return false;
      }
    }
    return true;
  }
}
