import type { LogFormat, Reading } from '../formats/format';
import type { RawRecord } from '../protocol/engineContract';
import { UnpackedEntries } from './read/packed/unpackedEntries';
import { readRecordBytes, recordText, type RecordBytes } from './read/readRecord';
import { readingOf } from './readingOf';
import type { LogFile } from './store/logFile';

const maxRecordBytes = 64 * 1024 * 1024; // a record that was indexed is never longer
const maxRawBytes = 1024 * 1024; // of a record shown as it is

/** A record read again from disk. */
export interface ReopenedRecord {
  readonly reading: Reading | undefined;
  readonly changedOnDisk: boolean;
  /** Why there is no reading; one plain sentence. */
  readonly problem: string | undefined;
}

/** Reads bodies when somebody looks: they are nowhere but on disk. */
export class RecordReader {
  readonly #formats: readonly LogFormat[];
  readonly #entries = new UnpackedEntries();

  constructor(formats: readonly LogFormat[]) {
    this.#formats = formats;
  }

  format(index: number): LogFormat | undefined {
    return this.#formats[index];
  }

  reopen(file: LogFile, record: number): ReopenedRecord {
    const read = this.#readBytes(file, record, maxRecordBytes);
    if (read.state === 'unreadable') {
      return { reading: undefined, changedOnDisk: true, problem: read.message };
    }
    if (read.changedOnDisk) {
      const problem = 'The file has changed since it was read: the record is no longer there.';
      return { reading: undefined, changedOnDisk: true, problem };
    }
    const format = this.#formats[file.recordFormat(record)];
    const reading = readingOf(format, read, { file: file.path, entry: file.entry });
    const problem = reading ? undefined : 'The record can no longer be understood.';
    return { reading, changedOnDisk: reading === undefined, problem };
  }

  /** The record's text as it lies on disk, bounded. */
  raw(file: LogFile, record: number): RawRecord {
    const read = this.#readBytes(file, record, maxRawBytes);
    const source = file.recordSource(record);
    if (read.state === 'unreadable') {
      return { source, text: '', omittedBytes: source.length, changedOnDisk: true };
    }
    const { bytes, omittedBytes, encoding, changedOnDisk } = read;
    return { source, text: recordText(bytes, encoding), omittedBytes, changedOnDisk };
  }

  #readBytes(file: LogFile, record: number, maxBytes: number): RecordBytes {
    const source = file.recordSource(record);
    return readRecordBytes(source, maxBytes, file.recordChecksum(record), this.#entries);
  }
}
