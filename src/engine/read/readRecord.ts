import type { SourceRef } from '../../model/source';
import { stripAnsi } from './ansi';
import { decodeWindow, type Encoding } from './encoding';
import { accessProblem, diskAccess, errorCode, type FileAccess, type OpenFile } from './fileAccess';
import { type FileStamp, stampOf } from './fileStamp';
import { readRange } from './packed/archive';
import { UnpackedEntries } from './packed/unpackedEntries';
import { parseDict, parseJson } from './parseJson';
import { encodingOf } from './sniff';
import { zlib } from '../builtins';

/** What is on disk now at the place of a record. */
export type RecordBytes =
  | {
      readonly state: 'read';
      /** As on disk, bounded by `maxBytes`; `omittedBytes` says how many are left out. */
      readonly bytes: Buffer;
      readonly omittedBytes: number;
      readonly encoding: Encoding;
      /** The file is shorter than the record, or the record's checksum is another one. */
      readonly changedOnDisk: boolean;
      /** Of the file, before the record was read. */
      readonly stamp: FileStamp;
    }
  | { readonly state: 'unreadable'; readonly message: string };

/** Checksum of `ParsedRecord.bytes`, to be kept when it is indexed and given to `readRecordBytes` when it is opened. */
export function recordChecksum(bytes: Uint8Array): number {
  return zlib().crc32(bytes);
}

/** Whether bytes are those that the checksum was made of. 0: none was made, the record was read a moment ago. */
export function hasChecksum(bytes: Uint8Array, checksum: number): boolean {
  return checksum === 0 || recordChecksum(bytes) === checksum;
}

/**
 * Reads the bytes of a record, at most `maxBytes` of them. With `checksum` (see `recordChecksum`) a record that is read
 * whole is compared with what was indexed. A file that is gone or not a regular file is a value, not an error.
 */
export function readRecordBytes(
  source: SourceRef,
  maxBytes: number,
  checksum?: number,
  entries: UnpackedEntries = new UnpackedEntries(),
  access: FileAccess = diskAccess,
): RecordBytes {
  try {
    const file = access.open(source.file);
    try {
      const stats = file.stat();
      if (!stats.isFile()) {
        return { state: 'unreadable', message: 'This is not a regular file any more.' };
      }
      const read = rangeReader(source, file, entries);
      if (read === undefined) {
        return { state: 'unreadable', message: 'The file has changed since it was read.' };
      }
      const wanted = Math.min(source.length, maxBytes);
      const bytes = read(source.offset, wanted);
      const encoding = encodingOf(read(0, 4));
      const isWhole = bytes.length === source.length;
      const changedOnDisk =
        bytes.length < wanted ||
        (isWhole && checksum !== undefined && !hasChecksum(toUtf8(bytes, encoding), checksum));
      const omittedBytes = source.length - wanted;
      const stamp = stampOf(stats);
      return { state: 'read', bytes, omittedBytes, encoding, changedOnDisk, stamp };
    } finally {
      file.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) {
      throw error;
    }
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    const message = isGone ? 'The file is gone.' : accessProblem(error, 'file');
    return { state: 'unreadable', message };
  }
}

/** Reads where the record's offset counts: in the file, or in the unpacked entry of it; undefined when that is not there. */
function rangeReader(
  { file: path, entry }: SourceRef,
  file: OpenFile,
  entries: UnpackedEntries,
): ((offset: number, length: number) => Buffer) | undefined {
  if (entry === undefined) {
    return (offset, length) => readRange(file, offset, length);
  }
  const unpacked = entries.read(path, file, entry);
  return unpacked && ((offset, length) => unpacked.subarray(offset, offset + length));
}

/** The text of a record's bytes; broken characters become U+FFFD. */
export function recordText(bytes: Buffer, encoding: Encoding): string {
  return toUtf8(bytes, encoding).toString('utf8');
}

/**
 * The value of a whole record, the same that `ParsedRecord.value` was; undefined when it is neither JSON nor a Python dict any more.
 * `text`: what `recordText` gives, when it is there already.
 */
export function recordValue(
  bytes: Buffer,
  encoding: Encoding,
  container: 'json' | 'text',
  text?: string,
): { readonly value: unknown } | undefined {
  const decoded = toUtf8(bytes, encoding);
  if (container === 'text') {
    const lines = (text ?? decoded.toString('utf8')).split('\n');
    return { value: lines.map(line => stripAnsi(line.replace(/\r$/, ''))).join('\n') };
  }
  const parsed = parseJson(decoded, 0, decoded.length, text);
  const value = parsed.ok ? parsed.value : parseDict(decoded, 0, decoded.length);
  return value === undefined ? undefined : { value };
}

function toUtf8(bytes: Buffer, encoding: Encoding): Buffer {
  return decodeWindow(bytes, 0, encoding).bytes;
}
