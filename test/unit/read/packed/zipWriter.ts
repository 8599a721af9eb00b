import zlib, { crc32 } from 'node:zlib';

interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** 8 (deflate) when absent. */
  readonly method?: number;
  /** Bytes as they are packed; worked out from `method` when absent. */
  readonly packed?: Buffer;
  readonly isEncrypted?: boolean;
  /** Sizes and checksum stand after the data. */
  readonly isStream?: boolean;
  /** Sizes stand in the extra field, with 64 bits each. */
  readonly isLarge?: boolean;
  /** What the directory says instead of the truth. */
  readonly says?: { readonly crc?: number; readonly unpackedBytes?: number };
}

/** A zip archive, by the rules or against them. */
export function zipOf(
  entries: readonly ZipEntry[],
  options: { readonly withoutDirectory?: boolean; readonly comment?: string } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = write(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  if (options.withoutDirectory === true) {
    return Buffer.concat(parts);
  }
  const central = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, central, end, comment]);
}

function write(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const { method = 8, isStream = false, isLarge = false, says = {} } = entry;
  const content = Buffer.from(entry.content);
  const packed = entry.packed ?? (method === 0 ? content : zlib.deflateRawSync(content));
  const crc = says.crc ?? crc32(content);
  const unpackedBytes = says.unpackedBytes ?? content.length;
  const name = Buffer.from(entry.name);
  const large = Buffer.alloc(isLarge ? 20 : 0);
  if (isLarge) {
    large.writeUInt16LE(1, 0);
    large.writeUInt16LE(16, 2);
    large.writeBigUInt64LE(BigInt(unpackedBytes), 4);
    large.writeBigUInt64LE(BigInt(packed.length), 12);
  }
  const flags = (entry.isEncrypted === true ? 1 : 0) | (isStream ? 8 : 0) | 0x800;
  const about = (isUnknownYet: boolean): Buffer => {
    const bytes = Buffer.alloc(26);
    bytes.writeUInt16LE(20, 0);
    bytes.writeUInt16LE(flags, 2);
    bytes.writeUInt16LE(method, 4);
    bytes.writeUInt32LE(isUnknownYet ? 0 : crc, 10);
    bytes.writeUInt32LE(isUnknownYet ? 0 : isLarge ? 0xffffffff : packed.length, 14);
    bytes.writeUInt32LE(isUnknownYet ? 0 : isLarge ? 0xffffffff : unpackedBytes, 18);
    bytes.writeUInt16LE(name.length, 22);
    bytes.writeUInt16LE(isUnknownYet ? 0 : large.length, 24);
    return bytes;
  };
  const descriptor = Buffer.alloc(isStream ? 16 : 0);
  if (isStream) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(packed.length, 8);
    descriptor.writeUInt32LE(unpackedBytes, 12);
  }
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  const localExtra = isStream ? [] : [large];
  return {
    local: Buffer.concat([
      Buffer.from('PK\u0003\u0004'),
      about(isStream),
      name,
      ...localExtra,
      packed,
      descriptor,
    ]),
    central: Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\u0000'),
      about(false),
      place,
      name,
      large,
    ]),
  };
}
