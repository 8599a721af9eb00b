import type { FileReadStatus, ParsedRecord, RecordSink } from '../../../src/engine/recordSink';
import { placeOf, type Skipped } from '../../../src/model/source';

export interface BelievedRecord {
  readonly offset: number;
  readonly length: number;
  readonly line: number | undefined;
  readonly value: unknown;
  readonly textFormat: string | undefined;
  readonly bytes: string;
}

export interface BelievedFile {
  /** Of the end of the file, given before the rest. */
  readonly preview: Map<number, BelievedRecord>;
  readonly records: Map<number, BelievedRecord>;
  readonly skipped: Skipped[];
  status: FileReadStatus | undefined;
  resets: number;
}

/** What a sink believes of the disk after everything it was told; strict about what it may be told. */
export class Believed implements RecordSink {
  readonly files = new Map<string, BelievedFile>();

  file(path: string): BelievedFile {
    let file = this.files.get(path);
    if (file === undefined) {
      file = { preview: new Map(), records: new Map(), skipped: [], status: undefined, resets: 0 };
      this.files.set(path, file);
    }
    return file;
  }

  record(record: ParsedRecord): void {
    const { offset, length, line } = record.source;
    const file = this.file(placeOf(record.source.file, record.source.entry));
    if (file.records.has(offset) && record.isPreview) {
      throw new Error(`record at ${offset} shown though it was given`);
    }
    if (file.preview.has(offset)) {
      throw new Error(`record at ${offset} given while it is shown`);
    }
    const records = record.isPreview ? file.preview : file.records;
    if (records.has(offset) !== (record.replaces ?? false)) {
      throw new Error(`record at ${offset} given twice, or replaced before it was given`);
    }
    const bytes = Buffer.from(record.bytes).toString('latin1');
    const { value, textFormat } = record;
    records.set(offset, { offset, length, line, value, textFormat, bytes });
  }

  skipped(range: Skipped): void {
    this.file(placeOf(range.file, range.entry)).skipped.push(range);
  }

  reset(path: string, entry?: string): void {
    const file = this.file(placeOf(path, entry));
    file.records.clear();
    file.preview.clear();
    file.skipped.length = 0;
    file.resets++;
  }

  dropPreview(path: string): void {
    this.file(path).preview.clear();
  }

  status(path: string, status: FileReadStatus): void {
    this.file(path).status = status;
  }

  values(path: string): unknown[] {
    return [...this.file(path).records.values()].map(record => record.value);
  }

  reasons(path: string): string[] {
    return this.file(path).skipped.map(range => range.reason);
  }
}

/**
 * Checks that records, skipped ranges and pending bytes of a file do not overlap, and that the bytes between them are
 * blank: nothing of a file is lost.
 */
export function unaccounted(file: BelievedFile, bytes: Buffer): string[] {
  const faults: string[] = [];
  const ranges = [...file.records.values(), ...file.skipped].sort((a, b) => a.offset - b.offset);
  const blank = /^[\s\0\ufeff[\],]*$/;
  const pending = file.status?.pendingBytes ?? 0;
  const shown = [...file.preview.values()];
  const shownBytes = shown.reduce((sum, { length }) => sum + length, 0);
  const unread = pending + shownBytes;
  let position = 0;
  let said = unread;
  for (const { offset, line, bytes: text } of shown) {
    if (offset < bytes.length - unread || line !== undefined) {
      faults.push(`shown at ${offset}, in line ${line}, where all is read`);
    }
    if (bytes.toString('latin1', offset, offset + text.length) !== text) {
      faults.push(`not on disk as it is shown at ${offset}`);
    }
  }
  for (const range of [...ranges, { offset: bytes.length - unread, length: unread, line: 0 }]) {
    if (range.offset < position) {
      faults.push(`overlap at ${range.offset}`);
    }
    const between = bytes.toString('utf8', position, range.offset);
    if (!blank.test(between)) {
      faults.push(`lost at ${position}: ${JSON.stringify(between.slice(0, 60))}`);
    }
    position = range.offset + range.length;
  }
  for (const range of ranges) {
    said += range.length;
    const line = bytes.subarray(0, range.offset).toString('latin1').split('\n').length;
    if (line !== range.line) {
      faults.push(`line ${range.line} instead of ${line} at ${range.offset}`);
    }
  }
  if (said + (file.status?.blankBytes ?? 0) !== bytes.length) {
    faults.push(`${said} bytes said and ${file.status?.blankBytes} blank of ${bytes.length}`);
  }
  return faults;
}
