import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { maxEntryBytes, unpackedKeptMs } from '../bounds';
import { diskAccess, type FileAccess, type OpenFile } from '../fileAccess';
import { stampOf } from '../fileStamp';
import { containerHeadBytes, containerOf } from '../sniff';
import { type PackedSource, readRange } from './archive';
import { openArchive } from './openArchive';
import { sideStamp } from './sideStamp';

/** Unpacks entries again when a record of them is looked at, and keeps the last ones for a while. */
export class UnpackedEntries {
  readonly #access: FileAccess;
  readonly #kept = new LRUCache<string, Buffer>({
    maxSize: maxEntryBytes,
    sizeCalculation: bytes => bytes.length + 1,
    ttl: unpackedKeptMs,
    ttlAutopurge: true,
  });

  constructor(access: FileAccess = diskAccess) {
    this.#access = access;
  }

  /** The bytes of an entry as it is in the file now; undefined when it is not there. Throws errors of the disk. */
  read(filePath: string, file: OpenFile, entry: string): Buffer | undefined {
    const { identity, size, mtimeNs, ctimeNs } = stampOf(file.stat());
    const side = sideStamp(filePath, this.#access);
    const key = [filePath, entry, identity, size, mtimeNs, ctimeNs, side].join('\0');
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      return kept;
    }
    const name = path.basename(filePath);
    const bytes = unpack({ file, path: filePath, name, size, isClaimed: () => true }, entry);
    if (bytes !== undefined) {
      this.#kept.set(key, bytes);
    }
    return bytes;
  }
}

function unpack(source: PackedSource, name: string): Buffer | undefined {
  const container = containerOf(readRange(source.file, 0, containerHeadBytes));
  const archive = container && openArchive(container, source);
  if (archive === undefined || 'problem' in archive) {
    return undefined;
  }
  const unpacked = archive.entries.find(entry => entry.name === name)?.unpack(source);
  return unpacked === undefined || 'problem' in unpacked ? undefined : unpacked.bytes;
}
