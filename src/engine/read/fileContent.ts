import type { WindowAhead } from '../scan/ahead/scanAhead';
import { giveUpBytes, quietMs } from './bounds';
import { lineFeed } from './byteRanges';
import { ConsumedBytes } from './consumed';
import { decodeWindow, type Encoding } from './encoding';
import type { OpenFile } from './fileAccess';
import type { FileStamp } from './fileStamp';
import type { FileTailOptions } from './fileTailOptions';
import type { WindowEnd } from './line';
import { hasLogName } from './logNames';
import { RecordGate } from './recordGate';
import { RecordParser } from './recordParser';
import type { ParsedRange } from './recordWriter';
import type { SavedTail } from './savedTail';
import type { ContentAtRest } from './restingFiles';
import { needsComparing } from './seenFile';
import { sniff } from './sniff';
import { endOfWindow, isStuck, largerWindow, usualWindow } from './windowSize';

/** Whose content it is. */
export interface ContentPlace {
  /** Absolute path, as the sink is told it. */
  readonly file: string;
  readonly context: { readonly fileName: string; readonly fileModifiedTime: number };
}

/** The file as it is while it is read. */
export interface ContentLook {
  readonly file: OpenFile;
  readonly stamp: FileStamp;
  /** Since something was written to it. Milliseconds. */
  readonly quietForMs: number;
}

/** What is compared, and what tells whether it must be. */
export interface ContentCheck {
  readonly file: OpenFile;
  readonly now: FileStamp;
  readonly before: FileStamp | undefined;
  /** Since `before`, by this process. */
  readonly wasWatched: boolean;
}

/** Of those that another thread has read. */
const windowsOfLook = 8;

const answers = { same: 'yes', more: 'perhaps', different: 'no' } as const;

/** What came of reading a window. `refused`: it is no text, or of an encoding that is not read. */
export type ContentRead =
  | { readonly kind: 'read'; readonly end: WindowEnd; readonly wasShorter: boolean }
  | { readonly kind: 'noLog' }
  | { readonly kind: 'refused'; readonly message: string };

/** What was taken of the bytes of a file, from its beginning on, and whoever makes records of them. Another content is another object. */
export class FileContent {
  private taken = new ConsumedBytes();
  private encoding: Encoding | undefined;
  private nextBytes: number;
  private isComparing = false;
  /** Made when they are needed: ten thousand files are listed long before the last of them is read. */
  private openGate: RecordGate | undefined;
  private openParser: RecordParser | undefined;
  private view:
    | { readonly bytes: Buffer; readonly offset: number; readonly file: OpenFile }
    | undefined;

  constructor(
    private readonly place: ContentPlace,
    private readonly options: FileTailOptions,
  ) {
    this.nextBytes = usualWindow(options);
  }

  get consumed(): ConsumedBytes {
    return this.taken;
  }

  get gate(): RecordGate {
    return (this.openGate ??= this.createGate());
  }

  get isDocument(): boolean {
    return this.parser.isDocument;
  }

  /** Bytes that were taken and not said yet: of a record that is being passed over. */
  get heldBackBytes(): number {
    const { offset } = this.taken;
    return offset - (this.parser.pendingFrom ?? offset);
  }

  /** Bytes that were told as records or as skipped, or are held back. */
  get saidBytes(): number {
    return this.gate.recordBytes + this.gate.skippedBytes + this.heldBackBytes;
  }

  /** Whether lines further on in the file can be told without those before them. */
  get isOfLines(): boolean {
    return this.encoding === 'utf8' && this.gate.isOpen && !this.parser.isDocument;
  }

  /** Size of the window that comes next: larger when something did not fit into the last one. */
  get windowBytes(): number {
    return this.nextBytes;
  }

  /** undefined: it must be read anew by whoever wants to go on. */
  save(): Pick<SavedTail, 'consumed' | 'gate' | 'line'> | undefined {
    const known = this.rest();
    return known === undefined || known === 'silent' || known.isDocument ? undefined : known;
  }

  restore({ consumed, gate, line }: Pick<SavedTail, 'consumed' | 'gate' | 'line'>): void {
    this.taken = ConsumedBytes.of(consumed);
    this.encoding = 'utf8';
    this.gate.restore(gate);
    this.parser.restore(line);
  }

  /** What it takes to go on later. `silent`: nothing was told, all of it may be read again. undefined: something is unfinished. */
  rest(): ContentAtRest | 'silent' | undefined {
    if (this.openGate === undefined || this.gate.isSilent) {
      return this.isComparing || this.heldBackBytes > 0 ? undefined : 'silent';
    }
    const line = this.parser.rest();
    const gate = this.gate.save();
    const consumed = this.isComparing || this.encoding !== 'utf8' ? undefined : this.taken.save();
    return consumed && gate && line !== undefined
      ? { consumed, gate, line, isDocument: this.isDocument }
      : undefined;
  }

  /** Goes on from there. */
  wake(content: ContentAtRest): void {
    this.restore(content);
    this.parser.isDocument = content.isDocument;
  }

  /** Whether what was taken still is there. Compares all of it where times make that doubtful, some in each call: `perhaps`. */
  isThere({ file, now, before, wasWatched }: ContentCheck): 'yes' | 'perhaps' | 'no' {
    const { taken, options } = this;
    if (now.size < taken.offset || !taken.hasSameEnds(file, options.window)) {
      return 'no';
    }
    if (needsComparing(before, now, taken.offset, wasWatched)) {
      this.isComparing = true;
      taken.compareAgain();
    }
    if (!this.isComparing) {
      return 'yes';
    }
    const compared = taken.compareAll(file, options.window);
    this.isComparing = compared === 'more';
    return answers[compared];
  }

  /** Whether it is text that can be read; to be asked again of what was refused. */
  isText({ file, stamp }: ContentLook): boolean {
    const wanted = Math.min(stamp.size, this.nextBytes);
    const buffer = this.options.window.take(wanted);
    return sniff(buffer.subarray(0, file.read(buffer, wanted, 0))).isText;
  }

  /** Reads a window and takes the whole records in it. */
  read(look: ContentLook): ContentRead {
    const { offset } = this.taken;
    if (!this.gate.isOpen && offset > giveUpBytes) {
      return { kind: 'noLog' };
    }
    const { file, stamp } = look;
    const available = stamp.size - offset;
    const ahead = this.readAhead(stamp);
    if (ahead !== undefined) {
      return this.takeAhead(ahead, look);
    }
    const wanted = Math.min(available, this.nextBytes);
    const buffer = this.options.window.take(wanted);
    const count = file.read(buffer, wanted, offset);
    let bytes = buffer.subarray(0, count);
    if (offset === 0) {
      const sniffed = sniff(bytes);
      if (!sniffed.isText) {
        return { kind: 'refused', message: sniffed.message };
      }
      this.encoding = sniffed.encoding;
      bytes = this.headOf(bytes, available);
    }
    const end = this.endOfWindow(bytes.length, available, look);
    const takenBytes = this.parse(file, bytes, end);
    this.nextBytes = isStuck(takenBytes, end)
      ? largerWindow(this.nextBytes, this.options)
      : usualWindow(this.options);
    return { kind: 'read', end, wasShorter: count < wanted };
  }

  /** Takes what another thread has read, and some windows of what follows: to look at the file for each would cost half as much as to take it. */
  private takeAhead(first: WindowAhead, look: ContentLook): ContentRead {
    this.nextBytes = usualWindow(this.options);
    let ahead: WindowAhead | undefined = first;
    let end: WindowEnd = 'more';
    for (let windows = 1; ahead !== undefined; windows++) {
      const bytes: Buffer = ahead.bytes;
      end = this.endOfWindow(bytes.length, look.stamp.size - this.taken.offset, look);
      const isTaken: boolean = this.parse(look.file, bytes, end, ahead) === bytes.length;
      ahead = isTaken && windows < windowsOfLook ? this.readAhead(look.stamp) : undefined;
    }
    return { kind: 'read', end, wasShorter: false };
  }

  /** The open file is closed. */
  leaveFile(): void {
    this.view = undefined;
  }

  /** Whether a format claims a value as a record of this file. */
  isClaimed(value: unknown): boolean {
    return this.options.formats.some(
      format => format.container === 'json' && format.matches(value, this.place.context),
    );
  }

  private get parser(): RecordParser {
    return (this.openParser ??= this.createParser());
  }

  /** The next lines, when another thread has read them already. */
  private readAhead(stamp: FileStamp): WindowAhead | undefined {
    const { options, encoding, place } = this;
    const { file } = place;
    const { offset } = this.taken;
    if (options.ahead === undefined || encoding !== 'utf8' || offset === 0) {
      return undefined;
    }
    const available = stamp.size - offset;
    return options.ahead.read({ file, target: options.targetOf(file), offset, available, stamp });
  }

  /** What of the first window is read before the end is shown: a few whole lines. */
  private headOf(bytes: Buffer, available: number): Buffer {
    const { preview } = this.options;
    if (preview === undefined || available <= preview.fromBytes) {
      return bytes;
    }
    const lineEnd = bytes.indexOf(lineFeed, preview.headBytes);
    return lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd + 1);
  }

  private endOfWindow(count: number, available: number, { quietForMs }: ContentLook): WindowEnd {
    const { options } = this;
    const atEnd = options.final ? 'final' : quietForMs >= quietMs ? 'quiet' : 'yet';
    return endOfWindow(count, available, options, atEnd);
  }

  /** Returns how many bytes of the file were taken. */
  private parse(file: OpenFile, bytes: Buffer, end: WindowEnd, ahead?: WindowAhead): number {
    const { offset } = this.taken;
    const window = decodeWindow(bytes, offset, this.encoding ?? 'utf8', ahead?.scanned);
    this.view = { bytes, offset, file };
    const parsed = this.parser.parse(window, end);
    this.gate.flush();
    const takenBytes = window.offsetOf(parsed) - offset;
    // the files of a command that ends are not looked at again
    this.taken.add(bytes.subarray(0, takenBytes), ahead === undefined);
    return takenBytes;
  }

  private createGate(): RecordGate {
    const { file, context } = this.place;
    return new RecordGate({
      file,
      sink: this.options.sink,
      isOpen: hasLogName(context.fileName),
      isClaimed: value => this.isClaimed(value),
      bytesOf: range => this.bytesOf(range),
      fileModifiedTime: () => context.fileModifiedTime,
    });
  }

  private createParser(): RecordParser {
    const { formats, maxRecordBytes } = this.options;
    const { context } = this.place;
    return new RecordParser({ formats, context, sink: this.gate, maxRecordBytes });
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
