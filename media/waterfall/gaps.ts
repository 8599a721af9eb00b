import type { Row } from './rows';

/** Gaps are shown when together they are more of the time than this … */
const minimumIdleShare = 0.2;
/** … and those of them that are longer than both of these. */
const minimumGapMs = 1000;
const minimumGapShare = 0.05;

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Intervals in time order, those that touch joined. */
function union(intervals: readonly Interval[]): readonly Interval[] {
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

/** The row with a gap row wherever its children leave much of its time empty. */
export function addGaps(parent: Row): Row {
  const { start, end, children } = parent;
  if (start === undefined || end === undefined || children.length === 0) {
    return parent;
  }
  const busy = covered(children.flatMap(toInterval));
  if (end - start - busy <= (end - start) * minimumIdleShare) {
    return parent;
  }
  const minimum = Math.max(minimumGapMs, (end - start) * minimumGapShare);
  const withGaps: Row[] = [];
  let reached = start;
  let before: Row | undefined;
  const gapUntil = (until: number) => {
    if (until - reached > minimum) {
      const id = `gap:${before?.id ?? parent.id}`;
      withGaps.push({ type: 'gap', id, before, children: [], start: reached, end: until });
    }
  };
  for (const child of children) {
    if (child.start !== undefined) {
      gapUntil(child.start);
      reached = Math.max(reached, child.end ?? child.start);
      before = child;
    }
    withGaps.push(child);
  }
  gapUntil(end);
  return { ...parent, children: withGaps };
}

function toInterval({ start, end }: Row): readonly Interval[] {
  return start === undefined ? [] : [{ start, end: end ?? start }];
}
