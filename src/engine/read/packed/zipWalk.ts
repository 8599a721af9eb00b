import type { InflateRaw } from 'node:zlib';
import type { OpenFile } from '../fileAccess';
import { maxEntryBytes } from '../bounds';
import { readRange } from './archive';
import { inflateOptions } from './inflate';
import { largeValues, type ZipHeader } from './zipDirectory';
import { zlib } from '../../builtins';

export const localSignature = 0x04034b50;
export const localHeaderBytes = 30;
const descriptorSignature = 0x08074b50;
const deflated = 8;
/** The sizes stand after the data, in a descriptor. */
const hasDescriptor = 0x08;

/**
 * The headers that stand before each entry: all there is of an archive that is still being written. The last entry may be cut,
 * then its sizes say more than there is.
 */
export function walkHeaders(
  file: OpenFile,
  size: number,
  maxHeaders: number,
): { readonly headers: readonly ZipHeader[]; readonly hasMore: boolean } {
  const bytes = readRange(file, 0, Math.min(size, maxEntryBytes));
  const headers: ZipHeader[] = [];
  let at = 0;
  while (
    headers.length < maxHeaders &&
    at + localHeaderBytes <= bytes.length &&
    bytes.readUInt32LE(at) === localSignature
  ) {
    const header = localHeader(bytes, at);
    headers.push(header);
    at = afterDescriptor(bytes, dataStart(bytes, at) + header.packedBytes, header.flags);
  }
  return { headers, hasMore: at < bytes.length && headers.length === maxHeaders };
}

/** First byte of the data, in bytes that begin at the file's beginning or at the header. */
export function dataStart(bytes: Buffer, headerAt: number): number {
  const lengths = bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  return headerAt + localHeaderBytes + lengths;
}

function localHeader(bytes: Buffer, at: number): ZipHeader {
  const nameEnd = at + localHeaderBytes + bytes.readUInt16LE(at + 26);
  const start = dataStart(bytes, at);
  const [unpackedBytes = 0, packedBytes = 0] = largeValues(
    [bytes.readUInt32LE(at + 22), bytes.readUInt32LE(at + 18)],
    bytes.subarray(nameEnd, start),
  );
  const header = {
    name: bytes.toString('utf8', at + localHeaderBytes, nameEnd),
    flags: bytes.readUInt16LE(at + 6),
    method: bytes.readUInt16LE(at + 8),
    crc: bytes.readUInt32LE(at + 14),
    packedBytes,
    unpackedBytes,
    offset: at,
  };
  const isUnknown = (header.flags & hasDescriptor) !== 0 && packedBytes === 0;
  return isUnknown ? { ...header, packedBytes: packedLength(bytes, start, header.method) } : header;
}

/** Where packed data ends that does not say so beforehand. */
function packedLength(bytes: Buffer, start: number, method: number): number {
  if (method === deflated) {
    try {
      const data = bytes.subarray(start);
      // with `info` the types of Node know no result but a buffer
      const result = zlib().inflateRawSync(data, {
        ...inflateOptions(data.length),
        info: true,
      }) as unknown as { engine: InflateRaw };
      return result.engine.bytesWritten;
    } catch {
      return bytes.length - start;
    }
  }
  for (let at = bytes.indexOf('PK\u0007\u0008', start, 'latin1'); at >= 0;) {
    if (at + 12 <= bytes.length && bytes.readUInt32LE(at + 8) === at - start) {
      return at - start;
    }
    at = bytes.indexOf('PK\u0007\u0008', at + 1, 'latin1');
  }
  return bytes.length - start;
}

function afterDescriptor(bytes: Buffer, at: number, flags: number): number {
  if ((flags & hasDescriptor) === 0) {
    return at;
  }
  const isSigned = at + 4 <= bytes.length && bytes.readUInt32LE(at) === descriptorSignature;
  const short = at + 12 + (isSigned ? 4 : 0);
  const startsHere = (place: number): boolean =>
    place + 4 <= bytes.length &&
    (bytes.readUInt32LE(place) === localSignature || bytes.readUInt32LE(place) === 0x02014b50);
  // sizes of 64 bits in the descriptor of a large entry
  return startsHere(short) || !startsHere(short + 8) ? short : short + 8;
}
