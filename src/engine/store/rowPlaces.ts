import type { Column } from './columns';

/** What a row is in its span: all of it, the first of several rows, or one behind that. */
export const rowPlaces = { alone: 0, head: 1, inside: 2 } as const;

/** How rows are linked: see `SpanIndex`. */
export interface RowLinks {
  readonly headOf: Column;
  readonly nextRow: Column;
}

/** Puts what `count` rows from `row` on are into a list. */
export function readRowPlaces(
  { headOf, nextRow }: RowLinks,
  row: number,
  count: number,
  places: Uint8Array,
): void {
  if (areAllAlone({ headOf, nextRow }, row, count)) {
    places.fill(rowPlaces.alone, 0, count);
    return;
  }
  for (let at = 0; at < count; at++) {
    places[at] =
      headOf.get(row + at) !== 0
        ? rowPlaces.inside
        : nextRow.get(row + at) === 0
          ? rowPlaces.alone
          : rowPlaces.head;
  }
}

/** Whether each of `count` rows from `row` on is a span of its own; true only where that is known without a look at them. */
export function areAllAlone({ headOf, nextRow }: RowLinks, row: number, count: number): boolean {
  return nextRow.isUnset(row, count) && headOf.isUnset(row, count);
}
