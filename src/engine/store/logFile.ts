import type { Skipped, SourceRef } from '../../model/source';
import type { FileReadStatus } from '../recordSink';
import { Column, type ColumnsState, restoreColumns, saveColumns } from './columns';
import { lowerBound } from './lowerBound';
import type { NumberSet } from './numberSet';
import type { RowBatch } from './rowBatch';
import { RowList, type RowListState } from './rowList';
import { RunningColumn, type RunningState } from './runningColumn';
import type { StringTable } from './stringTable';

/** What is kept of one record. */
export interface KeptRecord {
  readonly source: SourceRef;
  /** Index in the list of formats. */
  readonly format: number;
  /** The record's own id, when it has one. */
  readonly id: string | undefined;
  readonly checksum: number;
  /** Hex. */
  readonly sha256: string | undefined;
  /** Whether it adds to a conversation that is told piece by piece. */
  readonly hasTurn: boolean;
  /** See `Reading.sessionId`. */
  readonly sessionId: string | undefined;
}

/** The same by numbers, without an object for each record: texts by their number in the table of strings, 0 for none. */
export interface RecordValues {
  /** Bytes. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  readonly line: number;
  readonly format: number;
  /** 0 too when it is the id that its first row says: see `SpanStore.recordId`. */
  readonly id: number;
  readonly checksum: number;
  readonly hasTurn: boolean;
  readonly sessionId: number;
}

export interface LogFileState {
  readonly id: number;
  readonly path: string;
  readonly entry: string | undefined;
  readonly name: string;
  readonly status: FileReadStatus;
  readonly rows: RowListState;
  readonly auditRows: readonly number[];
  readonly offsets: RunningState;
  readonly lines: RunningState;
  readonly columns: ColumnsState;
  readonly formatCounts: readonly number[];
  readonly records: number;
  readonly skipped: number;
}

/** What is kept of one file: where its records and skipped ranges lie, and which rows of the patch table are its. */
export class LogFile {
  readonly id: number;
  readonly path: string;
  /** See `SourceRef.entry`: each entry of an archive has a LogFile of its own, beside that of the archive itself. */
  readonly entry: string | undefined;
  /** It holds the records at the end of the file whose beginning is still being read; nothing of them is in the other one. */
  readonly isPreview: boolean;
  /** Name in keys and lists: relative to its source, unique in the store, but for a preview, which is called like its file. */
  readonly name: string;
  status: FileReadStatus = { state: 'reading', sizeBytes: 0, blankBytes: 0, pendingBytes: 0 };

  /** Rows of the patch table in file order. */
  readonly rows = new RowList();
  /** Rows of the audit table in file order. */
  readonly auditRows: number[] = [];
  readonly #strings: StringTable;
  readonly #recordLength = new Column('id');
  readonly #recordOffset = new RunningColumn(index => this.#recordLength.get(index));
  readonly #recordLine = new RunningColumn(() => 0);
  readonly #recordFormat = new Column('id');
  readonly #recordId = new Column('id');
  readonly #recordChecksum = new Column('hash');
  readonly #recordHasTurn = new Column('id');
  readonly #recordSession = new Column('id');
  readonly #skippedOffset = new Column('ascending');
  readonly #skippedLength = new Column('id');
  readonly #skippedLine = new Column('ascending');
  readonly #skippedReason = new Column('id');
  /** Records of each format. */
  readonly #formatCounts: number[] = [];
  readonly #hashes: string[] = [];
  #records = 0;
  #skipped = 0;

  constructor(
    id: number,
    place: {
      readonly path: string;
      readonly entry: string | undefined;
      readonly isPreview: boolean;
    },
    name: string,
    strings: StringTable,
  ) {
    this.id = id;
    this.path = place.path;
    this.entry = place.entry;
    this.isPreview = place.isPreview;
    this.name = name;
    this.#strings = strings;
  }

  save(): LogFileState {
    return {
      id: this.id,
      path: this.path,
      entry: this.entry,
      name: this.name,
      status: this.status,
      rows: this.rows.save(),
      auditRows: this.auditRows,
      offsets: this.#recordOffset.save(),
      lines: this.#recordLine.save(),
      columns: saveColumns(this.#columns()),
      formatCounts: this.#formatCounts,
      records: this.#records,
      skipped: this.#skipped,
    };
  }

  restore(state: LogFileState): void {
    this.status = state.status;
    this.rows.restore(state.rows);
    state.auditRows.forEach(row => this.auditRows.push(row));
    this.#recordOffset.restore(state.offsets);
    this.#recordLine.restore(state.lines);
    restoreColumns(this.#columns(), state.columns);
    state.formatCounts.forEach((count, format) => {
      this.#formatCounts[format] = count;
    });
    this.#records = state.records;
    this.#skipped = state.skipped;
  }

  #columns(): Readonly<Record<string, Column>> {
    return {
      length: this.#recordLength,
      format: this.#recordFormat,
      id: this.#recordId,
      checksum: this.#recordChecksum,
      hasTurn: this.#recordHasTurn,
      session: this.#recordSession,
      skippedOffset: this.#skippedOffset,
      skippedLength: this.#skippedLength,
      skippedLine: this.#skippedLine,
      skippedReason: this.#skippedReason,
    };
  }

  get records(): number {
    return this.#records;
  }

  get skipped(): number {
    return this.#skipped;
  }

  /** Adds a record after those that are there; returns its index. */
  addRecord(record: KeptRecord): number {
    const { source, format, checksum, sha256, hasTurn } = record;
    const { offset, length, line = 0 } = source;
    const id = this.#strings.id(record.id);
    const sessionId = this.#strings.id(record.sessionId);
    const index = this.add({ offset, length, line, format, id, checksum, hasTurn, sessionId });
    if (sha256 !== undefined) {
      this.#hashes[index] = sha256;
    }
    return index;
  }

  /** The same by numbers; the values are read at once. */
  add(values: RecordValues): number {
    const index = this.#records++;
    this.#recordOffset.set(index, values.offset);
    this.#recordLength.set(index, values.length);
    this.#recordLine.set(index, values.line);
    this.#recordFormat.set(index, values.format);
    this.#recordId.set(index, values.id);
    this.#recordChecksum.set(index, values.checksum);
    this.#recordHasTurn.set(index, values.hasTurn ? 1 : 0);
    this.#recordSession.set(index, values.sessionId);
    this.#formatCounts[values.format] = (this.#formatCounts[values.format] ?? 0) + 1;
    return index;
  }

  /** Adds the records of a batch; returns the index of the first of them. */
  append(batch: RowBatch): number {
    const first = this.#records;
    const { records, offset, length, line, format, checksum } = batch;
    this.#records += records;
    for (let at = 0; at < records; at++) {
      const index = first + at;
      this.#recordOffset.set(index, offset[at] ?? 0);
      this.#recordLength.set(index, length[at] ?? 0);
      this.#recordLine.set(index, line[at] ?? 0);
      this.#recordFormat.set(index, format[at] ?? 0);
      this.#recordId.set(index, 0);
      this.#recordChecksum.set(index, checksum[at] ?? 0);
      this.#recordHasTurn.set(index, 0);
      this.#recordSession.set(index, 0);
      const formatOf = format[at] ?? 0;
      this.#formatCounts[formatOf] = (this.#formatCounts[formatOf] ?? 0) + 1;
    }
    return first;
  }

  dropLastRecord(): void {
    this.#records -= 1;
    const format = this.recordFormat(this.#records);
    this.#formatCounts[format] = (this.#formatCounts[format] ?? 0) - 1;
    this.#hashes.length = Math.min(this.#hashes.length, this.#records);
  }

  addSkipped(range: Skipped): void {
    const index = this.#skipped++;
    this.#skippedOffset.set(index, range.offset);
    this.#skippedLength.set(index, range.length);
    this.#skippedLine.set(index, range.line ?? 0);
    this.#skippedReason.set(index, this.#strings.id(range.reason));
  }

  dropLastSkipped(): void {
    this.#skipped -= 1;
  }

  /** Indices of the formats that read its records. */
  get formats(): readonly number[] {
    return this.#formatCounts.flatMap((count, format) => (count > 0 ? format : []));
  }

  recordSource(index: number): SourceRef {
    return {
      file: this.path,
      entry: this.entry,
      offset: this.#recordOffset.get(index),
      length: this.#recordLength.get(index),
      line: this.isPreview ? undefined : this.#recordLine.get(index),
    };
  }

  recordOffset(index: number): number {
    return this.#recordOffset.get(index);
  }

  recordFormat(index: number): number {
    return this.#recordFormat.get(index);
  }

  /** The record's own id, where it is not the one that its first row says. */
  recordOwnId(index: number): string | undefined {
    return this.#strings.text(this.#recordId.get(index));
  }

  /** As `recordChecksum` made it when the record was read; 0 when it did not. */
  recordChecksum(index: number): number {
    return this.#recordChecksum.get(index);
  }

  recordHasTurn(index: number): boolean {
    return this.#recordHasTurn.get(index) !== 0;
  }

  /** Sessions that its records name, with and without spans, by the numbers of their ids. */
  addSessionsTo(sessions: NumberSet): void {
    for (let index = 0; index < this.#records; index++) {
      sessions.add(this.#recordSession.get(index));
    }
  }

  recordHash(index: number): string | undefined {
    return this.#hashes[index];
  }

  skippedRange(index: number): Skipped {
    return {
      file: this.path,
      entry: this.entry,
      offset: this.#skippedOffset.get(index),
      length: this.#skippedLength.get(index),
      line: this.isPreview ? undefined : this.#skippedLine.get(index),
      reason: this.#strings.text(this.#skippedReason.get(index)) ?? '',
    };
  }

  skippedOffset(index: number): number {
    return this.#skippedOffset.get(index);
  }

  /** Index of the record that starts at this byte, or -1. */
  recordAt(offset: number): number {
    const index = lowerBound(this.#records, at => this.#recordOffset.get(at) >= offset);
    return index < this.#records && this.#recordOffset.get(index) === offset ? index : -1;
  }

  /** Index of the last record that starts at or before this line, or -1. */
  recordBeforeLine(line: number): number {
    return lowerBound(this.#records, at => this.#recordLine.get(at) > line) - 1;
  }
}

/** Whether anything in the file was understood, or it is still too early to say. */
export function isLog(file: LogFile): boolean {
  return file.status.state !== 'notALog' && (file.records > 0 || file.skipped === 0);
}
