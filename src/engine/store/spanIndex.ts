import { Column } from './columns';
import type { PatchTable } from './patchTable';
import { splitIdentity } from './splitIdentity';

/** What a refresh did. A span is named by its head: the first of its rows in file order. */
export interface SpanChanges {
  /** Spans that are no more, or come again below with other rows. */
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/**
 * Which rows make which span. Spans are put together from the rows that are there when somebody asks (`refresh`), so the
 * order in which files are read and forgotten does not matter.
 */
export class SpanIndex {
  readonly #table: PatchTable;
  readonly #compareRows: (one: number, other: number) => number;
  /** All rows of an identity; a number while there is only one. */
  readonly #rowsOf = new Map<number, number | number[]>();
  /** Rows of the spans that have several. */
  readonly #spanRows = new Map<number, readonly number[]>();
  /** Position of a span among those of its identity, where it is not the first. */
  readonly #ordinals = new Map<number, number>();
  /** Head of the span that a row belongs to, plus one; 0 before the first refresh. */
  readonly #headOf = new Column('uint32');
  /** Rows that were joined to a span without sharing its identity, and that span. */
  readonly #adopted = new Map<number, number>();
  readonly #dirtyIdentities = new Set<number>();
  readonly #newRows = new Set<number>();
  readonly #goneRows = new Set<number>();

  /** `compareRows` is file order over all files. */
  constructor(table: PatchTable, compareRows: (one: number, other: number) => number) {
    this.#table = table;
    this.#compareRows = compareRows;
  }

  add(row: number): void {
    const identity = this.#table.textId(row, 'identity');
    if (identity === 0) {
      this.#newRows.add(row);
      return;
    }
    const rows = this.#rowsOf.get(identity);
    if (rows === undefined) {
      this.#rowsOf.set(identity, row);
    } else if (typeof rows === 'number') {
      this.#rowsOf.set(identity, [rows, row]);
    } else {
      rows.push(row);
    }
    this.#dirtyIdentities.add(identity);
  }

  remove(row: number): void {
    this.#newRows.delete(row);
    this.#goneRows.add(row);
    const identity = this.#table.textId(row, 'identity');
    if (identity !== 0) {
      this.#dirtyIdentities.add(identity);
    }
  }

  /** Puts the spans together again whose rows have come or gone. undefined: none has. */
  refresh(): SpanChanges | undefined {
    if (this.#dirtyIdentities.size + this.#newRows.size + this.#goneRows.size === 0) {
      return undefined;
    }
    this.#dissolveAdoptions();
    const removed = this.#unpublish();
    const added: number[] = [];
    for (const row of this.#newRows) {
      this.#headOf.set(row, row + 1);
      added.push(row);
    }
    for (const identity of this.#dirtyIdentities) {
      for (const head of this.#publish(identity)) {
        added.push(head);
      }
    }
    this.#newRows.clear();
    this.#goneRows.clear();
    this.#dirtyIdentities.clear();
    return { removed: [...removed], added };
  }

  /**
   * Joins a span of one row to another span: both are one from now on, known by the head of the other. It holds until one
   * of them changes.
   */
  adopt(row: number, head: number): void {
    this.#adopted.set(row, head);
    this.#spanRows.set(head, [...this.rows(head), row]);
    this.#headOf.set(row, head + 1);
  }

  /** Takes an adopted row out of its span again. */
  release(row: number): void {
    const head = this.#adopted.get(row) ?? -1;
    const rows = this.rows(head).filter(other => other !== row);
    this.#adopted.delete(row);
    this.#headOf.set(row, row + 1);
    if (rows.length > 1) {
      this.#spanRows.set(head, rows);
    } else {
      this.#spanRows.delete(head);
    }
  }

  /** Head of the span that adopted this row. */
  adopterOf(row: number): number | undefined {
    return this.#adopted.get(row);
  }

  /** Where either side has changed, both are looked at again. */
  #dissolveAdoptions(): void {
    for (const [row, head] of this.#adopted) {
      const identity = this.#table.textId(head, 'identity');
      if (
        !this.#goneRows.has(row) &&
        !this.#goneRows.has(head) &&
        !this.#dirtyIdentities.has(identity)
      ) {
        continue;
      }
      this.release(row);
      if (!this.#goneRows.has(row)) {
        this.#newRows.add(row);
      }
      if (identity !== 0) {
        this.#dirtyIdentities.add(identity);
      } else if (!this.#goneRows.has(head)) {
        this.#newRows.add(head);
      }
    }
  }

  #unpublish(): ReadonlySet<number> {
    const removed = new Set<number>();
    const unpublish = (row: number) => {
      const head = this.#headOf.get(row) - 1;
      if (head >= 0) {
        removed.add(head);
        this.#spanRows.delete(head);
        this.#ordinals.delete(head);
        this.#headOf.set(row, 0);
      }
    };
    this.#goneRows.forEach(unpublish);
    this.#newRows.forEach(unpublish);
    for (const identity of this.#dirtyIdentities) {
      this.#allRowsOf(identity).forEach(unpublish);
    }
    return removed;
  }

  #publish(identity: number): readonly number[] {
    const rows = this.#allRowsOf(identity).filter(row => !this.#goneRows.has(row));
    const only = rows[0];
    if (only === undefined) {
      this.#rowsOf.delete(identity);
      return [];
    }
    if (rows.length === 1) {
      this.#rowsOf.set(identity, only);
      this.#headOf.set(only, only + 1);
      return rows;
    }
    this.#rowsOf.set(identity, [...rows]);
    const spans = splitIdentity(this.#table, rows.toSorted(this.#compareRows));
    return spans.map((span, ordinal) => this.#publishSpan(span, ordinal));
  }

  #publishSpan(rows: readonly number[], ordinal: number): number {
    const head = rows[0] ?? 0;
    for (const row of rows) {
      this.#headOf.set(row, head + 1);
    }
    if (rows.length > 1) {
      this.#spanRows.set(head, rows);
    }
    if (ordinal > 0) {
      this.#ordinals.set(head, ordinal);
    }
    return head;
  }

  /** Rows of the span, in file order. */
  rows(head: number): readonly number[] {
    return this.#spanRows.get(head) ?? [head];
  }

  /** Head of the span that this row is a part of; -1 before the first refresh. */
  headOf(row: number): number {
    return this.#headOf.get(row) - 1;
  }

  /** 0 for the first span of its identity, 1 for the next that contradicts it. */
  ordinal(head: number): number {
    return this.#ordinals.get(head) ?? 0;
  }

  /** Heads of the spans of an identity, in order. */
  headsOf(identity: number): readonly number[] {
    const heads = new Set(this.#allRowsOf(identity).map(row => this.headOf(row)));
    return [...heads].toSorted((one, other) => this.ordinal(one) - this.ordinal(other));
  }

  #allRowsOf(identity: number): readonly number[] {
    const rows = this.#rowsOf.get(identity);
    if (rows === undefined) {
      return [];
    }
    return typeof rows === 'number' ? [rows] : rows;
  }
}
