import { Column } from './columns';
import { HashSlots } from './hashSlots';
import type { IdentityColumns } from './identityColumns';

/** The rows of each identity. An identity is known by one of its rows, and nearly always there is no other. */
export class IdentityRows {
  readonly #identities: IdentityColumns;
  /** The row that an identity is known by, plus one. */
  readonly #slots: HashSlots = new HashSlots(slot => this.#identities.hash(slot - 1));
  /** Another row of the same identity, plus one. */
  readonly #next = new Column('id');

  constructor(identities: IdentityColumns) {
    this.#identities = identities;
  }

  /** Adds a row with an identity; returns the row that it is known by. */
  add(row: number): number {
    const hash = this.#identities.hash(row);
    const first = this.#find(hash, row);
    if (first < 0) {
      this.#slots.add(hash, row + 1);
      this.#next.set(row, 0);
      return row;
    }
    this.#next.set(row, this.#next.get(first));
    this.#next.set(first, row + 1);
    return first;
  }

  /** The row that the identity of a row is known by. */
  knownBy(row: number): number {
    return this.#find(this.#identities.hash(row), row);
  }

  /** The same of an identity; -1: no row has it. */
  find(identity: string): number {
    const numbers = this.#identities.find(identity);
    if (numbers === undefined) {
      return -1;
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
    const hash = this.#identities.hash(first);
    const [left] = rows;
    if (left !== first) {
      this.#slots.remove(hash, first + 1);
      if (left !== undefined) {
        this.#slots.add(hash, left + 1);
      }
    }
    rows.forEach((row, at) => this.#next.set(row, (rows[at + 1] ?? -1) + 1));
  }

  #find(hash: number, row: number): number {
    let slot = this.#slots.first(hash);
    while (slot !== 0 && slot - 1 !== row && !this.#identities.areSame(row, slot - 1)) {
      slot = this.#slots.next();
    }
    return slot - 1;
  }
}
