import { maxEntries, maxEntryBytes } from '../bounds';
import {
  type Archive,
  type PackedEntry,
  type PackedSource,
  readRange,
  tooLarge,
  type Unpacked,
  unpackLimit,
} from './archive';
import { inflateRaw } from './inflate';
import { readDirectory, type ZipHeader } from './zipDirectory';
import { dataStart, localHeaderBytes, localSignature, walkHeaders } from './zipWalk';
import { inflateZstd } from './zstd';
import { zlib } from '../../builtins';

const encrypted = 0x01;
const methods = { stored: 0, deflated: 8, zstd: 93 } as const;

/** Reads a zip archive by its central directory, or entry by entry when it has none yet. */
export function openZip({ file, size }: PackedSource): Archive {
  const directory = readDirectory(file, size, maxEntries);
  const { headers, hasMore } = directory ?? walkHeaders(file, size, maxEntries);
  // of two entries of one name the later holds, as in every unpacker
  const byName = new Map(headers.map(header => [header.name, header]));
  const entries = [...byName.values()]
    .filter(({ name, packedBytes }) => !name.endsWith('/') && packedBytes > 0)
    .map(header => toEntry(header, directory !== undefined));
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    entries,
    isWhole: directory !== undefined,
    message: hasMore
      ? `Only the first ${maxEntries.toLocaleString('en')} entries are read.`
      : undefined,
  };
}

function toEntry(header: ZipHeader, isWhole: boolean): PackedEntry {
  const { name, crc, packedBytes, unpackedBytes, offset } = header;
  return {
    name,
    signature: isWhole ? [crc, packedBytes, unpackedBytes, offset].join(' ') : undefined,
    unpack: source => {
      const unpacked = unpackEntry(source, header);
      return 'problem' in unpacked || unpacked.isCut || isSound(unpacked.bytes, header)
        ? unpacked
        : { problem: 'It is damaged: its checksum is another one.', unreadBytes: unpackedBytes };
    },
  };
}

function unpackEntry({ file }: PackedSource, header: ZipHeader): Unpacked {
  const { flags, method, packedBytes, unpackedBytes, offset } = header;
  const fail = (problem: string): Unpacked => ({ problem, unreadBytes: unpackedBytes });
  if ((flags & encrypted) !== 0) {
    return fail('Encrypted: unpack it to read it.');
  }
  if (packedBytes > maxEntryBytes || unpackedBytes > unpackLimit(packedBytes)) {
    return fail(tooLarge(packedBytes));
  }
  const local = readRange(file, offset, localHeaderBytes);
  if (local.length < localHeaderBytes || local.readUInt32LE(0) !== localSignature) {
    return fail('It is damaged: there is nothing at its place in the archive.');
  }
  const packed = readRange(file, offset + dataStart(local, 0), packedBytes);
  const isCut = packed.length < packedBytes;
  switch (method) {
    case methods.stored:
      return { bytes: packed, isCut };
    case methods.deflated:
      return withUnread(inflateRaw(packed), unpackedBytes);
    case methods.zstd:
      return withUnread(inflateZstd(packed), unpackedBytes);
    default:
      return fail(`Packed with method ${method}, which is not read here: unpack it to read it.`);
  }
}

function withUnread(unpacked: Unpacked, unreadBytes: number): Unpacked {
  return 'problem' in unpacked ? { ...unpacked, unreadBytes } : unpacked;
}

/** What was written as a stream has its checksum after the data, and none before. */
function isSound(bytes: Buffer, { crc }: ZipHeader): boolean {
  return crc === 0 || zlib().crc32(bytes) === crc;
}
