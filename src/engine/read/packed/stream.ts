import { maxEntryBytes } from '../bounds';
import {
  type ArchiveOpener,
  type PackedSource,
  readRange,
  tooLarge,
  type Unpacked,
} from './archive';
import { inflateGzip } from './inflate';
import { canInflateZstd, inflateZstd, needsNewerNode } from './zstd';

/** A compressed log: one entry, called like the file without its last suffix. */
export const openGzip: ArchiveOpener = source => single(source, /\.g?z(?:ip)?$/i, inflateGzip);

export const openZstd: ArchiveOpener = source =>
  canInflateZstd() ? single(source, /\.zstd?$/i, inflateZstd) : { problem: needsNewerNode };

function single(
  { name }: PackedSource,
  suffix: RegExp,
  inflate: (bytes: Buffer) => Unpacked,
): ReturnType<ArchiveOpener> {
  const unpack = ({ file, size }: PackedSource): Unpacked =>
    size > maxEntryBytes
      ? { problem: tooLarge(size), unreadBytes: 0 }
      : inflate(readRange(file, 0, size));
  const entry = { name: name.replace(suffix, '') || name, signature: undefined, unpack };
  return { entries: [entry], isWhole: true };
}
