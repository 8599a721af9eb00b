import { Column, type ColumnState } from './columns';
import { HashSlots, type SlotsState } from './hashSlots';
import type { IdentityColumns } from './identityColumns';
import { PagedColumn, type PagedState } from './pagedColumn';

export interface IdentityRowsState {
  readonly byId: PagedState;
  readonly slots: SlotsState;
  readonly inSlots: number;
  readonly next: ColumnState;
}

/** The rows of each identity. An identity is known by one of its rows, and nearly always there is no other. */
export class IdentityRows {
  readonly #identities: IdentityColumns;
  /** The row that an identity is known by, by the number of its id: hardly ever have two identities the same id. */
  readonly #byId = new PagedColumn();
  /** The rows of the others, plus one. */
  readonly #slots: HashSlots = new HashSlots(slot => this.#identities.hash(slot - 1));
  #inSlots = 0;
  /** Another row of the same identity, plus one. */
  readonly #next = new Column('id');

  constructor(identities: IdentityColumns) {
    this.#identities = identities;
  }

  save(): IdentityRowsState {
    return {
      byId: this.#byId.save(),
      slots: this.#slots.save(),
      inSlots: this.#inSlots,
      next: this.#next.save(),
    };
  }

  restore({ byId, slots, inSlots, next }: IdentityRowsState): void {
    this.#byId.restore(byId);
    this.#slots.restore(slots);
    this.#inSlots = inSlots;
    this.#next.restore(next);
  }

  /** Adds a row with an identity; returns the row that it is known by. */
  add(row: number): number {
    const first = this.knownBy(row);
    if (first < 0) {
      this.#insert(row);
      this.#next.set(row, 0);
      return row;
    }
    this.#next.set(row, this.#next.get(first));
    this.#next.set(first, row + 1);
    return first;
  }

  /** The same for a row that was never added, `id` being the number of the id of its identity. */
  addNew(row: number, id: number): number {
    if (this.#inSlots > 0 || this.#byId.get(id) >= 0) {
      return this.add(row);
    }
    this.#byId.set(id, row);
    return row;
  }

  /** `count` rows from `first` on, of which none is kept, are in no use any more. */
  unset(first: number, count: number): void {
    this.#next.unset(first, count);
  }

  /** The row that the identity of a row is known by; -1: none yet. */
  knownBy(row: number): number {
    const first = this.#byId.get(this.#identities.id(row));
    if (first === row || (first >= 0 && this.#identities.areSame(row, first))) {
      return first;
    }
    if (this.#inSlots === 0) {
      return -1;
    }
    let slot = this.#slots.first(this.#identities.hash(row));
    while (slot !== 0 && slot - 1 !== row && !this.#identities.areSame(row, slot - 1)) {
      slot = this.#slots.next();
    }
    return slot - 1;
  }

  /** The same of an identity; -1: no row has it. */
  find(identity: string): number {
    const numbers = this.#identities.find(identity);
    if (numbers === undefined) {
      return -1;
    }
    const first = this.#byId.get(numbers[2]);
    if (first >= 0 && this.#identities.is(first, numbers)) {
      return first;
    }
    let slot = this.#slots.first(this.#identities.hashOf(numbers));
    while (slot !== 0 && !this.#identities.is(slot - 1, numbers)) {
      slot = this.#slots.next();
    }
    return slot - 1;
  }

  /** All rows of the identity that is known by this one. */
  rows(first: number): readonly number[] {
    const rows = [first];
    for (let next = this.#next.get(first); next !== 0; next = this.#next.get(next - 1)) {
      rows.push(next - 1);
    }
    return rows;
  }

  /** These rows of an identity are left. The others must be readable still. */
  keep(first: number, rows: readonly number[]): void {
    const [left] = rows;
    if (left !== first) {
      this.#delete(first);
      if (left !== undefined) {
        this.#insert(left);
      }
    }
    rows.forEach((row, at) => this.#next.set(row, (rows[at + 1] ?? -1) + 1));
  }

  #insert(row: number): void {
    const id = this.#identities.id(row);
    if (this.#byId.get(id) < 0) {
      this.#byId.set(id, row);
    } else {
      this.#slots.add(this.#identities.hash(row), row + 1);
      this.#inSlots++;
    }
  }

  #delete(row: number): void {
    const id = this.#identities.id(row);
    if (this.#byId.get(id) === row) {
      this.#byId.set(id, -1);
    } else {
      this.#slots.remove(this.#identities.hash(row), row + 1);
      this.#inSlots--;
    }
  }
}
