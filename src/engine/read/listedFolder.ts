import type { FileProblem } from './fileGlance';
import type { FolderStamp } from './fileStamp';

/** What a look has found in one folder. */
export interface ListedFolder {
  readonly path: string;
  readonly depth: number;
  readonly stamp: FolderStamp;
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly problems: ReadonlyMap<string, FileProblem>;
  readonly message: string | undefined;
  /** Not everything in it is known: it is listed at every look. */
  readonly isPartial: boolean;
  /** When all that is in it is looked at again. By `performance.now()`. */
  dueAt: number;
}

/** Whether two looks have found the very same. */
export function isSameListing(
  now: ReadonlyMap<string, ListedFolder>,
  before: ReadonlyMap<string, ListedFolder>,
): boolean {
  if (now.size !== before.size) {
    return false;
  }
  for (const [folder, listed] of now) {
    if (before.get(folder) !== listed) {
      return false;
    }
  }
  return true;
}

const unknownStamp: FolderStamp = {
  device: 0,
  folderNumber: 0,
  birthtimeMs: 0,
  mtimeMs: 0,
  ctimeMs: 0,
  isRacy: true,
};

/** Of a folder that could not be listed. */
export const nothingListed: Omit<ListedFolder, 'path' | 'depth'> = {
  stamp: unknownStamp,
  files: [],
  folders: [],
  problems: new Map(),
  message: undefined,
  isPartial: true,
  dueAt: 0,
};
