import type { FileReader, LogFormat, ReadContext } from '../formats/format';
import { recordChecksum } from './read/readRecord';
import type { LinesAhead, LineWindow, ParsedRecord, TakenLines } from './recordSink';
import { recordId, sha256Of } from './recordWords';
import type { Understood } from './scan/planner';
import type { ScanAhead } from './scan/ahead/scanAhead';
import { QuickReader, type QuickScan } from './scan/quickReader';
import type { SpanStore } from './store/spanStore';

/** Lines of a file that may be tried in vain. */
export const patience = 500;
/** Rows whose ids are looked for in one go. */
const resolvedRows = 128;
/** Of lines alike in what reads them, before it is worth finding out how: in a small log it never is. Bytes. */
const worthBytes = 64 * 1024;

/** What is kept of a file whose lines may be taken. */
export interface QuickFile {
  readonly fileName: string;
  /** Index of the format that read its last record. */
  lastFormat: number | undefined;
  /** Of the formats that remember what a file said before, their readers of this one; there are none in most files. */
  readers: Map<number, FileReader> | undefined;
  /** Lines that were taken without being parsed, less those that had to be, up to `patience`: below zero it is not worth trying. */
  quickLines: number;
}

export interface QuickOptions {
  readonly formats: readonly LogFormat[];
  readonly hashRecords: boolean;
  readonly hasChecksums: boolean;
  /** Scans long files before their lines are taken. */
  readonly ahead?: ScanAhead | undefined;
  /** So much is parsed of lines before they are learnt from. Bytes. */
  readonly learnAfterBytes?: number | undefined;
}

/** A line in a window, see `#scopeOf`. */
interface UnknownLine {
  readonly ahead: LinesAhead;
  readonly from: number;
  readonly scope: number;
}

/** Lines that are read alike if they have the same shape. */
interface Scope {
  readonly number: number;
  /** Of windows with such lines. */
  bytes: number;
}

/** As in a `RecordValues`. */
interface QuickRecord {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly format: number;
  readonly checksum: number;
}

/** Tells whether a format asked for the file of a record. */
class WatchedContext implements ReadContext {
  isAsked = false;
  readonly #fileName: string;
  readonly #fileModifiedTime: number | undefined;

  constructor(fileName: string, fileModifiedTime: number | undefined) {
    this.#fileName = fileName;
    this.#fileModifiedTime = fileModifiedTime;
  }

  get fileName(): string {
    this.isAsked = true;
    return this.#fileName;
  }

  get fileModifiedTime(): number | undefined {
    this.isAsked = true;
    return this.#fileModifiedTime;
  }
}

/** Gives lines that need not be parsed to the store, and learns from those that had to be. */
export class QuickLines {
  readonly #store: SpanStore;
  readonly #options: QuickOptions;
  readonly #quick: QuickReader;
  readonly #scopes = new Map<string, Scope>();
  #lastScope = 0;
  /** The window that was looked at last, and whether its lines are parsed. */
  #window: LineWindow | undefined;
  #isParsed = false;
  /** Of the windows that were looked at. */
  #bytes = 0;
  /** The line whose shape nobody knows, until the parser has read it. */
  #unknown: UnknownLine | undefined;

  constructor(store: SpanStore, options: QuickOptions) {
    this.#store = store;
    this.#options = options;
    this.#quick = new QuickReader(store, options.ahead);
  }

  forgetShapes(): void {
    this.#scopes.clear();
  }

  /** As `RecordSink.takeLines`; `lastFormat` is undefined when no record was taken. */
  take(
    ahead: LinesAhead,
    memory: QuickFile,
  ): (TakenLines & { readonly lastFormat: number | undefined }) | undefined {
    const quick = this.#quick;
    const format = memory.lastFormat;
    if (format === undefined || memory.quickLines < 0 || !isIdle(memory)) {
      return undefined;
    }
    const { window } = ahead;
    if (this.#window === window && this.#isParsed) {
      return undefined;
    }
    const known = this.#scopeOf(memory, format);
    if (this.#window !== window) {
      const { learnAfterBytes = worthBytes } = this.#options;
      this.#window = window;
      this.#expectTexts(ahead);
      this.#isParsed = known.bytes < learnAfterBytes;
      known.bytes += window.end;
      if (this.#isParsed) {
        return undefined;
      }
    }
    const scope = known.number;
    quick.open(window, ahead.from === 0 ? ahead.line : undefined);
    let lastFormat: number | undefined;
    const taken = { end: ahead.from, lines: 0, recordBytes: 0 };
    if (ahead.entry === undefined) {
      this.#options.ahead?.wish(ahead.file, window.offset + window.end, scope);
    }
    for (;;) {
      const line = ahead.line + taken.lines;
      const scan = quick.scan(taken.end, line, scope);
      taken.recordBytes += this.#takeRows(ahead, line, scan);
      if (scan.rows > 0) {
        lastFormat = quick.format(scan.first + scan.rows - 1);
      }
      taken.end = scan.end;
      taken.lines += scan.lines;
      memory.quickLines = Math.min(patience, memory.quickLines + scan.rows);
      if (scan.stop !== 'end' || scan.end >= window.end) {
        memory.quickLines -= scan.stop === 'end' ? 0 : 1;
        this.#unknown = scan.stop === 'unknown' ? { ahead, from: scan.end, scope } : undefined;
        return { ...taken, lastFormat };
      }
    }
  }

  /** The rest of a long file will have as many texts as what was read. */
  #expectTexts({ file, entry, window }: LinesAhead): void {
    const { offset, end } = window;
    this.#bytes += end;
    const { sizeBytes } = this.#store.fileAt({ file, entry }).status;
    const rest = entry === undefined ? Math.max(0, sizeBytes - offset - end) : 0;
    this.#store.strings.expect(1 + rest / this.#bytes);
  }

  /** Returns the bytes of the records. */
  #takeRows(ahead: LinesAhead, line: number, { first, rows }: QuickScan): number {
    const store = this.#store;
    const quick = this.#quick;
    const { window } = ahead;
    const file = store.fileAt(ahead);
    const { batch } = store;
    let recordBytes = 0;
    for (let row = first; row < first + rows; row++) {
      if ((row - first) % resolvedRows === 0) {
        quick.resolve(row, Math.min(resolvedRows, first + rows - row));
      }
      const start = quick.start(row);
      const offset = window.offset + start;
      const length = quick.length(row);
      const lineNumber = line + quick.line(row);
      const format = quick.format(row);
      const checksum = this.#checksumOf(window.bytes, start, length);
      recordBytes += length;
      if (this.#options.hashRecords) {
        this.#applyRow(ahead, row, { offset, length, line: lineNumber, format, checksum });
      } else {
        batch.addRecord(offset, length, lineNumber, format, checksum);
        quick.write(row, file);
        if (batch.isFull) {
          store.addBatch(file);
        }
      }
    }
    store.addBatch(file);
    return recordBytes;
  }

  #checksumOf(bytes: Buffer, start: number, length: number): number {
    return this.#options.hasChecksums ? recordChecksum(bytes.subarray(start, start + length)) : 0;
  }

  /** The same with the hash of the record. */
  #applyRow(
    { file, entry, window }: LinesAhead,
    row: number,
    { offset, length, line, format, checksum }: QuickRecord,
  ): void {
    const start = this.#quick.start(row);
    const bytes = window.bytes.subarray(start, start + length);
    const patch = this.#quick.patch(row);
    this.#store.apply({
      type: 'record',
      record: {
        source: { file, entry, offset, length, line },
        format,
        id: patch && recordId({ spans: [patch] }),
        checksum,
        sha256: sha256Of({ container: 'json', bytes }),
        hasTurn: false,
        sessionId: undefined,
      },
      patches: patch ? [patch] : [],
      audit: undefined,
    });
  }

  /**
   * Records of one shape are read alike in all files in which the same formats are asked, and those ask for a file's name by
   * its letters at most: `app-2026-11-27.jsonl` is as good as `app-2026-11-28.jsonl`.
   */
  #scopeOf({ fileName }: QuickFile, format: number): Scope {
    const key = `${format} ${fileName.replaceAll(/\d/g, '0')}`;
    let scope = this.#scopes.get(key);
    if (scope === undefined) {
      scope = { number: ++this.#lastScope, bytes: 0 };
      this.#scopes.set(key, scope);
    }
    return scope;
  }

  /**
   * The parser has read the line at which the scan stopped: lines like it need not be parsed from now on, perhaps. `candidatesOf`: the
   * formats that are asked for a record of the file, in order.
   */
  learn(
    record: ParsedRecord,
    understood: Understood,
    memory: QuickFile,
    candidatesOf: (value: unknown, context: ReadContext) => readonly number[],
  ): void {
    const line = this.#unknown;
    this.#unknown = undefined;
    const isSame =
      line !== undefined &&
      line.ahead.file === record.source.file &&
      line.ahead.entry === record.source.entry &&
      record.source.offset === line.ahead.window.offset + line.from;
    if (!isSame || record.container !== 'json' || record.replaces === true) {
      return;
    }
    const reader = memory.readers?.get(understood.format);
    if (reader && reader.leavesNoTrace?.(understood.reading) !== true) {
      return;
    }
    const { formats } = this.#options;
    const watched = new WatchedContext(memory.fileName, record.fileModifiedTime);
    const understand = (value: unknown): Understood | undefined => {
      for (const index of candidatesOf(value, watched)) {
        const format = formats[index];
        if (format?.container === 'json' && format.matches(value, watched)) {
          watched.isAsked = false;
          const reading = format.read(value, watched);
          // what is read out of a file's name or time is another thing in each file
          return watched.isAsked ? undefined : { format: index, reading };
        }
      }
      return undefined;
    };
    this.#quick.learn(line, record, understood, understand);
  }
}

/** Whether a record would be read as if it was the first of its file. */
export function isIdle({ readers }: QuickFile): boolean {
  for (const reader of readers?.values() ?? []) {
    if (reader.isIdle?.() !== true) {
      return false;
    }
  }
  return true;
}
