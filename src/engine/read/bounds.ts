/** Longer records are skipped with a reason. V8 cannot hold a string beyond 512 MiB; a log record is far below. */
export const defaultMaxRecordBytes = 32 * 1024 * 1024;

/** Deeper JSON is skipped: JSON.parse survives it, structuredClone and every recursive walker do not. Levels. */
export const maxJsonDepth = 1000;

/** What is read at once; a record that does not fit is read again with a larger window. Bytes. */
export const baseWindowBytes = 256 * 1024;

/** A file that never named itself a log is given up after this much text without a known record. Bytes. */
export const giveUpBytes = 1024 * 1024;

/** An unfinished last line that is a whole JSON value counts as a record after this silence. Milliseconds. */
export const quietMs = 300;

/** A document that is being rewritten is shown as it was for this long. Milliseconds. */
export const rewritePatienceMs = 10_000;

/** Files of one source that are followed. */
export const maxFiles = 50_000;

/** Folders inside folders. Levels. */
export const maxFolderDepth = 32;
