import path from 'node:path';
import type { OpenFile } from './fileAccess';
import { FileReading } from './fileReading';
import { type FileGlance, isSameStamp } from './fileStamp';
import type { FileTailOptions, NextLook } from './fileTailOptions';
import { lookProblem } from './lookProblem';
import { readRange } from './packed/archive';
import type { FileAtRest } from './restingFiles';
import type { SavedTail } from './savedTail';
import { SeenFile } from './seenFile';
import { containerHeadBytes, containerOf } from './sniff';

/** A file of which less is still to be read is not worth stopping. Bytes. */
const behindBytes = 1024 * 1024;

/**
 * Follows one file. Bytes are the truth: before every read the bytes taken so far are compared with what was remembered
 * of them, and the offset only ever moves past whole records.
 */
export class FileTail {
  private readonly seen = new SeenFile();
  /** Made when it is needed: ten thousand files are listed long before the last of them is read. */
  private begun: FileReading | undefined;
  private named: { readonly fileName: string; fileModifiedTime: number } | undefined;

  /** `file`: absolute path, as the sink is told it. `sizeAtGlance`: as a glance has shown it. */
  constructor(
    readonly file: string,
    private readonly options: FileTailOptions,
    private readonly sizeAtGlance = 0,
  ) {}

  get context(): { readonly fileName: string; fileModifiedTime: number } {
    return (this.named ??= { fileName: path.basename(this.file), fileModifiedTime: 0 });
  }

  private get reading(): FileReading {
    return (this.begun ??= new FileReading(this, this.seen, this.options, this.sizeAtGlance));
  }

  /** undefined: it must be read anew by whoever wants to go on. */
  save(): SavedTail | undefined {
    const { file, seen } = this;
    const reading = seen.isVerified ? this.reading.save() : undefined;
    return seen.stamp && reading && { file, stamp: seen.stamp, ...reading };
  }

  /** Goes on from where another process was; whether the file still is the same, the first look tells. */
  restore(saved: SavedTail): void {
    this.seen.restore(saved.stamp);
    this.reading.restore(saved);
  }

  /** What is to be known of it while nothing happens to it; undefined: something may, or something is unfinished. */
  rest(): FileAtRest | undefined {
    const { stamp } = this.seen;
    const content = stamp === undefined || this.isLively ? undefined : this.reading.rest();
    return stamp && content && { stamp, content: content === 'silent' ? undefined : content };
  }

  /** Goes on from there. */
  wake(file: FileAtRest): void {
    this.seen.wake(file.stamp);
    this.reading.wake(file);
  }

  /** Bytes. */
  get size(): number {
    return this.begun?.size ?? this.sizeAtGlance;
  }

  /** Bytes that were read and need not be read again. */
  get readBytes(): number {
    return this.begun?.readBytes ?? 0;
  }

  get isStopped(): boolean {
    return this.begun?.isStopped === true;
  }

  get wasLookedAt(): boolean {
    return this.seen.stamp !== undefined;
  }

  /** There is more to be read than what is written while one looks. */
  get isBehind(): boolean {
    return !this.wasLookedAt || this.size - this.readBytes > behindBytes;
  }

  /** What is not read yet is not read; the end of the file goes on to be shown. */
  stop(): void {
    this.reading.isStopped = true;
    this.reading.tell('stopped');
  }

  resume(): void {
    this.reading.isStopped = false;
  }

  /** Whether a glance shows that the file may be another one than at the last look. */
  isStale(stat: FileGlance): boolean {
    return this.wasLookedAt
      ? this.isDoubtful || this.seen.isStale(stat) || this.reading.packed?.hasNewsBeside() === true
      : !this.isStopped;
  }

  /** It has changed lately, or not all is known of it: no pass may leave it out. */
  get isLively(): boolean {
    return this.wasLookedAt
      ? this.isDoubtful || this.reading.packed?.container === 'sqlite' || this.seen.isLively
      : !this.isStopped;
  }

  private get isDoubtful(): boolean {
    return this.seen.isDoubtful || this.reading.isKept;
  }

  /** Forgets at once what was said of a file that now is another one; a document is kept until the new one is whole. */
  forgetIfReplaced(stat: FileGlance): void {
    if (this.seen.isReplaced(stat) && !this.reading.content.isDocument) {
      this.reading.restart();
    }
  }

  /** Looks at the file and takes at most one window of it. */
  look(): NextLook {
    if (this.reading.packed?.mustWait === true) {
      return 'later';
    }
    const next = this.lookNow();
    if (next !== 'now') {
      this.reading.packed?.stop();
    }
    return next;
  }

  /** The file is gone: so is all that was said of it. */
  leave(): void {
    this.reading.leave();
  }

  private lookNow(): NextLook {
    try {
      const file = this.options.access.open(this.options.targetOf(this.file));
      try {
        return this.lookInto(file);
      } finally {
        this.reading.content.leaveFile();
        file.close();
      }
    } catch (error) {
      return this.failed(error);
    }
  }

  private failed(error: unknown): NextLook {
    const problem = lookProblem(error);
    if (problem === 'gone') {
      return 'gone';
    }
    this.seen.hasFailed ||= problem.mayPass;
    this.reading.tell(problem.state, problem.message);
    return 'onChange';
  }

  private lookInto(file: OpenFile): NextLook {
    const { seen, reading } = this;
    const stat = file.stat();
    if (!stat.isFile()) {
      return reading.refuse('Not a regular file.', 0);
    }
    const wasWatched = !seen.isUnverified;
    const { now, before } = seen.take(stat);
    this.context.fileModifiedTime = seen.modifiedTime;
    reading.size = now.size;
    if (reading.offset === 0) {
      const container = containerOf(readRange(file, 0, containerHeadBytes));
      if (container !== undefined) {
        return reading.readPacked(file, now, container);
      }
      reading.leavePacked();
    }
    const isAnother = before !== undefined && before.identity !== now.identity;
    const isThere = isAnother ? 'no' : reading.content.isThere({ file, now, before, wasWatched });
    if (isThere === 'no') {
      return reading.readAnew(file);
    }
    reading.keepNoLonger();
    if (isThere === 'perhaps') {
      return 'now';
    }
    const hasChanged = before === undefined || !isSameStamp(before, now) || before.isRacy;
    return reading.read(file, now, hasChanged);
  }
}
