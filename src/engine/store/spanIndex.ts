import { AddedHeads } from './addedHeads';
import { Column, type ColumnState } from './columns';
import { RowSet } from './rowSet';
import type { NumberRun } from './freeNumbers';
import { IdentityHeads } from './identityHeads';
import { IdentityRows, type IdentityRowsState } from './identityRows';
import type { LeavingRows } from './leavingRows';
import type { PatchTable } from './patchTable';
import { areAllAlone, readRowPlaces } from './rowPlaces';
import type { SpanChanges } from './spanChanges';
import { splitIdentity } from './splitIdentity';

export interface SpanIndexState {
  readonly byIdentity: IdentityRowsState;
  readonly headOf: ColumnState;
  readonly nextRow: ColumnState;
  readonly ordinals: ColumnState;
}

/**
 * Which rows make which span. Spans are put together from the rows that are there when somebody asks (`refresh`), so the
 * order in which files are read and forgotten does not matter. Most spans are one row, and nothing is kept of them.
 */
export class SpanIndex {
  readonly #table: PatchTable;
  readonly #compareRows: (one: number, other: number) => number;
  readonly #byIdentity: IdentityRows;
  /** Head of the span that a row belongs to, plus one, where it is another row. */
  readonly #headOf = new Column('id');
  /** The next row of the span, plus one. */
  readonly #nextRow = new Column('id');
  readonly #links = { headOf: this.#headOf, nextRow: this.#nextRow };
  /** Position of a span among those of its identity, where it is not the first. */
  readonly #ordinals = new Column('id');
  /** Rows that were joined to a span without sharing its identity, and that span. */
  readonly #adopted = new Map<number, number>();
  #fresh = new RowSet();
  #gone = new RowSet();
  /** Whether spans left whole since the last refresh. */
  #hasLost = false;
  /** Identities whose spans must be put together again, by the row that they are known by. */
  #dirty = new RowSet();
  /** Spans of one row that must be told again. */
  #again = new RowSet();
  readonly #heads: IdentityHeads;

  /** `compareRows` is file order over all files. */
  constructor(table: PatchTable, compareRows: (one: number, other: number) => number) {
    this.#table = table;
    this.#compareRows = compareRows;
    this.#byIdentity = new IdentityRows(table.identities);
    this.#heads = new IdentityHeads(this, this.#byIdentity);
  }

  /** undefined: some spans are joined to others by what they say, which is not kept. Only after a refresh. */
  save(): SpanIndexState | undefined {
    if (this.#adopted.size > 0) {
      return undefined;
    }
    const byIdentity = this.#byIdentity.save();
    const [headOf, nextRow] = [this.#headOf.save(), this.#nextRow.save()];
    return { byIdentity, headOf, nextRow, ordinals: this.#ordinals.save() };
  }

  restore({ byIdentity, headOf, nextRow, ordinals }: SpanIndexState): void {
    this.#byIdentity.restore(byIdentity);
    this.#headOf.restore(headOf);
    this.#nextRow.restore(nextRow);
    this.#ordinals.restore(ordinals);
  }

  add(row: number): void {
    this.#fresh.add(row);
    if (this.#table.identities.has(row)) {
      const first = this.#byIdentity.add(row);
      if (first !== row) {
        this.#dirty.add(first);
      }
    }
  }

  /** The same for `count` rows that were never there, from `row` on. `ids`: of their identities, see `RowBatch`. */
  append(row: number, count: number, ids: Float64Array): void {
    this.#fresh.addRun(row, count);
    for (let at = 0; at < count; at++) {
      const id = ids[at] ?? -1;
      const first = id < 0 ? row + at : this.#byIdentity.addNew(row + at, id);
      if (first !== row + at) {
        this.#dirty.add(first);
      }
    }
  }

  remove(row: number): void {
    this.#gone.add(row);
    if (this.#table.identities.has(row)) {
      this.#dirty.add(this.#byIdentity.knownBy(row));
    }
  }

  /** Nobody is told any more of rows that leave whole, which are to be cleared. */
  hide(rows: LeavingRows): void {
    this.#hasLost = true;
    this.#byIdentity.hide(rows);
  }

  /** Clears these rows, some at each step. They are to be readable until the end. */
  *clear(runs: readonly NumberRun[]): Generator<void> {
    yield* this.#byIdentity.clear(runs);
    this.#byIdentity.hide(undefined);
  }

  /** `count` rows from `first` on, which were removed, are in no use any more. */
  unset(first: number, count: number): void {
    this.#byIdentity.unset(first, count);
    this.#headOf.unset(first, count);
    this.#nextRow.unset(first, count);
    this.#ordinals.unset(first, count);
  }

  /** Puts the spans together again whose rows have come or gone. undefined: none has. */
  refresh(): SpanChanges | undefined {
    if (this.#fresh.size + this.#gone.size === 0 && !this.#hasLost) {
      return undefined;
    }
    this.#hasLost = false;
    this.#heads.forget();
    this.#dissolveAdoptions();
    const removed = this.#unpublish();
    const fresh = this.#fresh;
    const gone = this.#gone;
    const added = new AddedHeads(fresh, gone, row => this.headOf(row) === row);
    for (const row of this.#again) {
      if (!gone.has(row)) {
        added.add(row);
      }
    }
    for (const first of this.#dirty) {
      for (const head of this.#publish(first)) {
        added.add(head);
      }
    }
    this.#fresh = new RowSet();
    this.#gone = new RowSet();
    this.#dirty = new RowSet();
    this.#again = new RowSet();
    return { removed, added };
  }

  /**
   * Joins a span of one row to another span: both are one from now on, known by the head of the other. It holds until one
   * of them changes.
   */
  adopt(row: number, head: number): void {
    this.#adopted.set(row, head);
    this.#link([...this.rows(head), row]);
  }

  /** Takes an adopted row out of its span again. */
  release(row: number): void {
    const head = this.#adopted.get(row) ?? -1;
    const rows = this.rows(head).filter(other => other !== row);
    this.#adopted.delete(row);
    this.#unlink(row);
    this.#link(rows);
  }

  /** Head of the span that adopted this row. */
  adopterOf(row: number): number | undefined {
    return this.#adopted.get(row);
  }

  /** Where either side has changed, both are looked at again. */
  #dissolveAdoptions(): void {
    for (const [row, head] of this.#adopted) {
      const hasIdentity = this.#table.identities.has(head);
      const first = hasIdentity ? this.#byIdentity.knownBy(head) : -1;
      if (!this.#gone.has(row) && !this.#gone.has(head) && !this.#dirty.has(first)) {
        continue;
      }
      this.release(row);
      this.#again.add(row);
      if (hasIdentity) {
        this.#dirty.add(first);
      } else {
        this.#again.add(head);
      }
    }
  }

  #unpublish(): RowSet {
    const removed = new RowSet();
    const unpublish = (row: number) => {
      if (!this.#fresh.has(row)) {
        const head = this.headOf(row);
        removed.add(head);
        this.#ordinals.set(head, 0);
      }
    };
    for (const first of this.#dirty) {
      const rows = this.#byIdentity.rows(first);
      // first the heads, then the links: a head is found by them
      rows.forEach(unpublish);
      rows.forEach(row => this.#unlink(row));
    }
    for (const row of this.#gone) {
      if (!this.#table.identities.has(row)) {
        unpublish(row);
      }
    }
    for (const row of this.#again) {
      unpublish(row);
    }
    return removed;
  }

  #publish(first: number): readonly number[] {
    const rows = this.#byIdentity.rows(first).filter(row => !this.#gone.has(row));
    this.#byIdentity.keep(first, rows);
    if (rows.length < 2) {
      return rows;
    }
    const spans = splitIdentity(this.#table, rows.toSorted(this.#compareRows));
    return spans.map((span, ordinal) => this.#publishSpan(span, ordinal));
  }

  #publishSpan(rows: readonly number[], ordinal: number): number {
    const head = rows[0] ?? 0;
    this.#link(rows);
    this.#ordinals.set(head, ordinal);
    return head;
  }

  #link(rows: readonly number[]): void {
    const [head = 0] = rows;
    rows.forEach((row, at) => {
      this.#headOf.set(row, row === head ? 0 : head + 1);
      this.#nextRow.set(row, (rows[at + 1] ?? -1) + 1);
    });
  }

  #unlink(row: number): void {
    this.#headOf.set(row, 0);
    this.#nextRow.set(row, 0);
  }

  /** Rows of the span, in file order. */
  rows(head: number): readonly number[] {
    const rows = [head];
    for (let next = this.#nextRow.get(head); next !== 0; next = this.#nextRow.get(next - 1)) {
      rows.push(next - 1);
    }
    return rows;
  }

  /** `places` of `count` rows from `row` on. */
  readPlaces(row: number, count: number, places: Uint8Array): void {
    readRowPlaces(this.#links, row, count, places);
  }

  /** Whether each of `count` rows from `first` on is a span of its own that no other has the identity of; true only where that is known at once. */
  areAllAlone(first: number, count: number): boolean {
    return (
      this.#fresh.isApartFrom(first, count) &&
      this.#byIdentity.areAlone(first, count) &&
      areAllAlone(this.#links, first, count)
    );
  }

  /** Whether the row came after the last refresh. */
  isFresh(row: number): boolean {
    return this.#fresh.has(row);
  }

  /** The row and all others of its identity, if it has one. */
  rowsLike(row: number): readonly number[] {
    return this.#byIdentity.rows(row);
  }

  /** Whether a span has no other row than its head. */
  isOneRow(head: number): boolean {
    return this.#nextRow.get(head) === 0;
  }

  /** Head of the span that this row is a part of; itself before the first refresh. */
  headOf(row: number): number {
    return (this.#headOf.get(row) || row + 1) - 1;
  }

  /** 0 for the first span of its identity, 1 for the next that contradicts it. */
  ordinal(head: number): number {
    return this.#ordinals.get(head);
  }

  /** Heads of the spans of an identity, in order. */
  headsOf(identity: string): readonly number[] {
    return this.#heads.of(identity);
  }
}
