import type { TraceGroup } from '../grouping/traceGroup';

/** A trace and where it stands in the list. */
export interface PlacedTrace {
  readonly group: TraceGroup;
  /** Epoch ms; -Infinity when unknown. */
  readonly startTime: number;
}

export function newestFirst(one: PlacedTrace, other: PlacedTrace): number {
  if (one.startTime !== other.startTime) {
    return other.startTime - one.startTime;
  }
  return one.group.key < other.group.key ? -1 : 1;
}
