import { hashNumbers } from './bytes';
import { Column, type ColumnState } from './columns';
import { HashSlots, type SlotsState } from './hashSlots';

export interface ListsState {
  readonly numbers: ColumnState;
  readonly starts: ColumnState;
  readonly slots: SlotsState;
  readonly used: number;
  readonly lists: number;
}

/** Keeps each list of numbers once and gives it a number from 1. 0 is the empty list. Lists are never forgotten. */
export class ListTable {
  /** The lists one after the other, each behind its length. */
  readonly #numbers = new Column('measure');
  readonly #starts = new Column('ascending');
  readonly #slots: HashSlots = new HashSlots(id => hashNumbers(this.numbers(id), this.length(id)));
  #used = 0;
  #lists = 0;

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

  get size(): number {
    return this.#lists;
  }

  id(list: readonly number[]): number {
    return list.length === 0 ? 0 : this.find(list) || this.#add(list);
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
    const id = ++this.#lists;
    this.#starts.set(id, this.#used);
    this.#numbers.set(this.#used++, list.length);
    for (const number of list) {
      this.#numbers.set(this.#used++, number);
    }
    this.#slots.add(hashNumbers(list, list.length), id);
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
