import { baseWindowBytes } from './bounds';
import type { WindowEnd } from './line';

// How much of a file is read at once, and what follows it.

export interface WindowBounds {
  readonly maxRecordBytes: number;
  /** What is read at once; `baseWindowBytes` when absent. */
  readonly windowBytes?: number | undefined;
}

export function usualWindow({ windowBytes = baseWindowBytes }: WindowBounds): number {
  return windowBytes;
}

/** Of which nothing was taken though there is more: a record may not have fit into it. */
export function isStuck(takenBytes: number, end: WindowEnd): boolean {
  return takenBytes === 0 && end === 'more';
}

/** After such a window of this size. */
export function largerWindow(bytes: number, bounds: WindowBounds): number {
  return Math.min(bytes * 4, windowLimit(bounds));
}

/** Of a window of `count` bytes of those that are `available`; `atEnd`: when there are no more. */
export function endOfWindow(
  count: number,
  available: number,
  bounds: WindowBounds,
  atEnd: 'yet' | 'quiet' | 'final',
): WindowEnd {
  if (count >= windowLimit(bounds)) {
    return 'limit';
  }
  return count < available ? 'more' : atEnd;
}

/** A record of the allowed length and its CR LF. */
function windowLimit(bounds: WindowBounds): number {
  return Math.max(usualWindow(bounds), bounds.maxRecordBytes + 2);
}
