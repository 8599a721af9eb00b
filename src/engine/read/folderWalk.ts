import type { Stats } from 'node:fs';
import path from 'node:path';
import { maxFiles, maxFolderDepth } from './bounds';
import { accessProblem, errorCode, type FileAccess } from './fileAccess';
import { type FolderStamp, folderStampOf, isSameFolder } from './fileStamp';
import { type FileProblem, glanceAtFile } from './fileGlance';
import { toolFolders } from './toolFolders';

export interface WalkedFile {
  readonly path: string;
  readonly stat: Stats;
}

/** What one look at a folder and all below it has found. */
export interface WalkResult {
  /** Everything was looked at. Else only what may have changed. */
  readonly isWhole: boolean;
  /** Regular files that were looked at. */
  readonly files: readonly WalkedFile[];
  /** Files that an earlier look had found and that are not there any more. */
  readonly gone: readonly string[];
  /** All folders, with the identity of each, which is another one when it was deleted and made again. */
  readonly folders: ReadonlyMap<string, string>;
  /** All things with a log's place but no bytes to read (links, pipes), and folders that cannot be listed. */
  readonly problems: ReadonlyMap<string, FileProblem>;
  readonly message: string | undefined;
  /** Time that the walk itself took, without that of others in between. */
  readonly costMs: number;
}

export interface WalkBounds {
  readonly maxFiles: number;
  readonly maxDepth: number;
}

/** Whether a folder is to be listed though its own times say that nothing came or went. */
export type MustList = (folder: string) => boolean;

interface ListedFolder {
  readonly path: string;
  readonly depth: number;
  readonly stamp: FolderStamp;
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly problems: ReadonlyMap<string, FileProblem>;
  readonly message: string | undefined;
  /** Not everything in it is known: it is listed at every look. */
  readonly isPartial: boolean;
  /** By `performance.now()`. */
  readonly dueAt: number;
}

interface Walk {
  readonly isWhole: boolean;
  readonly mustList: MustList;
  readonly found: WalkedFile[];
  readonly listed: Map<string, ListedFolder>;
  fileCount: number;
  sliceStart: number;
  costMs: number;
}

/** How long a walk may keep the thread before others have their turn. Milliseconds. */
const sliceMs = 8;

/**
 * A folder is listed again, and every file in it looked at, after this long though nothing was heard of it: what no event
 * and no time of a folder tells, a file that is mapped into memory and written there, say, is found by then. Milliseconds.
 */
const listAgainMs = 300_000;
/** Folders of one look are listed again at moments that lie as far from each other as can be: the golden ratio. */
const spread = 0.618_033_988_749_895;

/**
 * The regular files below a folder. Links are not followed, so no file is met twice and no walk is endless. What one look
 * has found is remembered, so that the next one lists only the folders whose own times have changed.
 */
export class FolderWalk {
  private folders = new Map<string, ListedFolder>();
  private readonly changed = new Set<string>();
  private listings = 0;
  /** What of the last result is the same when nothing came or went. */
  private last: Pick<WalkResult, 'folders' | 'problems' | 'message'> | undefined;

  constructor(
    private readonly root: string,
    private readonly access: FileAccess,
    private readonly bounds: WalkBounds = { maxFiles, maxDepth: maxFolderDepth },
  ) {}

  /** The folder is listed at the next look. */
  listNext(folder: string): void {
    this.changed.add(folder);
  }

  /** Everything is new at the next look. */
  forget(): void {
    this.folders = new Map();
    this.last = undefined;
  }

  /** Throws when the root cannot be listed. One look at a time. */
  async look(isWhole: boolean, mustList: MustList = () => false): Promise<WalkResult> {
    const walk: Walk = {
      isWhole,
      mustList,
      found: [],
      listed: new Map(),
      fileCount: 0,
      sliceStart: performance.now(),
      costMs: 0,
    };
    const queue = [{ path: this.root, depth: 0 }];
    for (let at = 0, next = queue[at]; next !== undefined; next = queue[++at]) {
      const folder = await this.lookAt(walk, next.path, next.depth);
      if (folder !== undefined) {
        walk.listed.set(folder.path, folder);
        for (const inner of folder.folders) {
          queue.push({ path: inner, depth: folder.depth + 1 });
        }
      }
      await takeTurns(walk);
    }
    const before = this.folders;
    this.folders = walk.listed;
    return this.resultOf(walk, before);
  }

  /** undefined: it is not there any more. */
  private async lookAt(
    walk: Walk,
    folder: string,
    depth: number,
  ): Promise<ListedFolder | undefined> {
    const isRoot = folder === this.root;
    try {
      const stats = this.access.glance(isRoot ? this.access.realpath(folder) : folder);
      if (!isRoot && stats?.isDirectory() !== true) {
        return undefined;
      }
      // that the root is gone its listing says
      const stamp = stats === undefined ? unknownStamp : folderStampOf(stats);
      const known = this.folders.get(folder);
      const hasNews = this.changed.delete(folder);
      if (known !== undefined && !hasNews && this.mayKeep(walk, known, stamp)) {
        walk.fileCount += known.files.length;
        return known;
      }
      const share = walk.isWhole || known === undefined ? (this.listings++ * spread) % 1 : 1;
      return await this.list(walk, folder, depth, stamp, performance.now() + listAgainMs * share);
    } catch (error) {
      const code = errorCode(error);
      if (isRoot || code === undefined) {
        throw error;
      }
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        return undefined;
      }
      const problem: FileProblem = {
        state: 'unreadable',
        message: accessProblem(error, 'folder'),
      };
      const problems = new Map([[folder, problem]]);
      return { ...nothingListed, path: folder, depth, problems };
    }
  }

  private mayKeep(walk: Walk, known: ListedFolder, stamp: FolderStamp): boolean {
    return (
      !walk.isWhole &&
      !known.isPartial &&
      !known.stamp.isRacy &&
      isSameFolder(known.stamp, stamp) &&
      known.dueAt > performance.now() &&
      !walk.mustList(known.path)
    );
  }

  private async list(
    walk: Walk,
    folder: string,
    depth: number,
    stamp: FolderStamp,
    dueAt: number,
  ): Promise<ListedFolder> {
    const files: string[] = [];
    const before = this.folders.get(folder)?.files;
    const folders: string[] = [];
    const problems = new Map<string, FileProblem>();
    let message: string | undefined;
    let isPartial = false;
    // path.join looks at every character again, of very many paths that differ in their ends
    const inFolder = folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`;
    for (const { name, isFolder } of this.access.list(folder)) {
      const entry = `${inFolder}${name}`;
      if (isFolder) {
        if (toolFolders.has(name)) {
          continue;
        }
        if (depth >= this.bounds.maxDepth) {
          message = `Folders deeper than ${this.bounds.maxDepth} levels are not read.`;
          continue;
        }
        folders.push(entry);
        continue;
      }
      if (walk.fileCount >= this.bounds.maxFiles) {
        message = `Only the first ${this.bounds.maxFiles.toLocaleString('en')} files are read.`;
        isPartial = true;
        break;
      }
      const found = glanceAtFile(entry, this.access);
      if (found !== undefined && 'message' in found) {
        problems.set(entry, found);
      } else if (found !== undefined) {
        walk.fileCount++;
        const known = before?.[files.length];
        // the same text, not another like it: a path is kept once
        const file = known === entry ? known : entry;
        files.push(file);
        walk.found.push({ path: file, stat: found });
      }
      if (isTurnOver(walk)) {
        await takeTurns(walk);
      }
    }
    return { path: folder, depth, stamp, files, folders, problems, message, isPartial, dueAt };
  }

  private resultOf(walk: Walk, before: ReadonlyMap<string, ListedFolder>): WalkResult {
    const { isWhole, found: files } = walk;
    const costMs = walk.costMs + performance.now() - walk.sliceStart;
    if (this.last !== undefined && isSameListing(walk.listed, before)) {
      return { ...this.last, isWhole, files, gone: [], costMs };
    }
    const gone: string[] = [];
    for (const [folder, old] of before) {
      const now = walk.listed.get(folder);
      if (now !== old) {
        const present = new Set(now?.files);
        gone.push(...old.files.filter(file => !present.has(file)));
      }
    }
    const listed = [...walk.listed.values()];
    for (const folder of this.changed) {
      if (!walk.listed.has(folder)) {
        this.changed.delete(folder);
      }
    }
    this.last = {
      folders: new Map(listed.map(({ path: folder, stamp }) => [folder, stamp.identity])),
      problems: new Map(listed.flatMap(({ problems }) => [...problems])),
      message: listed.findLast(({ message }) => message !== undefined)?.message,
    };
    return { ...this.last, isWhole, files, gone, costMs };
  }
}

function isSameListing(
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

const unknownStamp: FolderStamp = { identity: '', mtimeMs: 0, ctimeMs: 0, isRacy: true };

const nothingListed: Omit<ListedFolder, 'path' | 'depth'> = {
  stamp: unknownStamp,
  files: [],
  folders: [],
  problems: new Map(),
  message: undefined,
  isPartial: true,
  dueAt: 0,
};

function isTurnOver({ sliceStart }: Walk): boolean {
  return performance.now() - sliceStart > sliceMs;
}

async function takeTurns(walk: Walk): Promise<void> {
  if (isTurnOver(walk)) {
    walk.costMs += performance.now() - walk.sliceStart;
    await new Promise(resolve => setImmediate(resolve));
    walk.sliceStart = performance.now();
  }
}
