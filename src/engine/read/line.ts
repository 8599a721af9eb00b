import { lineFeed, skipBlank, trimEnd } from './byteRanges';
import type { Window } from './encoding';

/**
 * What follows the window: `more` bytes of the file; nothing `yet`; nothing and the writer is `quiet`; nothing ever
 * (`final`); or `limit`: the window is as large as a record may be, so something must be taken.
 */
export type WindowEnd = 'more' | 'yet' | 'quiet' | 'final' | 'limit';

/** A line in a window; all are positions in its bytes. */
export interface Line {
  readonly from: number;
  /** First byte that is not blank. */
  readonly start: number;
  /** After the last byte that is not blank. */
  readonly stop: number;
  /** The line feed, or the end of the window. */
  readonly end: number;
  /** First byte of the next line. */
  readonly next: number;
  readonly hasLineFeed: boolean;
  /** Nothing can be added to it any more. */
  readonly isWhole: boolean;
}

export function lineAt(window: Window, from: number, windowEnd: WindowEnd): Line {
  const { bytes } = window;
  const lineFeedAt = bytes.indexOf(lineFeed, from);
  const hasLineFeed = lineFeedAt >= 0;
  const end = hasLineFeed ? lineFeedAt : bytes.length;
  const start = skipBlank(bytes, from, end);
  return {
    from,
    start,
    stop: trimEnd(bytes, start, end),
    end,
    next: hasLineFeed ? end + 1 : end,
    hasLineFeed,
    isWhole: hasLineFeed || windowEnd === 'final',
  };
}
