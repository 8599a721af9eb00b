import type { LineRole, LogFormat, Reading } from '../formats/format';
import type { RawRecord } from '../protocol/engineContract';
import { baseNameOf } from './read/logNames';
import { UnpackedEntries } from './read/packed/unpackedEntries';
import { readRecordBytes, recordText, recordValue, type RecordBytes } from './read/readRecord';
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
    const reading = this.#read(file, record, read);
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

  /** All of the record's text, to be searched; empty when it is no longer there. */
  wholeText(file: LogFile, record: number): string {
    const read = this.#readBytes(file, record, maxRecordBytes);
    return read.state === 'read' ? recordText(read.bytes, read.encoding) : '';
  }

  #readBytes(file: LogFile, record: number, maxBytes: number): RecordBytes {
    const source = file.recordSource(record);
    return readRecordBytes(source, maxBytes, file.recordChecksum(record), this.#entries);
  }

  #read(file: LogFile, record: number, { bytes, encoding }: ReadBytes): Reading | undefined {
    const format = this.#formats[file.recordFormat(record)];
    const value = format && recordValue(bytes, encoding, format.container)?.value;
    const context = { fileName: baseNameOf({ file: file.path, entry: file.entry }) };
    try {
      if (format?.container === 'json') {
        // its bytes are the same, so it is still a record of this format
        return value === undefined ? undefined : format.read(value, context);
      }
      return format && typeof value === 'string'
        ? format.read(ownLines(value, format.createFramer()), context)
        : undefined;
    } catch {
      // bytes that were exchanged under us may be anything, also what a format stumbles over: not understood
      return undefined;
    }
  }
}

type ReadBytes = Extract<RecordBytes, { state: 'read' }>;

/** Lines of other formats may stand in the middle of a record: the framer knows its own. */
function ownLines(text: string, roleOf: (line: string) => LineRole): string {
  return text
    .split('\n')
    .filter(line => roleOf(line) !== 'none')
    .join('\n');
}
