import { rowsTogether } from './columns';
import { leaving, type LeavingRows } from './leavingRows';
import type { SpanIndex } from './spanIndex';

/** Says of rows that leave whether nothing else is left of their spans, and no other span has their identity. */
export function markWholeSpans(spans: SpanIndex, rows: LeavingRows): void {
  const { how } = rows;
  rows.eachPart(rowsTogether, (first, count) => {
    if (spans.areAllAlone(first, count)) {
      how.fill(leaving.whole, first, first + count);
      return;
    }
    for (let row = first; row < first + count; row++) {
      if (how[row] === leaving.unasked) {
        markOne(spans, row, how);
      }
    }
  });
}

/** All rows of an identity at once: of one that is always the same there may be thousands. */
function markOne(spans: SpanIndex, row: number, how: Uint8Array): void {
  const rows = spans.rowsLike(row);
  const head = spans.headOf(row);
  const isWhole =
    rows.every(
      each => how[each] === leaving.unasked && !spans.isFresh(each) && spans.headOf(each) === head,
    ) && spans.rows(head).length === rows.length;
  for (const each of rows) {
    if (how[each] === leaving.unasked) {
      how[each] = isWhole ? leaving.whole : leaving.apart;
    }
  }
}
