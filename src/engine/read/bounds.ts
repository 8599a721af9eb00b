/** Longer records are skipped with a reason. V8 cannot hold a string beyond 512 MiB; a log record is far below. */
export const defaultMaxRecordBytes = 32 * 1024 * 1024;

/** Deeper JSON is skipped: JSON.parse survives it, structuredClone and every recursive walker do not. Levels. */
export const maxJsonDepth = 1000;

/** What is read at once; a record that does not fit is read again with a larger window. Bytes. */
export const baseWindowBytes = 256 * 1024;

/** Of the end of a file; whichever is less. */
export interface PreviewSize {
  readonly bytes: number;
  readonly lines: number;
}

/** Of a long file the end is shown before the rest is read. */
export interface PreviewBounds {
  /** When more than this is still to be read. Bytes. */
  readonly fromBytes: number;
  /** What is read of the beginning before, to the end of its last line: it says what kind of file it is. Bytes. */
  readonly headBytes: number;
  /** What is shown at first, so that there is something to see at once: these bytes and lines at most. */
  readonly glimpse: PreviewSize;
  /** What is shown in the file's next turn. */
  readonly whole: PreviewSize;
  /** What is appended while the file is read is shown, too, up to here; then only the end of that. Bytes. */
  readonly maxBytes: number;
}

export const previewBounds: PreviewBounds = {
  fromBytes: 8 * 1024 * 1024,
  headBytes: 1024,
  glimpse: { bytes: 128 * 1024, lines: 12 },
  whole: { bytes: 512 * 1024, lines: 400 },
  maxBytes: 4 * 1024 * 1024,
};

/** A file that never named itself a log is given up after this much text without a known record. Bytes. */
export const giveUpBytes = 1024 * 1024;

/** An unfinished last line that is a whole JSON value counts as a record after this silence. Milliseconds. */
export const quietMs = 300;

/** A document that is being rewritten is shown as it was for this long. Milliseconds. */
export const rewritePatienceMs = 10_000;

/** An entry that is larger when unpacked is not read; one entry at a time is held in memory, and the last ones that were opened. Bytes. */
export const maxEntryBytes = 256 * 1024 * 1024;

/** Archives are read up to here, all entries together, unpacked. Bytes. */
export const maxUnpackedBytes = 2 * 1024 * 1024 * 1024;

/** Entries of one archive, tables of one database. */
export const maxEntries = 10_000;

/** An entry that shrinks more than this is no log: repeated lines reach some hundred times. Small ones may. */
export const maxPackRatio = 500;
export const maxFreelyUnpackedBytes = 16 * 1024 * 1024;

/** An archive without an end is being written; after this silence it is read as far as it goes. Milliseconds. */
export const archivePatienceMs = 2000;

/** Unpacked entries whose records were opened are kept for this long, up to `maxEntryBytes` together. Milliseconds. */
export const unpackedKeptMs = 60_000;

/** Files of one source that are followed. */
export const maxFiles = 50_000;

/** Folders inside folders. Levels. */
export const maxFolderDepth = 32;
