import type { Stats } from 'node:fs';
import path from 'node:path';
import type { FileReadStatus } from '../recordSink';
import { quietMs, rewritePatienceMs } from './bounds';
import type { OpenFile } from './fileAccess';
import { FileContent } from './fileContent';
import type { WindowEnd } from './line';
import { type FileStamp, isSameStamp } from './fileStamp';
import type { FileTailOptions, NextLook } from './fileTailOptions';
import { hasLogName } from './logNames';
import { lookProblem } from './lookProblem';
import { NewestFirst } from './newestFirst';
import { readRange } from './packed/archive';
import { PackedFile } from './packed/packedFile';
import type { SavedTail } from './savedTail';
import { SeenFile } from './seenFile';
import { type Container, containerHeadBytes, containerOf } from './sniff';
import { StatusTeller } from './statusTeller';
import { holdsWholeDocument } from './wholeDocument';

const noKnownRecord = 'No record of a known format in it.';
/** A file of which less is still to be read is not worth stopping. Bytes. */
const behindBytes = 1024 * 1024;

/**
 * Follows one file. Bytes are the truth: before every read the bytes taken so far are compared with what was remembered
 * of them, and the offset only ever moves past whole records.
 */
export class FileTail {
  size = 0;
  readonly context: { readonly fileName: string; fileModifiedTime: number };
  private readonly seen = new SeenFile();
  private content: FileContent;
  private keptSince: number | undefined;
  private newest: NewestFirst | undefined;
  /** What is not read yet is not read. */
  isStopped = false;
  private refusal: string | undefined;
  private readonly status: StatusTeller;
  private packed: PackedFile | undefined;

  /** `file`: absolute path, as the sink is told it. */
  constructor(
    readonly file: string,
    private readonly options: FileTailOptions,
  ) {
    this.status = new StatusTeller(options.sink, file);
    this.context = { fileName: path.basename(file), fileModifiedTime: 0 };
    this.content = new FileContent(this, options);
  }

  /** undefined: it must be read anew by whoever wants to go on. */
  save(): SavedTail | undefined {
    const { stamp } = this.seen;
    const content = this.content.save();
    const isPlain =
      this.offset > 0 &&
      this.packed === undefined &&
      this.newest?.isShown !== true &&
      this.refusal === undefined &&
      !this.isStopped &&
      this.seen.isVerified &&
      this.keptSince === undefined;
    return isPlain && stamp !== undefined && content !== undefined
      ? { file: this.file, stamp, ...content }
      : undefined;
  }

  /** Goes on from where another process was; whether the file still is the same, the first look tells. */
  restore(saved: SavedTail): void {
    this.seen.restore(saved.stamp);
    this.size = saved.stamp.size;
    this.content.restore(saved);
  }

  /** Bytes that were read and need not be read again. */
  get readBytes(): number {
    if (this.packed !== undefined) {
      return this.size - this.packed.pendingBytes;
    }
    const read = this.offset + (this.newest?.givenBytes ?? 0);
    return this.refusal === undefined ? read : this.size;
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
    this.isStopped = true;
    this.tell('stopped');
  }

  resume(): void {
    this.isStopped = false;
  }

  /** Whether a glance shows that the file may be another one than at the last look. */
  isStale(stat: Stats): boolean {
    return this.wasLookedAt
      ? this.isDoubtful || this.seen.isStale(stat) || this.packed?.hasNewsBeside() === true
      : !this.isStopped;
  }

  /** It has changed lately, or not all is known of it: no pass may leave it out. */
  get isLively(): boolean {
    return this.wasLookedAt
      ? this.isDoubtful || this.packed?.container === 'sqlite' || this.seen.isLively
      : !this.isStopped;
  }

  private get isDoubtful(): boolean {
    return this.seen.isDoubtful || this.keptSince !== undefined;
  }

  private get offset(): number {
    return this.content.consumed.offset;
  }

  /** Forgets at once what was said of a file that now is another one; a document is kept until the new one is whole. */
  forgetIfReplaced(stat: Stats): void {
    if (this.seen.isReplaced(stat) && !this.content.isDocument) {
      this.restart();
    }
  }

  /** Looks at the file and takes at most one window of it. */
  look(): NextLook {
    if (this.packed?.mustWait === true) {
      return 'later';
    }
    const next = this.lookNow();
    if (next !== 'now') {
      this.packed?.stop();
    }
    return next;
  }

  /** The file is gone: so is all that was said of it. */
  leave(): void {
    this.leavePacked();
    this.options.sink.reset(this.file);
    this.newest = undefined;
    this.size = 0;
    this.content = new FileContent(this, this.options);
    this.tell('gone', 'The file is gone.');
  }

  private lookNow(): NextLook {
    try {
      const file = this.options.access.open(this.options.targetOf(this.file));
      try {
        return this.lookInto(file);
      } finally {
        this.content.leaveFile();
        file.close();
      }
    } catch (error) {
      return this.failed(error);
    }
  }

  /** The file is not to be read. */
  refuse(message: string, size: number): NextLook {
    if (this.refusal !== undefined && this.size === size) {
      return 'onChange';
    }
    this.restart();
    this.refusal = message;
    this.size = size;
    if (hasLogName(this.context.fileName) && size > 0) {
      const source = { file: this.file, offset: 0, length: size, line: 1 };
      this.options.sink.skipped({ ...source, reason: message });
      this.content.gate.skippedBytes = size;
    }
    this.tell('notALog', message);
    return 'onChange';
  }

  private failed(error: unknown): NextLook {
    const problem = lookProblem(error);
    if (problem === 'gone') {
      return 'gone';
    }
    this.seen.hasFailed ||= problem.mayPass;
    this.tell(problem.state, problem.message);
    return 'onChange';
  }

  private lookInto(file: OpenFile): NextLook {
    const stat = file.stat();
    if (!stat.isFile()) {
      return this.refuse('Not a regular file.', 0);
    }
    const wasWatched = !this.seen.isUnverified;
    const { now, before } = this.seen.take(stat);
    this.context.fileModifiedTime = this.seen.modifiedTime;
    this.size = now.size;
    if (this.offset === 0) {
      const container = containerOf(readRange(file, 0, containerHeadBytes));
      if (container !== undefined) {
        return this.lookIntoPacked(file, now, container);
      }
      this.leavePacked();
    }
    const isAnother = before !== undefined && before.identity !== now.identity;
    const isThere = isAnother ? 'no' : this.content.isThere({ file, now, before, wasWatched });
    if (isThere === 'no') {
      return this.rewritten(file);
    }
    this.keptSince = undefined;
    if (isThere === 'perhaps') {
      return 'now';
    }
    const hasChanged = before === undefined || !isSameStamp(before, now) || before.isRacy;
    return this.readNewestFirst(file, now, hasChanged);
  }

  /** What is shown of the end is brought up to date, then reading goes on. */
  private readNewestFirst(file: OpenFile, stamp: FileStamp, hasChanged: boolean): NextLook {
    const { content, size, isStopped, options } = this;
    const { preview: bounds, sink, formats } = options;
    if (bounds !== undefined && this.refusal === undefined) {
      const { context, file: name } = this;
      this.newest ??= new NewestFirst({ file: name, sink, formats, context, bounds });
    }
    const read = (): NextLook => this.read(file, stamp);
    const next = this.newest
      ? this.newest.read({ file, content, size, isStopped, hasChanged }, read)
      : read();
    if (next === 'stopped') {
      this.tell('stopped');
      return 'onChange';
    }
    if (next === 'begun') {
      this.tell('reading');
      return 'now';
    }
    return next;
  }

  private lookIntoPacked(file: OpenFile, stamp: FileStamp, container: Container): NextLook {
    if (this.isStopped) {
      this.tell('stopped');
      return 'onChange';
    }
    if (this.refusal !== undefined || this.packed?.container !== container) {
      this.restart();
      const { file: name, options } = this;
      const isClaimed = (value: unknown): boolean => this.content.isClaimed(value);
      const target = (): string => options.targetOf(name);
      this.packed = new PackedFile({ ...options, file: name, target, container, isClaimed });
    }
    const state = this.packed.look({
      file,
      stamp,
      modifiedTime: this.context.fileModifiedTime,
      quietForMs: this.options.final ? Infinity : this.seen.quietForMs,
    });
    if (state.state === 'refused') {
      return this.refuse(state.message, this.size);
    }
    if (state.state === 'waits') {
      this.tell('live', state.message);
      return { inMs: Math.max(1, Math.ceil(state.inMs)) };
    }
    if (state.state === 'reading') {
      this.tell('reading');
      return 'now';
    }
    const nothing = state.isLog ? undefined : noKnownRecord;
    this.tell(state.isLog ? 'live' : 'notALog', state.message ?? nothing);
    return 'onChange';
  }

  private leavePacked(): void {
    this.packed?.leave();
    this.packed = undefined;
  }

  /** What was taken is not there any more. A document that is just being written again is kept until it is whole. */
  private rewritten(file: OpenFile): NextLook {
    if (this.content.isDocument && !this.options.final) {
      this.keptSince ??= performance.now();
      const hasPatience = performance.now() - this.keptSince < rewritePatienceMs;
      if (hasPatience && !holdsWholeDocument(file, this.size, this.options)) {
        this.tell('live', 'The file is being written again; shown as it was before.');
        return 'onChange';
      }
    }
    this.restart();
    return 'now';
  }

  private restart(): void {
    this.leavePacked();
    if (this.offset > 0 || this.refusal !== undefined) {
      this.options.sink.reset(this.file);
      this.status.forget();
    }
    this.newest = undefined;
    this.isStopped = false;
    this.content = new FileContent(this, this.options);
    this.keptSince = undefined;
    this.refusal = undefined;
  }

  private read(file: OpenFile, stamp: FileStamp): NextLook {
    const look = { file, stamp, quietForMs: this.seen.quietForMs };
    if (this.refusal !== undefined && this.content.isText(look)) {
      this.restart();
    }
    const read = this.content.read(look);
    switch (read.kind) {
      case 'noLog':
        this.tell('notALog', 'No record of a known format at its beginning.');
        return 'onChange';
      case 'refused':
        return this.refuse(read.message, this.size);
      case 'read':
        return this.next(read.end, read.wasShorter);
    }
  }

  private next(end: WindowEnd, wasShorter: boolean): NextLook {
    if (end === 'more' || end === 'limit' || wasShorter) {
      this.tell('reading');
      return 'now';
    }
    this.isStopped = false;
    if (this.content.gate.isOpen || this.size === 0) {
      this.tell('live');
    } else {
      this.tell('notALog', noKnownRecord);
    }
    const isPending = this.size > this.offset;
    return end === 'yet' && isPending
      ? { inMs: Math.max(1, Math.ceil(quietMs - this.seen.quietForMs)) }
      : 'onChange';
  }

  private tell(state: FileReadStatus['state'], message?: string): void {
    const { size, offset, content } = this;
    const isKept = this.keptSince !== undefined;
    const isRefused = this.refusal !== undefined || !content.gate.isOpen;
    const unread = size - offset - (this.newest?.givenBytes ?? 0) + content.heldBackBytes;
    this.status.tell({
      state,
      message,
      sizeBytes: size,
      blankBytes: isRefused || isKept ? 0 : offset - content.saidBytes,
      pendingBytes: isKept ? size : (this.packed?.pendingBytes ?? (isRefused ? 0 : unread)),
    });
  }
}
