import type { LogFormat } from '../../../formats/format';
import type { RecordSink } from '../../recordSink';
import { giveUpBytes } from '../bounds';
import { lineFeed } from '../byteRanges';
import { decodeWindow, type Encoding } from '../encoding';
import { baseNameOf, hasLogName } from '../logNames';
import { RecordGate } from '../recordGate';
import { RecordParser } from '../recordParser';
import { sniff } from '../sniff';
import { endOfWindow, isStuck, largerWindow, usualWindow } from '../windowSize';
import { zlib } from '../../builtins';

export interface EntryReaderOptions {
  readonly file: string;
  readonly entry: string;
  readonly bytes: Buffer;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  readonly maxRecordBytes: number;
  /** Of the archive, epoch ms. */
  readonly fileModifiedTime: number;
}

/** Reads an unpacked entry, window after window, as `FileTail` reads a file that nobody writes to. */
export class EntryReader {
  private offset = 0;
  private windowBytes: number;
  private readonly encoding: Encoding | undefined;
  private readonly gate: RecordGate;
  private readonly parser: RecordParser;
  private readonly context: { readonly fileName: string; fileModifiedTime: number };
  private bytes: Buffer;
  /** Of the bytes that were read, when lines may be added to them. */
  private checksum: number | undefined;

  constructor(private readonly options: EntryReaderOptions) {
    const { file, entry, bytes, sink, formats, maxRecordBytes, fileModifiedTime } = options;
    const fileName = baseNameOf({ file, entry });
    const context = { fileName, fileModifiedTime };
    this.context = context;
    this.bytes = bytes;
    this.windowBytes = usualWindow(options);
    const isOpen = hasLogName(fileName);
    this.gate = new RecordGate({
      file,
      entry,
      sink,
      isOpen,
      isClaimed: value =>
        formats.some(format => format.container === 'json' && format.matches(value, context)),
      bytesOf: ({ offset, length }) =>
        decodeWindow(this.bytes.subarray(offset, offset + length), offset, this.encoding ?? 'utf8')
          .bytes,
      fileModifiedTime: () => context.fileModifiedTime,
    });
    this.parser = new RecordParser({ formats, context, sink: this.gate, maxRecordBytes });
    const sniffed = sniff(bytes);
    if (sniffed.isText) {
      this.encoding = sniffed.encoding;
    } else if (isOpen && bytes.length > 0) {
      const { length } = bytes;
      sink.skipped({ file, entry, offset: 0, length, line: 1, reason: sniffed.message });
    }
  }

  /** Whether it has records of a known format, or the name of a log. */
  get isLog(): boolean {
    return this.gate.isOpen && this.encoding !== undefined;
  }

  /** Reads one window; false when there is nothing more to read. */
  step(): boolean {
    const { bytes, options } = this;
    if (this.encoding === undefined || (!this.gate.isOpen && this.offset > giveUpBytes)) {
      return false;
    }
    const available = bytes.length - this.offset;
    const wanted = Math.min(available, this.windowBytes);
    const end = endOfWindow(wanted, available, options, 'final');
    const part = bytes.subarray(this.offset, this.offset + wanted);
    const window = decodeWindow(part, this.offset, this.encoding);
    const taken = this.parser.parse(window, end);
    this.gate.flush();
    this.windowBytes = isStuck(taken, end)
      ? largerWindow(this.windowBytes, options)
      : usualWindow(options);
    this.offset = window.offsetOf(taken);
    return end !== 'final';
  }

  /** Holds no bytes any more. */
  end(): void {
    const { bytes, offset, parser, encoding } = this;
    const hasOnlyLines = bytes.at(-1) === lineFeed && !parser.isDocument && encoding === 'utf8';
    this.checksum = hasOnlyLines && offset === bytes.length ? zlib().crc32(bytes) : undefined;
    this.bytes = Buffer.alloc(0);
  }

  /** Goes on behind what was read, when that is how these bytes begin; else false, and nothing is done. */
  goOn(bytes: Buffer, fileModifiedTime: number): boolean {
    const isSame =
      this.checksum !== undefined &&
      bytes.length >= this.offset &&
      zlib().crc32(bytes.subarray(0, this.offset)) === this.checksum;
    if (isSame) {
      this.bytes = bytes;
      this.context.fileModifiedTime = fileModifiedTime;
    }
    return isSame;
  }
}
