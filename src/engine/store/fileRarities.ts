import type { FileReadStatus } from '../recordSink';
import type { SkippedRanges } from './skippedRanges';

/** What few files of ten thousand have anything of: 40 bytes less for each of the others. */
export interface FileRarities {
  /** See `SourceRef.entry`. */
  entry: string | undefined;
  isPreview: boolean;
  /** undefined: it is a plain one, of the two figures that the file has. */
  status: FileReadStatus | undefined;
  auditRows: number[] | undefined;
  skipped: SkippedRanges | undefined;
  hashes: string[] | undefined;
}

export const noRarities: Readonly<FileRarities> = {
  entry: undefined,
  isPreview: false,
  status: undefined,
  auditRows: undefined,
  skipped: undefined,
  hashes: undefined,
};

export function isEmpty({ isPreview, ...others }: FileRarities): boolean {
  return !isPreview && Object.values(others).every(value => value === undefined);
}
