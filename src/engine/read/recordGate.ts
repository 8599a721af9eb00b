import type { LinesAhead, RecordSink, TakenLines } from '../recordSink';
import type { ParsedItem, ParsedRange, ParserSink } from './recordWriter';
import { unknownLine } from './recordParser';

/** Unknown lines in a row that are told one by one; those after them are told as one range. */
const maxLinesInRow = 100;

export interface RecordGateOptions {
  readonly file: string;
  /** See `SourceRef.entry`. */
  readonly entry?: string | undefined;
  readonly sink: RecordSink;
  /** Whether unknown lines are worth a word before anything known was found. */
  readonly isOpen: boolean;
  isClaimed(value: unknown): boolean;
  /** Original bytes of a range. */
  bytesOf(range: ParsedRange): Uint8Array;
  fileModifiedTime(): number;
}

export interface GateState {
  readonly recordBytes: number;
  readonly skippedBytes: number;
  readonly linesInRow: number;
  readonly lastItemLength: number;
}

/**
 * Stands between the parser of a file and the sink. As long as a file that is not named like a log has no record of a
 * known format, nothing is told of it: a README in a log folder is not a list of broken lines.
 */
export class RecordGate implements ParserSink {
  recordBytes = 0;
  skippedBytes = 0;
  isOpen: boolean;
  private readonly held: { range: ParsedRange; reason: string }[] = [];
  private linesInRow = 0;
  private row: { range: ParsedRange; lines: number } | undefined;
  private lastItemLength = 0;

  constructor(private readonly options: RecordGateOptions) {
    this.isOpen = options.isOpen;
  }

  /** undefined: nothing is told of the file yet. */
  save(): GateState | undefined {
    const { recordBytes, skippedBytes, linesInRow, lastItemLength } = this;
    return this.isOpen ? { recordBytes, skippedBytes, linesInRow, lastItemLength } : undefined;
  }

  restore({ recordBytes, skippedBytes, linesInRow, lastItemLength }: GateState): void {
    this.isOpen = true;
    this.recordBytes = recordBytes;
    this.skippedBytes = skippedBytes;
    this.linesInRow = linesInRow;
    this.lastItemLength = lastItemLength;
  }

  /** Whether nothing was told of the file yet. */
  get isSilent(): boolean {
    return !this.isOpen || (this.recordBytes === 0 && this.skippedBytes === 0);
  }

  item(item: ParsedItem): void {
    const isKnown = this.isOpen || item.container === 'text' || this.options.isClaimed(item.value);
    if (!isKnown) {
      this.skipped(item, 'no format knows this JSON value');
      return;
    }
    this.open();
    this.endRow();
    this.recordBytes += item.length - (item.replaces ? this.lastItemLength : 0);
    this.lastItemLength = item.length;
    const { offset, length, line, container, value, textFormat, replaces } = item;
    this.options.sink.record({
      source: { file: this.options.file, entry: this.options.entry, offset, length, line },
      container,
      value,
      textFormat,
      bytes: this.options.bytesOf(item),
      fileModifiedTime: this.options.fileModifiedTime(),
      replaces,
    });
  }

  takeLines(ahead: Omit<LinesAhead, 'file' | 'entry'>): TakenLines | undefined {
    if (!this.isOpen) {
      return undefined;
    }
    const { file, entry, sink } = this.options;
    const { window, from, line } = ahead;
    const taken = sink.takeLines?.({ file, entry, window, from, line });
    if (taken !== undefined && taken.recordBytes > 0) {
      this.endRow();
      this.recordBytes += taken.recordBytes;
    }
    return taken;
  }

  skipped(range: ParsedRange, reason: string): void {
    if (reason !== unknownLine) {
      this.endRow();
      this.tell(range, reason);
      return;
    }
    this.linesInRow++;
    if (this.linesInRow <= maxLinesInRow) {
      this.tell(range, reason);
      return;
    }
    const first = this.row?.range ?? range;
    const length = range.offset + range.length - first.offset;
    this.row = { range: { ...first, length }, lines: (this.row?.lines ?? 0) + 1 };
  }

  /** Tells what was gathered of a long row of unknown lines. */
  flush(): void {
    if (this.row !== undefined) {
      const { range, lines } = this.row;
      this.row = undefined;
      this.tell(range, lines === 1 ? unknownLine : `no format knows these ${lines} lines`);
    }
  }

  private endRow(): void {
    this.flush();
    this.linesInRow = 0;
  }

  private open(): void {
    if (this.isOpen) {
      return;
    }
    this.flush();
    this.isOpen = true;
    this.skippedBytes = 0;
    for (const { range, reason } of this.held.splice(0)) {
      this.tell(range, reason);
    }
  }

  private tell(range: ParsedRange, reason: string): void {
    this.skippedBytes += range.length;
    if (!this.isOpen) {
      this.hold(range, reason);
      return;
    }
    const { offset, length, line } = range;
    const { file, entry } = this.options;
    this.options.sink.skipped({ file, entry, offset, length, line, reason });
  }

  private hold(range: ParsedRange, reason: string): void {
    const last = this.held.at(-1);
    if (last === undefined || this.held.length <= maxLinesInRow) {
      this.held.push({ range, reason });
      return;
    }
    const length = range.offset + range.length - last.range.offset;
    last.range = { ...last.range, length };
    last.reason = 'no format knows these lines';
  }
}
