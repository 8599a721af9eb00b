import { maxJsonDepth } from './bounds';
import { skipBlank } from './byteRanges';
import type { OpenFile } from './fileAccess';
import type { FileTailOptions } from './fileTailOptions';
import { JsonScanner } from './jsonScanner';

/** Whether a file that begins with a JSON value holds all of it; one that is too large to be looked at counts as whole. */
export function holdsWholeDocument(
  file: OpenFile,
  size: number,
  { window, maxRecordBytes }: Pick<FileTailOptions, 'window' | 'maxRecordBytes'>,
): boolean {
  if (size > maxRecordBytes) {
    return true;
  }
  const bytes = window.take(size);
  const count = file.read(bytes, size, 0);
  const start = skipBlank(bytes, 0, count);
  const scanned = new JsonScanner(maxJsonDepth).scan(bytes, start, count);
  return start < count && scanned.kind !== 'open';
}
