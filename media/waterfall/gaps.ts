import type { Row } from './rows';

/** A gap is worth a row of its own when it is longer than both of these. */
const minimumGapMs = 1000;
const minimumGapShare = 0.2;

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Intervals in time order, those that touch joined. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((a, b) => a.start - b.start);
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (last && interval.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    } else {
      joined.push(interval);
    }
  }
  return joined;
}

/** Time covered by the intervals, overlaps once, ms. */
export function covered(intervals: readonly Interval[]): number {
  return union(intervals).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The row with a gap row wherever its children leave more than a fifth of its time empty. */
export function addGaps(parent: Row): Row {
  const { start, end } = parent;
  if (start === undefined || end === undefined || parent.children.length === 0) {
    return parent;
  }
  const minimum = Math.max(minimumGapMs, (end - start) * minimumGapShare);
  const children: Row[] = [];
  let reached = start;
  let before: Row | undefined;
  const gapUntil = (until: number) => {
    if (until - reached > minimum) {
      const id = `gap:${before?.id ?? parent.id}`;
      children.push({ type: 'gap', id, before, children: [], start: reached, end: until });
    }
  };
  for (const child of parent.children) {
    if (child.start !== undefined && child.type !== 'gap') {
      gapUntil(child.start);
      reached = Math.max(reached, child.end ?? child.start);
      before = child;
    }
    children.push(child);
  }
  // the end of the trace itself is where its last span ends: only a span can end later than its children
  gapUntil(end);
  return { ...parent, children };
}
