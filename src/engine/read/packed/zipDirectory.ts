import type { OpenFile } from '../fileAccess';
import { readRange } from './archive';

// The format: APPNOTE.TXT of PKWARE, sections 4.3 and 4.4.

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const centralSignature = 0x02014b50;
const endBytes = 22;
const end64Bytes = 56;
const locatorBytes = 20;
const maxCommentBytes = 0xffff;
const maxDirectoryBytes = 64 * 1024 * 1024;
const saturated32 = 0xffffffff;

/** What a zip archive says of an entry. Sizes and offsets are bytes of the archive. */
export interface ZipHeader {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Of the local header. */
  readonly offset: number;
}

/** The headers in the central directory at the end of the file; undefined when there is none, because it is still being written. */
export function readDirectory(
  file: OpenFile,
  size: number,
  maxHeaders: number,
): { readonly headers: readonly ZipHeader[]; readonly hasMore: boolean } | undefined {
  const place = findDirectory(file, size);
  if (place === undefined || place.offset + place.length > size) {
    return undefined;
  }
  const bytes = readRange(file, place.offset, Math.min(place.length, maxDirectoryBytes));
  const headers: ZipHeader[] = [];
  let position = 0;
  while (headers.length < maxHeaders) {
    const header = centralHeader(bytes, position);
    if (header === undefined) {
      break;
    }
    headers.push(header.header);
    position = header.next;
  }
  const hasMore = headers.length === maxHeaders && position < bytes.length;
  return { headers, hasMore };
}

function findDirectory(
  file: OpenFile,
  size: number,
): { readonly offset: number; readonly length: number } | undefined {
  const tail = readRange(
    file,
    Math.max(0, size - endBytes - maxCommentBytes),
    endBytes + maxCommentBytes,
  );
  for (let at = tail.length - endBytes; at >= 0; at--) {
    const isEnd =
      tail.readUInt32LE(at) === endSignature &&
      at + endBytes + tail.readUInt16LE(at + 20) === tail.length;
    if (isEnd) {
      return (
        directory64(file, size - tail.length + at) ?? {
          length: tail.readUInt32LE(at + 12),
          offset: tail.readUInt32LE(at + 16),
        }
      );
    }
  }
  return undefined;
}

function directory64(
  file: OpenFile,
  endAt: number,
): { readonly offset: number; readonly length: number } | undefined {
  const locator = readRange(file, Math.max(0, endAt - locatorBytes), locatorBytes);
  if (locator.length < locatorBytes || locator.readUInt32LE(0) !== locatorSignature) {
    return undefined;
  }
  const end = readRange(file, toNumber(locator.readBigUInt64LE(8)), end64Bytes);
  return end.length < end64Bytes || end.readUInt32LE(0) !== end64Signature
    ? undefined
    : { length: toNumber(end.readBigUInt64LE(40)), offset: toNumber(end.readBigUInt64LE(48)) };
}

function centralHeader(
  bytes: Buffer,
  at: number,
): { readonly header: ZipHeader; readonly next: number } | undefined {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) {
    return undefined;
  }
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const [unpackedBytes = 0, packedBytes = 0, offset = 0] = largeValues(
    [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
    bytes.subarray(nameEnd, extraEnd),
  );
  return {
    header: {
      name: bytes.toString('utf8', at + 46, nameEnd),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes,
      unpackedBytes,
      offset,
    },
    next: extraEnd + bytes.readUInt16LE(at + 32),
  };
}

/** Values of 32 bits that are full stand in the extra field, with 64 bits each, in this order. */
export function largeValues(values: readonly number[], extra: Buffer): readonly number[] {
  let field: Buffer = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) {
      field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    }
  }
  let used = 0;
  return values.map(value => {
    if (value !== saturated32 || used + 8 > field.length) {
      return value;
    }
    used += 8;
    return toNumber(field.readBigUInt64LE(used - 8));
  });
}

/** What no file has becomes a size that no file has. */
function toNumber(value: bigint): number {
  return Number(value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : value);
}
