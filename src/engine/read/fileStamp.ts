import type { BigIntStats } from 'node:fs';

/** What says of a file, before a byte of it is read, whether somebody may have written to it. */
export interface FileStamp {
  /** Device and file number: what a file is, whatever it is called. */
  readonly identity: string;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Written so shortly before it was looked at that a later write may have left the same times. */
  readonly isRacy: boolean;
}

/** Steps of the clock that stamps files: milliseconds on local disks, whole seconds on some network drives. */
const clockStepMs = 25;
const coarseClockStepMs = 2000;

export function stampOf(stat: BigIntStats): FileStamp {
  const { mtimeNs, ctimeNs } = stat;
  const isCoarse = ctimeNs % 1_000_000_000n === 0n;
  const ageMs = Math.abs(Date.now() - Number(ctimeNs / 1_000_000n));
  return {
    identity: `${stat.dev}:${stat.ino}`,
    size: Number(stat.size),
    mtimeNs,
    ctimeNs,
    isRacy: ageMs < (isCoarse ? coarseClockStepMs : clockStepMs),
  };
}

/** Whether size and times of a file are the same; says nothing when the older stamp is racy. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return (
    a.identity === b.identity &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
