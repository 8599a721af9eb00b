import type { SourceRef } from '../../model/source';
import { crc32 } from 'node:zlib';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What is on disk now at the place of a record. */
export type RecordBytes =
  | {
      readonly state: 'read';
      /** Bounded by `maxBytes`; `omittedBytes` says how many are left out. */
      readonly bytes: Buffer;
      readonly omittedBytes: number;
      /** The file is shorter than the record, or the checksum is another one. */
      readonly changedOnDisk: boolean;
    }
  | { readonly state: 'unreadable'; readonly message: string };

/** Checksum of a record's bytes, to be kept when it is indexed and given to `readRecordBytes` when it is opened. */
export function recordChecksum(bytes: Uint8Array): number {
  return crc32(bytes);
}

/**
 * Reads the bytes of a record, at most `maxBytes` of them. With `checksum` (see `recordChecksum`) the whole record is
 * compared with what was indexed. Never throws: a file that is gone or not a regular file is a value.
 */
export function readRecordBytes(
  source: SourceRef,
  maxBytes: number,
  checksum?: number,
): RecordBytes {
  const bytes = Buffer.alloc(Math.min(source.length, maxBytes));
  const descriptor = openSync(
    source.file,
    constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
  );
  try {
    const isFile = fstatSync(descriptor).isFile();
    const count = isFile ? readSync(descriptor, bytes, 0, bytes.length, source.offset) : 0;
    const changedOnDisk =
      count < bytes.length ||
      (checksum !== undefined && bytes.length === source.length && crc32(bytes) !== checksum);
    return {
      state: 'read',
      bytes: bytes.subarray(0, count),
      omittedBytes: source.length - count,
      changedOnDisk,
    };
  } finally {
    closeSync(descriptor);
  }
}
