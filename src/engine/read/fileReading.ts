import type { FileReadStatus } from '../recordSink';
import { quietMs, rewritePatienceMs } from './bounds';
import type { OpenFile } from './fileAccess';
import { type ContentPlace, FileContent } from './fileContent';
import type { FileStamp } from './fileStamp';
import type { FileTailOptions, NextLook } from './fileTailOptions';
import type { WindowEnd } from './line';
import { hasLogName } from './logNames';
import { NewestFirst } from './newestFirst';
import { PackedFile } from './packed/packedFile';
import type { FileAtRest } from './restingFiles';
import type { SavedTail } from './savedTail';
import type { SeenFile } from './seenFile';
import type { Container } from './sniff';
import { StatusTeller } from './statusTeller';
import { holdsWholeDocument } from './wholeDocument';

const noKnownRecord = 'No record of a known format in it.';

/** The reading of one file from its beginning on, whatever it holds: lines, a document, packed entries or nothing that is a log. */
export class FileReading {
  /** Of the file, bytes. */
  size: number;
  /** What is not read yet is not read. */
  isStopped = false;
  private taken: FileContent;
  private newest: NewestFirst | undefined;
  private openPacked: PackedFile | undefined;
  /** Why the file is not read, and how large it was when that was said. Bytes. */
  private refusal: { readonly message: string; readonly size: number } | undefined;
  /** A document is being written again and shown as it was since then. By `performance.now()`. */
  private keptSince: number | undefined;
  private readonly status: StatusTeller;

  constructor(
    private readonly place: ContentPlace,
    private readonly seen: SeenFile,
    private readonly options: FileTailOptions,
    size: number,
  ) {
    this.size = size;
    this.status = new StatusTeller(options.sink, place.file);
    this.taken = new FileContent(place, options);
  }

  get content(): FileContent {
    return this.taken;
  }

  get packed(): PackedFile | undefined {
    return this.openPacked;
  }

  get offset(): number {
    return this.taken.consumed.offset;
  }

  /** What is shown is not what lies there. */
  get isKept(): boolean {
    return this.keptSince !== undefined;
  }

  /** Bytes that were read and need not be read again. */
  get readBytes(): number {
    if (this.openPacked !== undefined) {
      return this.size - this.openPacked.pendingBytes;
    }
    const read = this.offset + (this.newest?.givenBytes ?? 0);
    return this.refusal === undefined ? read : this.size;
  }

  /** undefined: it must be read anew by whoever wants to go on. */
  save(): ReturnType<FileContent['save']> {
    const isRead = this.offset > 0 && this.refusal === undefined;
    return isRead && this.isPlain ? this.taken.save() : undefined;
  }

  /** See `FileContent.rest`. */
  rest(): ReturnType<FileContent['rest']> {
    return this.isPlain ? this.taken.rest() : undefined;
  }

  wake({ stamp, content }: FileAtRest): void {
    this.size = stamp.size;
    if (content !== undefined) {
      this.taken.wake(content);
    }
  }

  private get isPlain(): boolean {
    return (
      this.openPacked === undefined &&
      this.newest?.isShown !== true &&
      !this.isStopped &&
      !this.isKept
    );
  }

  restore(saved: SavedTail): void {
    this.size = saved.stamp.size;
    this.taken.restore(saved);
  }

  /** What was taken is there. What is shown of the end is brought up to date, then reading goes on. */
  read(file: OpenFile, stamp: FileStamp, hasChanged: boolean): NextLook {
    const { taken: content, size, isStopped, options, place } = this;
    const { preview: bounds, sink, formats } = options;
    const { file: name, context } = place;
    if (bounds !== undefined && this.refusal === undefined) {
      this.newest ??= new NewestFirst({ file: name, sink, formats, context, bounds });
    }
    const read = (): NextLook => this.readWindow(file, stamp);
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

  readPacked(file: OpenFile, stamp: FileStamp, container: Container): NextLook {
    if (this.isStopped) {
      this.tell('stopped');
      return 'onChange';
    }
    if (this.refusal !== undefined || this.openPacked?.container !== container) {
      this.restart();
      this.openPacked = this.openContainer(container);
    }
    const state = this.openPacked.look({
      file,
      stamp,
      modifiedTime: this.place.context.fileModifiedTime,
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

  leavePacked(): void {
    this.openPacked?.leave();
    this.openPacked = undefined;
  }

  /** What was taken is not there any more. A document that is just being written again is kept until it is whole. */
  readAnew(file: OpenFile): NextLook {
    if (this.taken.isDocument && !this.options.final) {
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

  /** What is shown lies there. */
  keepNoLonger(): void {
    this.keptSince = undefined;
  }

  restart(): void {
    this.leavePacked();
    if (this.offset > 0 || this.refusal !== undefined) {
      this.options.sink.reset(this.place.file);
      this.status.forget();
    }
    this.newest = undefined;
    this.isStopped = false;
    this.taken = new FileContent(this.place, this.options);
    this.keptSince = undefined;
    this.refusal = undefined;
  }

  /** The file is gone: so is all that was said of it. */
  leave(): void {
    this.leavePacked();
    this.options.sink.reset(this.place.file);
    this.newest = undefined;
    this.size = 0;
    this.taken = new FileContent(this.place, this.options);
    this.tell('gone', 'The file is gone.');
  }

  /** The file is not to be read. */
  refuse(message: string, size: number): NextLook {
    if (this.refusal?.message === message && this.refusal.size === size) {
      return 'onChange';
    }
    const { file, context } = this.place;
    this.restart();
    this.refusal = { message, size };
    this.size = size;
    if (hasLogName(context.fileName) && size > 0) {
      const source = { file, offset: 0, length: size, line: 1 };
      this.options.sink.skipped({ ...source, reason: message });
      this.taken.gate.skippedBytes = size;
    }
    this.tell('notALog', message);
    return 'onChange';
  }

  tell(state: FileReadStatus['state'], message?: string): void {
    const { size, offset, taken, isKept } = this;
    const isRefused = this.refusal !== undefined || !taken.gate.isOpen;
    const unread = size - offset - (this.newest?.givenBytes ?? 0) + taken.heldBackBytes;
    this.status.tell({
      state,
      message,
      sizeBytes: size,
      blankBytes: isRefused || isKept ? 0 : offset - taken.saidBytes,
      pendingBytes: isKept ? size : (this.openPacked?.pendingBytes ?? (isRefused ? 0 : unread)),
    });
  }

  private openContainer(container: Container): PackedFile {
    const { options, place } = this;
    const { file } = place;
    const isClaimed = (value: unknown): boolean => this.taken.isClaimed(value);
    const target = (): string => options.targetOf(file);
    return new PackedFile({ ...options, file, target, container, isClaimed });
  }

  private readWindow(file: OpenFile, stamp: FileStamp): NextLook {
    const look = { file, stamp, quietForMs: this.seen.quietForMs };
    if (this.refusal !== undefined && this.taken.isText(look)) {
      this.restart();
    }
    const read = this.taken.read(look);
    switch (read.kind) {
      case 'noLog':
        this.tell('notALog', 'No record of a known format at its beginning.');
        return 'onChange';
      case 'refused':
        return this.refuse(read.message, this.size);
      case 'read':
        return this.nextAfter(read.end, read.wasShorter);
    }
  }

  private nextAfter(end: WindowEnd, wasShorter: boolean): NextLook {
    if (end === 'more' || end === 'limit' || wasShorter) {
      this.tell('reading');
      return 'now';
    }
    this.isStopped = false;
    if (this.taken.gate.isOpen || this.size === 0) {
      this.tell('live');
    } else {
      this.tell('notALog', noKnownRecord);
    }
    const isPending = this.size > this.offset;
    return end === 'yet' && isPending
      ? { inMs: Math.max(1, Math.ceil(quietMs - this.seen.quietForMs)) }
      : 'onChange';
  }
}
