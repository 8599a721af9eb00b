import type { LogFormat, Reading } from '../formats/format';
import type { RawRecord } from '../protocol/engineContract';
import type { Encoding } from './read/encoding';
import { UnpackedEntries } from './read/packed/unpackedEntries';
import { readRecordBytes, recordText, type RecordBytes } from './read/readRecord';
import { RecentRecords } from './recentRecords';
import { readingOf } from './readingOf';
import type { LogFile } from './store/logFile';

const maxRecordBytes = 64 * 1024 * 1024; // a record that was indexed is never longer
const maxRawBytes = 1024 * 1024; // of a record shown as it is
const maxKept = 16; // records that are remembered while one question is answered

/** A record read again from disk. */
export interface ReopenedRecord {
  readonly reading: Reading | undefined;
  readonly changedOnDisk: boolean;
  /** Why there is no reading; one plain sentence. */
  readonly problem: string | undefined;
}

/** What was read while one question is answered, by file and record. */
interface Kept {
  readonly bytes: Map<string, RecordBytes>;
  readonly texts: Map<string, string>;
  readonly reopened: Map<string, ReopenedRecord>;
}

/** Reads bodies when somebody looks: they are nowhere but on disk. */
export class RecordReader {
  readonly #formats: readonly LogFormat[];
  readonly #entries = new UnpackedEntries();
  readonly #recent = new RecentRecords<ReopenedRecord>();
  #kept: Kept | undefined;

  constructor(formats: readonly LogFormat[]) {
    this.#formats = formats;
  }

  format(index: number): LogFormat | undefined {
    return this.#formats[index];
  }

  /** Reads no record twice while `answer` runs, which many parts of an answer look at. */
  together<T>(answer: () => T): T {
    if (this.#kept !== undefined) {
      return answer();
    }
    this.#kept = { bytes: new Map(), texts: new Map(), reopened: new Map() };
    try {
      return this.#recent.together(answer);
    } finally {
      this.#kept = undefined;
    }
  }

  reopen(file: LogFile, record: number): ReopenedRecord {
    return (
      this.#recent.get(file, record) ??
      remembered(this.#kept?.reopened, `${file.id}:${record}`, () => this.#reopen(file, record))
    );
  }

  #reopen(file: LogFile, record: number): ReopenedRecord {
    const read = this.#readBytes(file, record, maxRecordBytes);
    if (read.state === 'unreadable') {
      return { reading: undefined, changedOnDisk: true, problem: read.message };
    }
    if (read.changedOnDisk) {
      const problem = 'The file has changed since it was read: the record is no longer there.';
      return { reading: undefined, changedOnDisk: true, problem };
    }
    const format = this.#formats[file.recordFormat(record)];
    const text = this.#textOf(file, record, read);
    const place = { file: file.path, entry: file.entry };
    const reading = readingOf(format, { ...read, text }, place);
    const problem = reading ? undefined : 'The record can no longer be understood.';
    const opened = { reading, changedOnDisk: reading === undefined, problem };
    if (reading && (reading.spans.length > 1 || reading.turn !== undefined)) {
      this.#recent.keep(file, record, read.stamp, opened);
    }
    return opened;
  }

  /** The record's text as it lies on disk, bounded. */
  raw(file: LogFile, record: number): RawRecord {
    const read = this.#readBytes(file, record, maxRawBytes);
    const source = file.recordSource(record);
    if (read.state === 'unreadable') {
      return { source, text: '', omittedBytes: source.length, changedOnDisk: true };
    }
    const { omittedBytes, changedOnDisk } = read;
    return { source, text: this.#textOf(file, record, read), omittedBytes, changedOnDisk };
  }

  #textOf(
    file: LogFile,
    record: number,
    { bytes, encoding }: { readonly bytes: Buffer; readonly encoding: Encoding },
  ): string {
    // of a longer one the bytes differ
    const kept = bytes.length < maxRawBytes ? this.#kept?.texts : undefined;
    return remembered(kept, `${file.id}:${record}`, () => recordText(bytes, encoding));
  }

  #readBytes(file: LogFile, record: number, maxBytes: number): RecordBytes {
    const source = file.recordSource(record);
    // a longer one is another one for each bound
    const kept = source.length <= maxRawBytes ? this.#kept?.bytes : undefined;
    return remembered(kept, `${file.id}:${record}`, () =>
      readRecordBytes(source, maxBytes, file.recordChecksum(record), this.#entries),
    );
  }
}

function remembered<T>(kept: Map<string, T> | undefined, key: string, read: () => T): T {
  const known = kept?.get(key);
  if (known !== undefined) {
    return known;
  }
  const value = read();
  if (kept !== undefined && kept.size < maxKept) {
    kept.set(key, value);
  }
  return value;
}
