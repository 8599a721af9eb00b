import type { Skipped, SourceRef } from '../model/source';
import type { ScannedLines } from './scan/ahead/scanAhead';

/** One record as it was read: whole, decoded, not yet understood. */
export interface ParsedRecord {
  readonly source: SourceRef;
  readonly container: 'json' | 'text';
  /** The JSON value, or the text of a text record (lines joined by "\n", ANSI removed). */
  readonly value: unknown;
  /** Id of the text format whose framer put the lines together. */
  readonly textFormat?: string | undefined;
  /** The record's bytes on disk, transcoded to UTF-8 when the file is UTF-16; valid only during the call. */
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly fileModifiedTime?: number | undefined;
  /** The record at this offset was given before and has grown (a text record whose next line has come). */
  readonly replaces?: boolean | undefined;
  /** Of the end of a file, before what stands in front of it was read: it will be given again. See `dropPreview`. */
  readonly isPreview?: boolean | undefined;
}

export interface FileReadStatus {
  /** `stopped`: somebody said that the rest of it is not to be read. */
  readonly state: 'live' | 'reading' | 'stopped' | 'notALog' | 'unreadable' | 'gone';
  readonly message?: string | undefined;
  readonly sizeBytes: number;
  readonly blankBytes: number;
  readonly pendingBytes: number;
}

/** Some of the bytes of a file, as they are there. Another object means other bytes. */
export interface LineWindow {
  readonly bytes: Buffer;
  /** Of the first of the bytes in the file. */
  readonly offset: number;
  /** After the last line feed of the bytes. */
  readonly end: number;
  /** What was found in these bytes before they were taken; then they are whole lines. */
  readonly scanned?: ScannedLines | undefined;
}

/** Lines that may be taken without being parsed. */
export interface LinesAhead {
  readonly file: string;
  readonly entry: string | undefined;
  readonly window: LineWindow;
  /** Position of the first of them in the window. */
  readonly from: number;
  /** Number of that line in the file. */
  readonly line: number;
}

/** Lines that need not be parsed any more. */
export interface TakenLines {
  /** Position in the window after the last of them. */
  readonly end: number;
  /** How many, blank ones among them. */
  readonly lines: number;
  readonly recordBytes: number;
}

/**
 * Where the reading side puts what it finds. Every byte of a file is given exactly once as a record or as skipped, or is
 * counted as blank or pending in its status; of a file that is unpacked that holds for each of its entries, and its status counts
 * packed bytes. Calls of one file or entry come in its order; only the records of a preview come before those in front of them.
 */
export interface RecordSink {
  record(record: ParsedRecord): void;
  skipped(range: Skipped): void;
  /**
   * Takes as many lines as it can read without having them parsed. What it takes is the same as if each of them had been given
   * as a record. undefined: none.
   */
  takeLines?(ahead: LinesAhead): TakenLines | undefined;
  /**
   * The file, or the entry of it, was truncated, replaced, rewritten or is gone: forget all that was said of it. The entries of
   * an archive are reset one by one.
   */
  reset(file: string, entry?: string): void;
  /**
   * Forget the preview of the file. When its bytes have their turn they are given in the same turn of the thread, so that nobody
   * sees a record twice or not at all.
   */
  dropPreview(file: string): void;
  status(file: string, status: FileReadStatus): void;
}
