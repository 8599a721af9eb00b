import path from 'node:path';
import type { FileProblem } from './fileGlance';
import type { FolderStamp } from './fileStamp';

/** What a look has found in one folder. */
export interface ListedFolder {
  readonly path: string;
  readonly depth: number;
  readonly stamp: FolderStamp;
  /** Of all files in it, as one text: ten thousand take a quarter of what they take as texts of their own. See `filesOf`. */
  readonly names: string;
  readonly fileCount: number;
  readonly folders: readonly string[];
  readonly problems: ReadonlyMap<string, FileProblem>;
  readonly message: string | undefined;
  /** Not everything in it is known: it is listed at every look. */
  readonly isPartial: boolean;
  /** When all that is in it was looked at. By `performance.now()`. */
  lookedAt: number;
  /** After which part of the time from one such look to the next it has its turn: the first time they come at different ones. */
  turn: number;
}

/** No file is called so. */
const betweenNames = '/';

export function packNames(names: readonly string[]): Pick<ListedFolder, 'names' | 'fileCount'> {
  return { names: names.join(betweenNames), fileCount: names.length };
}

/** Paths of the files in a folder. */
export function filesOf({ path: folder, names, fileCount }: ListedFolder): readonly string[] {
  const inFolder = beginningIn(folder);
  return fileCount === 0 ? [] : names.split(betweenNames).map(name => `${inFolder}${name}`);
}

/** What the paths of all that is in a folder begin with: `path.join` would look at every character of each again. */
export function beginningIn(folder: string): string {
  return folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`;
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
  names: '',
  fileCount: 0,
  folders: [],
  problems: new Map(),
  message: undefined,
  isPartial: true,
  lookedAt: 0,
  turn: 0,
};
