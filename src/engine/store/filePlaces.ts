import { placeOf, type SourceRef } from '../../model/source';
import type { LogFile } from './logFile';

export type Place = Pick<SourceRef, 'file' | 'entry'>;

/** No entry is called so. */
export function previewOf({ file, entry }: Place): string {
  return `${placeOf(file, entry)}\0\0preview`;
}

/** The order in which files speak. */
export function comparePlaces(one: LogFile, other: LogFile): number {
  return one.hasPathOf(other) ? compareParts(one, other) : one.path < other.path ? -1 : 1;
}

/** The same of many files: a path is put together each time it is asked for. */
export function inOrder(files: Iterable<LogFile>): readonly LogFile[] {
  return Array.from(files, file => ({ file, path: file.path }))
    .sort((one, other) =>
      one.path === other.path ? compareParts(one.file, other.file) : one.path < other.path ? -1 : 1,
    )
    .map(({ file }) => file);
}

/** Of one path. */
function compareParts(one: LogFile, other: LogFile): number {
  if (one.entry === other.entry) {
    return one.isPreview ? 1 : -1;
  }
  return (one.entry ?? '') < (other.entry ?? '') ? -1 : 1;
}
