import type { Interval } from './gaps';
import { forEachRow, type Row } from './rows';

/** Share of a row that must lie before the next one, else the two count as parallel. */
const leastShare = 0.05;

/** The critical path when it says something: where all time is on it, it is no news. */
export function tellingPath(rows: readonly Row[]): ReadonlyMap<string, readonly Interval[]> {
  const path = criticalPath(rows);
  let besides = false;
  forEachRow(rows, row => {
    const isTimed = row.type === 'span' && row.children.length === 0 && row.start !== row.end;
    besides ||= isTimed && !path.has(row.id);
  });
  return besides ? path : new Map();
}

/**
 * What the trace waited for: going back from its end, at each moment the row that ended last before it. Rows that only
 * contain others pass the time on to them. Epoch ms by row id.
 */
export function criticalPath(rows: readonly Row[]): ReadonlyMap<string, readonly Interval[]> {
  const path = new Map<string, Interval[]>();
  const waiting: { readonly rows: readonly Row[]; readonly until: number }[] = [
    { rows, until: Number.POSITIVE_INFINITY },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    let { until } = next;
    const timed = next.rows
      .filter(row => row.start !== undefined && row.end !== undefined && row.end > row.start)
      .sort((a, b) => (b.end ?? 0) - (a.end ?? 0));
    for (const row of timed) {
      const start = row.start ?? 0;
      if (start >= until) {
        continue;
      }
      const end = Math.min(row.end ?? start, until);
      // a row that began just before the next one ran beside it, not before it
      if (end - start < ((row.end ?? start) - start) * leastShare) {
        continue;
      }
      const children = row.children.filter(child => (child.end ?? 0) > (child.start ?? 0));
      if (children.length > 0) {
        waiting.push({ rows: children, until: end });
      } else {
        const known = path.get(row.id);
        const piece = { start, end };
        if (known) {
          known.push(piece);
        } else {
          path.set(row.id, [piece]);
        }
      }
      until = start;
    }
  }
  return path;
}
