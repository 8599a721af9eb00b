import { hasLogName } from '../logNames';
import path from 'node:path';
import { containerHeadBytes, containerOf } from '../sniff';
import { type PackedSource, readRange } from './archive';
import { openArchive } from './openArchive';

/**
 * The first entries that are called like logs, and the first tables, of a file of at most `maxBytes`, one unpacked after the
 * other: for a quick look at what it may be.
 */
export function* firstEntries(
  source: PackedSource,
  maxBytes: number,
  maxEntries: number,
): Generator<{ readonly entry: string; readonly bytes: Buffer }> {
  const container = containerOf(readRange(source.file, 0, containerHeadBytes));
  const isTooLarge = container !== 'sqlite' && source.size > maxBytes;
  const archive =
    container === undefined || isTooLarge ? undefined : openArchive(container, source);
  if (archive === undefined || 'problem' in archive) {
    return;
  }
  const named = archive.entries.filter(
    ({ name }) => container === 'sqlite' || hasLogName(path.posix.basename(name)),
  );
  for (const entry of named.slice(0, maxEntries)) {
    const unpacked = entry.unpack(source);
    if (!('problem' in unpacked)) {
      yield { entry: entry.name, bytes: unpacked.bytes };
    }
  }
}
