import type { BigIntStats, Stats } from 'node:fs';

/** What says of a file, before a byte of it is read, whether somebody may have written to it. */
export interface FileStamp {
  /** Device and file number: what a file is, whatever it is called. */
  readonly identity: string;
  /** The same two in plain numbers, as a glance tells them: rounded where they are larger than 2^53. */
  readonly device: number;
  readonly fileNumber: number;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Written so shortly before it was looked at that a later write may have left the same times. */
  readonly isRacy: boolean;
}

/** What a glance at a file tells. */
export type FileGlance = Pick<Stats, 'dev' | 'ino' | 'nlink' | 'size' | 'mtimeMs' | 'ctimeMs'>;

/** The same, to be kept: what else Node tells is several times as much. */
export function toFileGlance({ dev, ino, nlink, size, mtimeMs, ctimeMs }: Stats): FileGlance {
  return { dev, ino, nlink, size, mtimeMs, ctimeMs };
}

/** Steps of the clock that stamps files: milliseconds on local disks, whole seconds on some network drives. */
const clockStepMs = 25;
const coarseClockStepMs = 2000;
/** Plain numbers hold today's times in steps of a quarter of a microsecond. */
const glanceErrorMs = 0.001;

export function stampOf(stat: BigIntStats): FileStamp {
  const { mtimeNs, ctimeNs } = stat;
  const isCoarse = ctimeNs % 1_000_000_000n === 0n;
  const ageMs = Math.abs(Date.now() - Number(ctimeNs / 1_000_000n));
  return {
    identity: `${stat.dev}:${stat.ino}`,
    device: Number(stat.dev),
    fileNumber: Number(stat.ino),
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

/** Whether a glance shows the file of the stamp, whatever has become of its content. */
export function isSameFile(stamp: FileStamp, { dev, ino }: FileGlance): boolean {
  return stamp.device === dev && stamp.fileNumber === ino;
}

/** `isSameStamp` for a glance. */
export function isSameAtGlance(stamp: FileStamp, stats: FileGlance): boolean {
  return (
    stamp.size === stats.size &&
    isSameFile(stamp, stats) &&
    isSameTime(stamp.mtimeNs, stats.mtimeMs) &&
    isSameTime(stamp.ctimeNs, stats.ctimeMs)
  );
}

function isSameTime(ns: bigint, ms: number): boolean {
  return isSameMoment(Number(ns) / 1_000_000, ms);
}

/** Whether two times of a file are the same, when one of them is rounded as a glance rounds it. Milliseconds. */
export function isSameMoment(oneMs: number, otherMs: number): boolean {
  return Math.abs(oneMs - otherMs) < glanceErrorMs;
}

/** What tells of a folder whether anything may have come, gone or been exchanged in it. */
export interface FolderStamp {
  /** A folder made again may have the number of the old one, never its time of birth. */
  readonly device: number;
  readonly folderNumber: number;
  readonly birthtimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** As of a file. */
  readonly isRacy: boolean;
}

export function folderStampOf({ dev, ino, birthtimeMs, mtimeMs, ctimeMs }: Stats): FolderStamp {
  const ageMs = Math.abs(Date.now() - ctimeMs);
  const isRacy = ageMs < (ctimeMs % 1000 === 0 ? coarseClockStepMs : clockStepMs);
  return { device: dev, folderNumber: ino, birthtimeMs, mtimeMs, ctimeMs, isRacy };
}

/** The same as long as the folder is not deleted and made again. */
export function folderIdentityOf({ device, folderNumber, birthtimeMs }: FolderStamp): string {
  return `${device}:${folderNumber}:${birthtimeMs}`;
}

/** Whether the folder holds what it held; says nothing when the stamp is racy. */
export function isSameFolder(stamp: FolderStamp, stats: Stats): boolean {
  return (
    stamp.mtimeMs === stats.mtimeMs &&
    stamp.ctimeMs === stats.ctimeMs &&
    stamp.folderNumber === stats.ino &&
    stamp.device === stats.dev &&
    stamp.birthtimeMs === stats.birthtimeMs
  );
}
