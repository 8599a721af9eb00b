import type { Skipped, SourceRef } from '../../model/source';
import type { FileReadStatus } from '../recordSink';
import { Column, lowerBound } from './columns';
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

/** What is kept of one file: where its records and skipped ranges lie, and which rows of the patch table are its. */
export class LogFile {
  readonly id: number;
  readonly path: string;
  /** See `SourceRef.entry`: each entry of an archive has a LogFile of its own, beside that of the archive itself. */
  readonly entry: string | undefined;
  /** Name in keys and lists: relative to its source, unique in the store. */
  readonly name: string;
  status: FileReadStatus = { state: 'reading', sizeBytes: 0, blankBytes: 0, pendingBytes: 0 };

  /** Rows of the patch table in file order. */
  readonly rows: number[] = [];
  /** Rows of the audit table in file order. */
  readonly auditRows: number[] = [];
  readonly #strings: StringTable;
  readonly #recordOffset = new Column('float64');
  readonly #recordLength = new Column('uint32');
  readonly #recordLine = new Column('uint32');
  readonly #recordFormat = new Column('uint8');
  readonly #recordId = new Column('uint32');
  readonly #recordChecksum = new Column('uint32');
  readonly #recordHasTurn = new Column('uint8');
  /** Only where records name a session. */
  #recordSession: Column | undefined;
  readonly #skippedOffset = new Column('float64');
  readonly #skippedLength = new Column('float64');
  readonly #skippedLine = new Column('uint32');
  readonly #skippedReason = new Column('uint32');
  readonly #formatCounts = new Map<number, number>();
  readonly #hashes: string[] = [];
  #records = 0;
  #skipped = 0;

  constructor(
    id: number,
    place: { readonly path: string; readonly entry: string | undefined },
    name: string,
    strings: StringTable,
  ) {
    this.id = id;
    this.path = place.path;
    this.entry = place.entry;
    this.name = name;
    this.#strings = strings;
  }

  get records(): number {
    return this.#records;
  }

  get skipped(): number {
    return this.#skipped;
  }

  /** Adds a record after those that are there; returns its index. */
  addRecord({ source, format, id, checksum, sha256, hasTurn, sessionId }: KeptRecord): number {
    const index = this.#records++;
    this.#recordOffset.set(index, source.offset);
    this.#recordLength.set(index, source.length);
    this.#recordLine.set(index, source.line);
    this.#recordFormat.set(index, format);
    this.#recordId.set(index, this.#strings.id(id));
    this.#recordChecksum.set(index, checksum);
    this.#recordHasTurn.set(index, hasTurn ? 1 : 0);
    this.#countFormat(format, 1);
    if (sha256 !== undefined) {
      this.#hashes[index] = sha256;
    }
    if (sessionId !== undefined) {
      this.#recordSession ??= new Column('uint32');
    }
    this.#recordSession?.set(index, this.#strings.id(sessionId));
    return index;
  }

  dropLastRecord(): void {
    this.#records -= 1;
    this.#countFormat(this.recordFormat(this.#records), -1);
    this.#hashes.length = Math.min(this.#hashes.length, this.#records);
  }

  addSkipped(range: Skipped): void {
    const index = this.#skipped++;
    this.#skippedOffset.set(index, range.offset);
    this.#skippedLength.set(index, range.length);
    this.#skippedLine.set(index, range.line);
    this.#skippedReason.set(index, this.#strings.id(range.reason));
  }

  dropLastSkipped(): void {
    this.#skipped -= 1;
  }

  /** Indices of the formats that read its records. */
  get formats(): readonly number[] {
    return [...this.#formatCounts.keys()].toSorted((one, other) => one - other);
  }

  #countFormat(format: number, by: number): void {
    const count = (this.#formatCounts.get(format) ?? 0) + by;
    if (count > 0) {
      this.#formatCounts.set(format, count);
    } else {
      this.#formatCounts.delete(format);
    }
  }

  recordSource(index: number): SourceRef {
    return {
      file: this.path,
      entry: this.entry,
      offset: this.#recordOffset.get(index),
      length: this.#recordLength.get(index),
      line: this.#recordLine.get(index),
    };
  }

  recordOffset(index: number): number {
    return this.#recordOffset.get(index);
  }

  recordFormat(index: number): number {
    return this.#recordFormat.get(index);
  }

  recordId(index: number): string | undefined {
    return this.#strings.text(this.#recordId.get(index));
  }

  /** As `recordChecksum` made it when the record was read. */
  recordChecksum(index: number): number {
    return this.#recordChecksum.get(index);
  }

  recordHasTurn(index: number): boolean {
    return this.#recordHasTurn.get(index) !== 0;
  }

  /** Sessions that its records name, with and without spans. */
  sessionIds(): ReadonlySet<string> {
    const ids = new Set<number>();
    for (let index = 0; this.#recordSession && index < this.#records; index++) {
      ids.add(this.#recordSession.get(index));
    }
    return new Set([...ids].flatMap(id => this.#strings.text(id) ?? []));
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
      line: this.#skippedLine.get(index),
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
