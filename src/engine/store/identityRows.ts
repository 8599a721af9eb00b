import { Column, type ColumnState, rowsTogether } from './columns';
import type { NumberRun } from './freeNumbers';
import { HashSlots, type SlotsState } from './hashSlots';
import type { IdentityColumns } from './identityColumns';
import type { LeavingRows } from './leavingRows';
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
  /** The next row of the same identity, plus one, and behind the last one the first; 0: there is no other. */
  readonly #next = new Column('id');
  #leaving: LeavingRows | undefined;
  readonly #ids = new Float64Array(rowsTogether); // of the rows that are looked at together

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
    this.#next.set(row, this.#next.get(first) || first + 1);
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
    if (first === row || (first >= 0 && this.#areSame(row, first))) {
      return first;
    }
    if (this.#inSlots === 0) {
      return -1;
    }
    let slot = this.#slots.first(this.#identities.hash(row));
    while (slot !== 0 && slot - 1 !== row && !this.#areSame(row, slot - 1)) {
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
    if (first >= 0 && this.#isThere(first) && this.#identities.is(first, numbers)) {
      return first;
    }
    let slot = this.#slots.first(this.#identities.hashOf(numbers));
    while (slot !== 0 && !(this.#isThere(slot - 1) && this.#identities.is(slot - 1, numbers))) {
      slot = this.#slots.next();
    }
    return slot - 1;
  }

  #areSame(row: number, other: number): boolean {
    return this.#isThere(other) && this.#identities.areSame(row, other);
  }

  #isThere(row: number): boolean {
    return this.#leaving?.isWhole(row) !== true;
  }

  /** All rows of the identity of this one, which comes first. */
  rows(first: number): readonly number[] {
    const rows = [first];
    let next = this.#next.get(first) || first + 1;
    for (; next !== first + 1; next = this.#next.get(next - 1)) {
      rows.push(next - 1);
    }
    return rows;
  }

  /** Whether none of `count` rows from `first` on has an identity that others have; true only where that is known without a look at them. */
  areAlone(first: number, count: number): boolean {
    return this.#next.isUnset(first, count);
  }

  /** From now on nobody is told of rows that leave whole, until they are cleared; undefined: all are. */
  hide(rows: LeavingRows | undefined): void {
    this.#leaving = rows;
  }

  /**
   * Clears hidden rows, some at each step. All of them must be readable until the end. From the end: a block that nothing is left behind of grows
   * shorter, else it is packed again.
   */
  *clear(runs: readonly NumberRun[]): Generator<void> {
    for (const { first, count } of runs.toReversed()) {
      for (let end = count; end > 0; end -= rowsTogether) {
        const start = Math.max(0, end - rowsTogether);
        this.#removeSome(first + start, end - start);
        yield;
      }
    }
  }

  #removeSome(first: number, count: number): void {
    const ids = this.#ids;
    this.#identities.readIds(first, count, ids);
    for (let end = count; end > 0;) {
      const start = this.#startOfKnown(first, end);
      if (start < end) {
        this.#byId.unset(ids[start] ?? 0, end - start);
        end = start;
        continue;
      }
      end--;
      if (this.#inSlots > 0 && (ids[end] ?? -1) >= 0) {
        this.#deleteFromSlots(first + end);
      }
    }
  }

  /** Of rows before `end` whose ids follow each other, and by which their identities are known, the first. */
  #startOfKnown(first: number, end: number): number {
    const ids = this.#ids;
    const distance = (ids[end - 1] ?? -1) - end;
    let start = end;
    while (start > 0) {
      const id = ids[start - 1] ?? -1;
      if (id < 0 || id - start !== distance || this.#byId.get(id) !== first + start - 1) {
        break;
      }
      start--;
    }
    return start;
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
    const behindLast = rows.length > 1 ? (left ?? 0) + 1 : 0;
    rows.forEach((row, at) => {
      const next = rows[at + 1];
      this.#next.set(row, next === undefined ? behindLast : next + 1);
    });
  }

  #insert(row: number): void {
    const id = this.#identities.id(row);
    const known = this.#byId.get(id);
    if (known < 0 || !this.#isThere(known)) {
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
      this.#deleteFromSlots(row);
    }
  }

  #deleteFromSlots(row: number): void {
    if (this.#slots.remove(this.#identities.hash(row), row + 1)) {
      this.#inSlots--;
    }
  }
}
