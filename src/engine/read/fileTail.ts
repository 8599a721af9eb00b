import type { BigIntStats, Stats } from 'node:fs';
import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { FileReadStatus, RecordSink } from '../recordSink';
import {
  baseWindowBytes,
  giveUpBytes,
  maxJsonDepth,
  type PreviewBounds,
  quietMs,
  rewritePatienceMs,
} from './bounds';
import { skipBlank } from './byteRanges';
import { ConsumedBytes } from './consumed';
import { decodeWindow, type Encoding } from './encoding';
import { accessProblem, errorCode, type FileAccess, type OpenFile } from './fileAccess';
import { type FileStamp, isSameAtGlance, isSameFile, isSameStamp, stampOf } from './fileStamp';
import { JsonScanner } from './jsonScanner';
import { hasLogName } from './logNames';
import { NewestFirst } from './newestFirst';
import { RecordGate } from './recordGate';
import type { WindowEnd } from './line';
import { RecordParser } from './recordParser';
import type { ParsedRange } from './recordWriter';
import { readRange } from './packed/archive';
import { PackedFile } from './packed/packedFile';
import type { UnpackSlot } from './packed/unpackSlot';
import type { ScanAhead, WindowAhead } from '../scan/ahead/scanAhead';
import type { SavedTail } from './savedTail';
import { StatusTeller } from './statusTeller';
import type { SharedWindow } from './sharedWindow';
import { type Container, containerHeadBytes, containerOf, sniff } from './sniff';

/** What all files of a source have in common. */
export interface FileTailOptions {
  /** Path of the bytes of a file: another one when the source itself is a link. */
  readonly targetOf: (file: string) => string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  readonly access: FileAccess;
  readonly window: SharedWindow;
  readonly slot: UnpackSlot;
  readonly maxRecordBytes: number;
  /** The end of the file is its end; nothing will come. */
  readonly final: boolean;
  /** Give the end of a long file before the rest. */
  readonly preview: PreviewBounds | undefined;
  /** Has windows of a long file ready before they are read. */
  readonly ahead?: ScanAhead | undefined;
  /** What another process knew of a file, to go on from. */
  readonly saved?: ((file: string) => SavedTail | undefined) | undefined;
  /** What is read at once; `baseWindowBytes` when absent. */
  readonly windowBytes?: number | undefined;
}

/** When to look at the file next. `later`: others are first. `gone`: it is not there any more. */
export type NextLook = 'now' | 'later' | 'onChange' | 'gone' | { readonly inMs: number };

const noKnownRecord = 'No record of a known format in it.';
/** Up to here a file with doubtful times is compared as a whole. Bytes. */
const cheapBytes = 1024 * 1024;
/** A file of which less is still to be read is not worth stopping. Bytes. */
const behindBytes = 1024 * 1024;
/** A file that has changed is looked at in every pass for this long, whatever its folder says. Milliseconds. */
const livelyMs = 5 * 60_000;

/**
 * Follows one file. Bytes are the truth: before every read the bytes taken so far are compared with what was remembered
 * of them, and the offset only ever moves past whole records.
 */
export class FileTail {
  size = 0;
  private readonly context: { readonly fileName: string; fileModifiedTime: number };
  private seen: FileStamp | undefined;
  private consumed = new ConsumedBytes();
  /** Made when they are needed: ten thousand files are listed long before the last of them is read. */
  private openGate: RecordGate | undefined;
  private openParser: RecordParser | undefined;
  private encoding: Encoding | undefined;
  private windowBytes: number;
  private isComparing = false;
  /** What is known of it is from another process; nobody has looked at it since. */
  private isUnverified = false;
  private changedAt = 0;
  private keptSince: number | undefined;
  private newest: NewestFirst | undefined;
  private isStopped = false;
  /** The disk refused it; the next pass tries again. */
  private hasFailed = false;
  private refusal: string | undefined;
  private readonly status: StatusTeller;
  private packed: PackedFile | undefined;
  private view:
    | { readonly bytes: Buffer; readonly offset: number; readonly file: OpenFile }
    | undefined;

  /** `file`: absolute path, as the sink is told it. */
  constructor(
    readonly file: string,
    private readonly options: FileTailOptions,
  ) {
    this.windowBytes = this.baseWindowBytes;
    this.status = new StatusTeller(options.sink, file);
    this.context = { fileName: path.basename(file), fileModifiedTime: 0 };
  }

  /** undefined: it must be read anew by whoever wants to go on. */
  save(): SavedTail | undefined {
    const { seen, file, consumed, encoding } = this;
    const gate = this.openGate?.save();
    const line = this.openParser?.save();
    const isPlain =
      encoding === 'utf8' &&
      consumed.offset > 0 &&
      this.packed === undefined &&
      this.newest?.isShown !== true &&
      this.refusal === undefined &&
      !this.isStopped &&
      !this.isComparing &&
      !this.isDoubtful;
    return isPlain && seen !== undefined && gate !== undefined && line !== undefined
      ? { file, stamp: seen, consumed: consumed.save(), gate, line }
      : undefined;
  }

  /** Goes on from where another process was; whether the file still is the same, the first look tells. */
  restore({ stamp, consumed, gate, line }: SavedTail): void {
    this.seen = stamp;
    this.size = stamp.size;
    this.consumed = ConsumedBytes.of(consumed);
    this.encoding = 'utf8';
    this.isUnverified = true;
    this.gate.restore(gate);
    this.parser.restore(line);
  }

  private get gate(): RecordGate {
    return (this.openGate ??= this.createGate());
  }

  private get parser(): RecordParser {
    return (this.openParser ??= this.createParser());
  }

  /** Bytes that were read and need not be read again. */
  get readBytes(): number {
    if (this.packed !== undefined) {
      return this.size - this.packed.pendingBytes;
    }
    const read = this.consumed.offset + (this.newest?.givenBytes ?? 0);
    return this.refusal === undefined ? read : this.size;
  }

  get hasStopped(): boolean {
    return this.isStopped;
  }

  get wasLookedAt(): boolean {
    return this.seen !== undefined;
  }

  /** There is more to be read than what is written while one looks. */
  get isBehind(): boolean {
    return this.seen === undefined || this.size - this.readBytes > behindBytes;
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
    const { seen } = this;
    if (seen === undefined) {
      return !this.isStopped;
    }
    return this.isDoubtful || !isSameAtGlance(seen, stat) || this.packed?.hasNewsBeside() === true;
  }

  /** It has changed lately, or not all is known of it: no pass may leave it out. */
  get isLively(): boolean {
    if (this.seen === undefined) {
      return !this.isStopped;
    }
    return (
      this.isDoubtful ||
      this.packed?.container === 'sqlite' ||
      performance.now() - this.changedAt < livelyMs
    );
  }

  private get isDoubtful(): boolean {
    return (
      this.hasFailed ||
      this.isUnverified ||
      this.seen?.isRacy === true ||
      this.keptSince !== undefined
    );
  }

  /** Forgets at once what was said of a file that now is another one; a document is kept until the new one is whole. */
  forgetIfReplaced(stat: Stats): void {
    const isReplaced = this.seen !== undefined && !isSameFile(this.seen, stat);
    if (isReplaced && !this.parser.isDocument) {
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
    this.consumed = new ConsumedBytes();
    this.openGate = undefined;
    this.tell('gone', 'The file is gone.');
  }

  private lookNow(): NextLook {
    try {
      const file = this.options.access.open(this.options.targetOf(this.file));
      try {
        return this.lookInto(file);
      } finally {
        this.view = undefined;
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
      this.gate.skippedBytes = size;
    }
    this.tell('notALog', message);
    return 'onChange';
  }

  private failed(error: unknown): NextLook {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return 'gone';
    }
    if (code === 'ELOOP') {
      this.tell('notALog', 'A link; links are not followed.');
      return 'onChange';
    }
    if (code === undefined) {
      // A fault of ours in one file must not stop the reading of all others, and must not be hidden.
      const reason = error instanceof Error ? error.message : String(error);
      this.tell('unreadable', `Callsight failed while it read this file: ${reason}`);
      return 'onChange';
    }
    this.hasFailed = true;
    this.tell('unreadable', accessProblem(error, 'file'));
    return 'onChange';
  }

  private lookInto(file: OpenFile): NextLook {
    const stat = file.stat();
    if (!stat.isFile()) {
      return this.refuse('Not a regular file.', 0);
    }
    this.hasFailed = false;
    const { isUnverified, seen: before } = this;
    this.isUnverified = false;
    const seen = this.remember(stat);
    if (this.consumed.offset === 0) {
      const container = containerOf(readRange(file, 0, containerHeadBytes));
      if (container !== undefined) {
        return this.lookIntoPacked(file, seen, container);
      }
      this.leavePacked();
    }
    const { consumed, options } = this;
    const isAnother = before !== undefined && before.identity !== seen.identity;
    if (isAnother || seen.size < consumed.offset || !consumed.hasSameEnds(file, options.window)) {
      return this.rewritten(file);
    }
    this.keptSince = undefined;
    // a file that has grown is judged by its two ends only while somebody watches it
    const isStrange = isUnverified && before !== undefined && !isSameStamp(before, seen);
    if (isStrange || (before !== undefined && this.needsComparing(before, seen))) {
      this.isComparing = true;
      consumed.compareAgain();
    }
    if (this.isComparing) {
      const compared = consumed.compareAll(file, options.window);
      if (compared !== 'same') {
        return compared === 'more' ? 'now' : this.rewritten(file);
      }
      this.isComparing = false;
    }
    const hasChanged = before === undefined || !isSameStamp(before, seen) || before.isRacy;
    return this.readNewestFirst(file, hasChanged);
  }

  /** In the turn in which the file is begun, its end is shown as well. */
  private readHead(file: OpenFile): NextLook {
    const next = this.read(file);
    if (next === 'now' && this.beginPreview(file)) {
      this.tell('reading');
    }
    return next;
  }

  /** Brings what is shown of the end up to date, then reads on. */
  private readNewestFirst(file: OpenFile, hasChanged: boolean): NextLook {
    if (this.consumed.offset === 0) {
      return this.readHead(file);
    }
    if (this.newest?.isShown !== true) {
      this.beginPreview(file);
    } else if (hasChanged && !this.newest.follow(file, this.size)) {
      return 'now';
    }
    if (this.isStopped) {
      this.tell('stopped');
      return 'onChange';
    }
    return this.newest?.isBefore(this.consumed.offset + this.windowBytes) === true
      ? this.readPreviewed(file, this.newest.takeBack())
      : this.read(file);
  }

  private beginPreview(file: OpenFile): boolean {
    const { preview: bounds, sink, formats } = this.options;
    const { offset } = this.consumed;
    const mayBegin =
      bounds !== undefined &&
      offset > 0 &&
      (this.isStopped || this.size - offset > bounds.fromBytes) &&
      this.encoding === 'utf8' &&
      this.refusal === undefined &&
      this.gate.isOpen &&
      !this.parser.isDocument;
    if (!mayBegin) {
      return false;
    }
    const { file: path, context } = this;
    this.newest ??= new NewestFirst({ file: path, sink, formats, context, bounds });
    return this.newest.begin(file, offset, this.size);
  }

  /** Reading has come to what was shown up to `end`: it is read in the same turn. */
  private readPreviewed(file: OpenFile, end: number): NextLook {
    for (;;) {
      const { offset } = this.consumed;
      const { windowBytes } = this;
      const next = this.read(file);
      // a file that is cut right now gives nothing any more: the next look sees that
      const hasMoved = this.consumed.offset > offset || this.windowBytes > windowBytes;
      if (next !== 'now' || this.consumed.offset >= end || !hasMoved) {
        return next;
      }
    }
  }

  private lookIntoPacked(file: OpenFile, stamp: FileStamp, container: Container): NextLook {
    if (this.isStopped) {
      this.tell('stopped');
      return 'onChange';
    }
    if (this.refusal !== undefined || this.packed?.container !== container) {
      this.restart();
      const { file: path, options } = this;
      const isClaimed = (value: unknown): boolean => this.isClaimed(value);
      const target = (): string => options.targetOf(path);
      this.packed = new PackedFile({ ...options, file: path, target, container, isClaimed });
    }
    const state = this.packed.look({
      file,
      stamp,
      modifiedTime: this.context.fileModifiedTime,
      quietForMs: this.options.final ? Infinity : performance.now() - this.changedAt,
    });
    switch (state.state) {
      case 'refused':
        return this.refuse(state.message, this.size);
      case 'waits':
        this.tell('live', state.message);
        return { inMs: Math.max(1, Math.ceil(state.inMs)) };
      case 'reading':
        this.tell('reading');
        return 'now';
      case 'read': {
        const nothing = state.isLog ? undefined : noKnownRecord;
        this.tell(state.isLog ? 'live' : 'notALog', state.message ?? nothing);
        return 'onChange';
      }
    }
  }

  private leavePacked(): void {
    this.packed?.leave();
    this.packed = undefined;
  }

  private remember(stat: BigIntStats): FileStamp {
    const before = this.seen;
    const seen = stampOf(stat);
    const mtimeMs = Number(seen.mtimeNs / 1000n) / 1000;
    if (before === undefined) {
      this.changedAt = performance.now() - Math.max(0, Date.now() - mtimeMs);
    } else if (before.size !== seen.size || before.mtimeNs !== seen.mtimeNs) {
      this.changedAt = performance.now();
    }
    this.context.fileModifiedTime = mtimeMs;
    this.size = seen.size;
    this.seen = seen;
    return seen;
  }

  /** The same size but touched: somebody may have edited what was taken. A grown file is judged by its two ends. */
  private needsComparing(before: FileStamp, seen: FileStamp): boolean {
    const { offset } = this.consumed;
    const isDoubtful = !isSameStamp(before, seen) || (before.isRacy && offset <= cheapBytes);
    return offset > 0 && before.size === seen.size && isDoubtful;
  }

  /** What was taken is not there any more. A document that is just being written again is kept until it is whole. */
  private rewritten(file: OpenFile): NextLook {
    if (this.parser.isDocument && !this.options.final) {
      this.keptSince ??= performance.now();
      const hasPatience = performance.now() - this.keptSince < rewritePatienceMs;
      if (hasPatience && !this.holdsWholeDocument(file)) {
        this.tell('live', 'The file is being written again; shown as it was before.');
        return 'onChange';
      }
    }
    this.restart();
    return 'now';
  }

  private holdsWholeDocument(file: OpenFile): boolean {
    if (this.size > this.options.maxRecordBytes) {
      return true;
    }
    const bytes = this.options.window.take(this.size);
    const count = file.read(bytes, this.size, 0);
    const start = skipBlank(bytes, 0, count);
    const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, count);
    return start < count && scanned.kind !== 'open';
  }

  private restart(): void {
    this.leavePacked();
    if (this.consumed.offset > 0 || this.refusal !== undefined) {
      this.options.sink.reset(this.file);
      this.status.forget();
    }
    this.newest = undefined;
    this.isStopped = false;
    this.consumed = new ConsumedBytes();
    this.openGate = undefined;
    this.openParser = undefined;
    this.encoding = undefined;
    this.windowBytes = this.baseWindowBytes;
    this.isComparing = false;
    this.keptSince = undefined;
    this.refusal = undefined;
  }

  private read(file: OpenFile): NextLook {
    const { offset } = this.consumed;
    if (!this.gate.isOpen && offset > giveUpBytes) {
      this.tell('notALog', 'No record of a known format at its beginning.');
      return 'onChange';
    }
    const available = this.size - offset;
    const ahead = this.readAhead(available);
    if (ahead !== undefined) {
      this.windowBytes = this.baseWindowBytes;
      const end = this.endOfWindow(ahead.bytes.length, available);
      this.parse(file, ahead.bytes, end, ahead);
      return this.next(end, false);
    }
    const wanted = Math.min(available, this.nextWindowBytes(available));
    const buffer = this.options.window.take(wanted);
    const count = file.read(buffer, wanted, offset);
    const bytes = buffer.subarray(0, count);
    if (offset === 0) {
      const sniffed = sniff(bytes);
      if (!sniffed.isText) {
        return this.refuse(sniffed.message, this.size);
      }
      if (this.refusal !== undefined) {
        this.restart();
      }
      this.encoding = sniffed.encoding;
    }
    const end = this.endOfWindow(count, available);
    const takenBytes = this.parse(file, bytes, end);
    const isStuck = takenBytes === 0 && end === 'more';
    this.windowBytes = isStuck
      ? Math.min(this.windowBytes * 4, this.windowLimit)
      : this.baseWindowBytes;
    return this.next(end, count < wanted);
  }

  /** The next lines, when another thread has read them already. */
  private readAhead(available: number): WindowAhead | undefined {
    const { file, seen, options, encoding } = this;
    const { offset } = this.consumed;
    return seen === undefined || encoding !== 'utf8' || offset === 0
      ? undefined
      : options.ahead?.read({
          file,
          target: options.targetOf(file),
          offset,
          available,
          stamp: seen,
        });
  }

  private nextWindowBytes(available: number): number {
    const { preview } = this.options;
    const isHead = this.consumed.offset === 0 && this.windowBytes === this.baseWindowBytes;
    return isHead && preview !== undefined && available > preview.fromBytes
      ? Math.min(this.windowBytes, preview.headBytes)
      : this.windowBytes;
  }

  private get baseWindowBytes(): number {
    return this.options.windowBytes ?? baseWindowBytes;
  }

  private get windowLimit(): number {
    // A record of the allowed length and its CR LF.
    return Math.max(this.baseWindowBytes, this.options.maxRecordBytes + 2);
  }

  private endOfWindow(count: number, available: number): WindowEnd {
    if (count >= this.windowLimit) {
      return 'limit';
    }
    if (count < available) {
      return 'more';
    }
    if (this.options.final) {
      return 'final';
    }
    return performance.now() - this.changedAt >= quietMs ? 'quiet' : 'yet';
  }

  /** Returns how many bytes of the file were taken. */
  private parse(file: OpenFile, bytes: Buffer, end: WindowEnd, ahead?: WindowAhead): number {
    const { offset } = this.consumed;
    const window = decodeWindow(bytes, offset, this.encoding ?? 'utf8', ahead?.scanned);
    this.view = { bytes, offset, file };
    const taken = this.parser.parse(window, end);
    this.gate.flush();
    const takenBytes = window.offsetOf(taken) - offset;
    const checksum = takenBytes === bytes.length ? ahead?.checksum : undefined;
    this.consumed.add(bytes.subarray(0, takenBytes), checksum);
    return takenBytes;
  }

  private next(end: WindowEnd, wasShorter: boolean): NextLook {
    if (end === 'more' || end === 'limit' || wasShorter) {
      this.tell('reading');
      return 'now';
    }
    this.isStopped = false;
    if (this.gate.isOpen || this.size === 0) {
      this.tell('live');
    } else {
      this.tell('notALog', noKnownRecord);
    }
    const isPending = this.size > this.consumed.offset;
    if (end !== 'yet' || !isPending) {
      return 'onChange';
    }
    return { inMs: Math.max(1, Math.ceil(this.changedAt + quietMs - performance.now())) };
  }

  private tell(state: FileReadStatus['state'], message?: string): void {
    const { recordBytes, skippedBytes } = this.gate;
    const heldBack = this.consumed.offset - (this.parser.pendingFrom ?? this.consumed.offset);
    const isKept = this.keptSince !== undefined;
    const isRefused = this.refusal !== undefined || !this.gate.isOpen;
    const said = recordBytes + skippedBytes + heldBack;
    this.status.tell({
      state,
      message,
      sizeBytes: this.size,
      blankBytes: isRefused || isKept ? 0 : this.consumed.offset - said,
      pendingBytes: isKept
        ? this.size
        : this.packed !== undefined
          ? this.packed.pendingBytes
          : isRefused
            ? 0
            : this.size - this.consumed.offset - (this.newest?.givenBytes ?? 0) + heldBack,
    });
  }

  private isClaimed(value: unknown): boolean {
    return this.options.formats.some(
      format => format.container === 'json' && format.matches(value, this.context),
    );
  }

  private createGate(): RecordGate {
    return new RecordGate({
      file: this.file,
      sink: this.options.sink,
      isOpen: hasLogName(this.context.fileName),
      isClaimed: value => this.isClaimed(value),
      bytesOf: range => this.bytesOf(range),
      fileModifiedTime: () => this.context.fileModifiedTime,
    });
  }

  private createParser(): RecordParser {
    const { formats, maxRecordBytes } = this.options;
    return new RecordParser({ formats, context: this.context, sink: this.gate, maxRecordBytes });
  }

  /** The bytes of a record in UTF-8. A text record that goes on may begin before the window: then it is read again. */
  private bytesOf(range: ParsedRange): Uint8Array {
    if (this.view === undefined) {
      return new Uint8Array();
    }
    const start = range.offset - this.view.offset;
    let bytes = this.view.bytes.subarray(Math.max(0, start), Math.max(0, start) + range.length);
    if (start < 0) {
      const again = Buffer.alloc(range.length);
      bytes = again.subarray(0, this.view.file.read(again, range.length, range.offset));
    }
    return decodeWindow(bytes, range.offset, this.encoding ?? 'utf8').bytes;
  }
}
