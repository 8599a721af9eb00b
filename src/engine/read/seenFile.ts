import type { BigIntStats } from 'node:fs';
import {
  type FileGlance,
  type FileStamp,
  isSameAtGlance,
  isSameFile,
  isSameStamp,
  stampOf,
} from './fileStamp';

/** Up to here a file that has grown, or whose times are doubtful, is compared as a whole. Bytes. */
const cheapBytes = 1024 * 1024;
/** A file that has changed is looked at in every pass for this long, whatever its folder says. Milliseconds. */
const livelyMs = 5 * 60_000;

/** What was seen of a file from outside: what it is, and when it changed. */
export class SeenFile {
  stamp: FileStamp | undefined;
  /** By `performance.now()`. */
  changedAt = 0;
  /** Epoch milliseconds. */
  modifiedTime = 0;
  /** What is known of it is from another process; nobody has looked at it since. */
  isUnverified = false;
  /** The disk refused it; the next pass tries again. */
  hasFailed = false;

  /** Takes what a look has found; returns what was there before. */
  take(stat: BigIntStats): { readonly now: FileStamp; readonly before: FileStamp | undefined } {
    const before = this.stamp;
    const now = stampOf(stat);
    this.modifiedTime = timeOf(now);
    if (before === undefined) {
      this.changedAt = changedAt(this.modifiedTime);
    } else if (before.size !== now.size || before.mtimeNs !== now.mtimeNs) {
      this.changedAt = performance.now();
    }
    this.stamp = now;
    this.hasFailed = false;
    this.isUnverified = false;
    return { now, before };
  }

  /** Goes on from what another process has seen. */
  restore(stamp: FileStamp): void {
    this.stamp = stamp;
    this.isUnverified = true;
  }

  /** Goes on from what this process has seen. */
  wake(stamp: FileStamp): void {
    this.stamp = stamp;
    this.modifiedTime = timeOf(stamp);
    this.changedAt = changedAt(this.modifiedTime);
  }

  /** This process has seen it as it is. */
  get isVerified(): boolean {
    return !this.hasFailed && !this.isUnverified;
  }

  get quietForMs(): number {
    return performance.now() - this.changedAt;
  }

  get isLively(): boolean {
    return this.quietForMs < livelyMs;
  }

  /** The next look may find what no stamp tells. */
  get isDoubtful(): boolean {
    return !this.isVerified || this.stamp?.isRacy === true;
  }

  /** Whether a glance shows another state of the file, or another file. */
  isStale(stat: FileGlance): boolean {
    return this.stamp !== undefined && !isSameAtGlance(this.stamp, stat);
  }

  isReplaced(stat: FileGlance): boolean {
    return this.stamp !== undefined && !isSameFile(this.stamp, stat);
  }
}

/** Epoch milliseconds. */
function timeOf({ mtimeNs }: FileStamp): number {
  return Number(mtimeNs / 1000n) / 1000;
}

/** By `performance.now()`. */
function changedAt(modifiedTime: number): number {
  return performance.now() - Math.max(0, Date.now() - modifiedTime);
}

/**
 * Whether all of the bytes taken must be compared. The same size but touched: somebody may have edited them. A file of another size is judged by
 * its two ends while somebody watches it (`wasWatched`), but where little was taken, by all of it: it may have been edited before it grew. When the
 * stamp is racy, the next look does so, which comes when nobody writes any more.
 */
export function needsComparing(
  before: FileStamp | undefined,
  now: FileStamp,
  takenBytes: number,
  wasWatched: boolean,
): boolean {
  if (before === undefined || takenBytes === 0) {
    return false;
  }
  const isOther = !isSameStamp(before, now);
  if (!wasWatched) {
    return isOther || before.isRacy;
  }
  const isCheap = takenBytes <= cheapBytes;
  return before.size === now.size ? isOther || (before.isRacy && isCheap) : isCheap && !now.isRacy;
}
