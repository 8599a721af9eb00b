import type { Skipped, SourceRef } from '../../model/source';
import type { FileReadStatus } from '../recordSink';
import type { FewRecords } from './fewRecords';
import { FileRecords, type FileRecordsState } from './fileRecords';
import type { NumberSet } from './numberSet';
import type { RecordValues } from './recordColumns';
import type { RowBatch } from './rowBatch';
import type { PathTable } from './pathTable';
import { type FileRarities, isEmpty, noRarities } from './fileRarities';
import { isPlainStatus, plainStatus } from './plainStatus';
import { RowList, type RowListState } from './rowList';
import { SkippedRanges, type SkippedState } from './skippedRanges';
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

export interface LogFileState {
  readonly id: number;
  readonly path: string;
  readonly entry: string | undefined;
  readonly name: string;
  readonly status: FileReadStatus;
  readonly rows: RowListState;
  readonly auditRows: readonly number[];
  readonly records: FileRecordsState;
  readonly skipped: SkippedState | undefined;
}

/** What the files of a store keep together. */
export interface SharedTables {
  readonly strings: StringTable;
  readonly paths: PathTable;
  readonly few: FewRecords;
}

const nothing: readonly number[] = [];

/**
 * What is kept of one file: where its records and skipped ranges lie, and which rows of the patch table are its. There may be ten thousand
 * files of one record: what only some have is made when they have it.
 */
export class LogFile {
  readonly id: number;
  /** Number of its path. */
  readonly #path: number;
  /** Its name, or how long that is when its path ends in it, as nearly all do. */
  readonly #name: string | number;
  #sizeBytes = 0;
  #blankBytes = 0;

  /** Rows of the patch table in file order. */
  readonly rows = new RowList();
  readonly #shared: SharedTables;
  readonly #records: FileRecords;
  #rarities: FileRarities | undefined;

  constructor(
    id: number,
    place: {
      readonly path: string;
      readonly entry: string | undefined;
      readonly isPreview: boolean;
    },
    name: string,
    shared: SharedTables,
  ) {
    this.id = id;
    this.#path = shared.paths.id(place.path);
    this.#name = place.entry === undefined && place.path.endsWith(name) ? name.length : name;
    this.#shared = shared;
    this.#records = new FileRecords(shared.few);
    const { entry, isPreview } = place;
    this.#rarities = { ...noRarities, entry, isPreview, status: unread };
  }

  /** See `SourceRef.entry`: each entry of an archive has a LogFile of its own, beside that of the archive itself. */
  get entry(): string | undefined {
    return this.#rarities?.entry;
  }

  /** It holds the records at the end of the file whose beginning is still being read; nothing of them is in the other one. */
  get isPreview(): boolean {
    return this.#rarities?.isPreview === true;
  }

  /** Put together each time it is asked for. */
  get path(): string {
    return this.#shared.paths.path(this.#path);
  }

  hasPathOf(other: LogFile): boolean {
    return this.#path === other.#path;
  }

  /** Name in keys and lists: relative to its source, unique in the store, but for a preview, which is called like its file. */
  get name(): string {
    const { path } = this;
    return typeof this.#name === 'string' ? this.#name : path.slice(path.length - this.#name);
  }

  /** What is left of its path without its name; undefined: its name is something else. */
  get beforeName(): string | undefined {
    const { path } = this;
    return typeof this.#name === 'string' ? undefined : path.slice(0, path.length - this.#name);
  }

  get status(): FileReadStatus {
    return this.#rarities?.status ?? plainStatus(this.#sizeBytes, this.#blankBytes);
  }

  set status(status: FileReadStatus) {
    this.#sizeBytes = status.sizeBytes;
    this.#blankBytes = status.blankBytes;
    if (!isPlainStatus(status)) {
      this.rare().status = status;
    } else if (this.#rarities !== undefined) {
      this.#rarities.status = undefined;
      this.#rarities = isEmpty(this.#rarities) ? undefined : this.#rarities;
    }
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
      records: this.#records.save(),
      skipped: this.#rarities?.skipped?.save(),
    };
  }

  restore(state: LogFileState): void {
    this.status = state.status;
    this.rows.restore(state.rows);
    state.auditRows.forEach(row => this.addAuditRow(row));
    this.#records.restore(state.records);
    if (state.skipped !== undefined) {
      const skipped = new SkippedRanges();
      skipped.restore(state.skipped);
      this.rare().skipped = skipped;
    }
  }

  /** The file is forgotten: others may have its rows. */
  release(): void {
    this.#records.release();
  }

  get records(): number {
    return this.#records.count;
  }

  get skipped(): number {
    return this.#rarities?.skipped?.count ?? 0;
  }

  /** Rows of the audit table in file order. */
  get auditRows(): readonly number[] {
    return this.#rarities?.auditRows ?? nothing;
  }

  addAuditRow(row: number): void {
    const rarities = this.rare();
    rarities.auditRows ??= [];
    rarities.auditRows.push(row);
  }

  dropLastAuditRow(): void {
    this.#rarities?.auditRows?.pop();
  }

  /** Adds a record after those that are there; returns its index. */
  addRecord(record: KeptRecord): number {
    const { source, format, checksum, sha256, hasTurn } = record;
    const { offset, length, line = 0 } = source;
    const { strings } = this.#shared;
    const id = strings.id(record.id);
    const sessionId = strings.id(record.sessionId);
    const index = this.add({ offset, length, line, format, id, checksum, hasTurn, sessionId });
    if (sha256 !== undefined) {
      const rarities = this.rare();
      rarities.hashes ??= [];
      rarities.hashes[index] = sha256;
    }
    return index;
  }

  /** The same by numbers; the values are read at once. */
  add(values: RecordValues): number {
    return this.#records.add(values);
  }

  /** Adds the records of a batch; returns the index of the first of them. */
  append(batch: RowBatch): number {
    return this.#records.append(batch);
  }

  dropLastRecord(): void {
    this.#records.dropLast();
    const hashes = this.#rarities?.hashes;
    if (hashes !== undefined) {
      hashes.length = Math.min(hashes.length, this.records);
    }
  }

  addSkipped({ offset, length, line = 0, reason }: Skipped): void {
    const rarities = this.rare();
    rarities.skipped ??= new SkippedRanges();
    rarities.skipped.add(offset, length, line, this.#shared.strings.id(reason));
  }

  dropLastSkipped(): void {
    this.#rarities?.skipped?.dropLast();
  }

  /** Indices of the formats that read its records. */
  get formats(): readonly number[] {
    return this.#records.formats();
  }

  /** Of the last record; undefined: there is none. */
  get lastFormat(): number | undefined {
    return this.records === 0 ? undefined : this.recordFormat(this.records - 1);
  }

  recordSource(index: number): SourceRef {
    const { table } = this.#records;
    const row = this.#records.row(index);
    return {
      file: this.path,
      entry: this.entry,
      offset: table.offset.get(row),
      length: table.length.get(row),
      line: this.isPreview ? undefined : table.line.get(row),
    };
  }

  recordOffset(index: number): number {
    return this.#records.table.offset.get(this.#records.row(index));
  }

  recordFormat(index: number): number {
    return this.#records.table.format.get(this.#records.row(index));
  }

  /** The record's own id, where it is not the one that its first row says. */
  recordOwnId(index: number): string | undefined {
    return this.#shared.strings.text(this.#records.table.id.get(this.#records.row(index)));
  }

  /** As `recordChecksum` made it when the record was read; 0 when it did not. */
  recordChecksum(index: number): number {
    return this.#records.table.checksum.get(this.#records.row(index));
  }

  recordHasTurn(index: number): boolean {
    return this.#records.table.hasTurn.get(this.#records.row(index)) !== 0;
  }

  /** Sessions that its records name, with and without spans, by the numbers of their ids. */
  addSessionsTo(sessions: NumberSet): void {
    const { session } = this.#records.table;
    for (let index = 0; index < this.records; index++) {
      sessions.add(session.get(this.#records.row(index)));
    }
  }

  /** Marks the texts of its records and skipped ranges, bit by bit. */
  *markTexts(): Generator<void> {
    const { strings } = this.#shared;
    this.#rarities?.skipped?.markTexts(strings);
    yield* this.#records.markTexts(strings);
  }

  recordHash(index: number): string | undefined {
    return this.#rarities?.hashes?.[index];
  }

  skippedRange(index: number): Skipped {
    const skipped = this.#rarities?.skipped ?? noRanges;
    return {
      file: this.path,
      entry: this.entry,
      offset: skipped.offset(index),
      length: skipped.length(index),
      line: this.isPreview ? undefined : skipped.line(index),
      reason: this.#shared.strings.text(skipped.reason(index)) ?? '',
    };
  }

  skippedOffset(index: number): number {
    return (this.#rarities?.skipped ?? noRanges).offset(index);
  }

  /** Index of the record that starts at this byte, or -1. */
  recordAt(offset: number): number {
    return this.#records.at(offset);
  }

  /** Index of the last record that starts at or before this line, or -1. */
  recordBeforeLine(line: number): number {
    return this.#records.beforeLine(line);
  }

  // not `#rare`: ten thousand objects would each keep 8 bytes for it
  private rare(): FileRarities {
    this.#rarities ??= { ...noRarities };
    return this.#rarities;
  }
}

const unread: FileReadStatus = { state: 'reading', sizeBytes: 0, blankBytes: 0, pendingBytes: 0 };
const noRanges = new SkippedRanges();

/** Whether anything in the file was understood, or it is still too early to say. */
export function isLog(file: LogFile): boolean {
  return file.status.state !== 'notALog' && (file.records > 0 || file.skipped === 0);
}
