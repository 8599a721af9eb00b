import type { AddedHeads } from './addedHeads';
import type { RowSet } from './rowSet';

/** What a refresh did. A span is named by its head: the first of its rows in file order. */
export interface SpanChanges {
  /** Spans that are no more, or come again below with other rows. */
  readonly removed: RowSet;
  readonly added: AddedHeads;
}
