import type { Slice } from '../slice';
import type { FileAccess } from './fileAccess';
import { type FileGlance, toFileGlance } from './fileStamp';
import { type FileProblem, glanceAtFile } from './fileGlance';
import { beginningIn, type ListedFolder, packNames } from './listedFolder';
import { toolFolders } from './toolFolders';

export interface WalkedFile {
  readonly path: string;
  readonly stat: FileGlance;
}

export interface WalkBounds {
  readonly maxFiles: number;
  readonly maxDepth: number;
}

/** What the folders of one walk have come to so far. */
export interface Listing {
  readonly found: WalkedFile[];
  fileCount: number;
  readonly slice: Slice;
}

export interface ListOptions {
  readonly access: FileAccess;
  readonly bounds: WalkBounds;
  /** Told of each folder that will be listed. */
  readonly announce: (folder: string) => void;
}

/** Lists a folder and looks at each file in it. Throws when it cannot be listed. */
export async function listFolder(
  place: Pick<ListedFolder, 'path' | 'depth' | 'stamp' | 'turn'>,
  listing: Listing,
  { access, bounds, announce }: ListOptions,
): Promise<ListedFolder> {
  const lookedAt = performance.now();
  const names: string[] = [];
  const folders: string[] = [];
  const problems = new Map<string, FileProblem>();
  let message: string | undefined;
  let isPartial = false;
  const inFolder = beginningIn(place.path);
  for (const { name, isFolder } of access.list(place.path)) {
    const entry = `${inFolder}${name}`;
    if (isFolder) {
      if (toolFolders.has(name)) {
        continue;
      }
      if (place.depth >= bounds.maxDepth) {
        message = `Folders deeper than ${bounds.maxDepth} levels are not read.`;
        continue;
      }
      folders.push(entry);
      announce(entry);
      continue;
    }
    if (listing.fileCount >= bounds.maxFiles) {
      message = `Only the first ${bounds.maxFiles.toLocaleString('en')} files are read.`;
      isPartial = true;
      break;
    }
    const found = glanceAtFile(entry, access);
    if (found !== undefined && 'message' in found) {
      problems.set(entry, found);
    } else if (found !== undefined) {
      listing.fileCount++;
      names.push(name);
      listing.found.push({ path: entry, stat: toFileGlance(found) });
    }
    if (listing.slice.isOver) {
      await listing.slice.rest();
    }
  }
  return { ...place, ...packNames(names), folders, problems, message, isPartial, lookedAt };
}
