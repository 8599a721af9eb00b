import type { Stats } from 'node:fs';
import { Slice } from '../slice';
import { maxFiles, maxFolderDepth } from './bounds';
import { accessProblem, errorCode, type FileAccess } from './fileAccess';
import { folderIdentityOf, type FolderStamp, folderStampOf, isSameFolder } from './fileStamp';
import { type FileProblem, glanceAtFile } from './fileGlance';
import { filesOf, isSameListing, type ListedFolder, nothingListed } from './listedFolder';
import { type Listing, listFolder, type WalkBounds, type WalkedFile } from './listFolder';
import { LookAgain } from './lookAgain';
import { type LookHints, noHints } from './lookHints';

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

type Found = Pick<WalkResult, 'folders' | 'problems' | 'message'>;

interface Walk extends Listing {
  readonly isWhole: boolean;
  readonly hints: LookHints;
  readonly listed: Map<string, ListedFolder>;
}

/**
 * The regular files below a folder. Links are not followed, so no file is met twice and no walk is endless. What one look
 * has found is remembered, so that the next one lists only the folders whose own times have changed.
 */
export class FolderWalk {
  private folders = new Map<string, ListedFolder>();
  private readonly changed = new Set<string>();
  private readonly again = new LookAgain();
  /** What of the last result is the same when nothing came or went. */
  private last: Found | undefined;

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
  async look(isWhole: boolean, hints: LookHints = noHints): Promise<WalkResult> {
    const walk: Walk = {
      isWhole,
      hints,
      found: [],
      listed: new Map(),
      fileCount: 0,
      slice: new Slice(),
    };
    if (this.last !== undefined && !isWhole && (await this.isStill(walk))) {
      return resultOf(walk, this.last, []);
    }
    const queue = [{ path: this.root, depth: 0 }];
    for (let at = 0, next = queue[at]; next !== undefined; next = queue[++at]) {
      const folder = await this.lookAt(walk, next.path, next.depth);
      if (folder !== undefined) {
        walk.listed.set(folder.path, folder);
        for (const inner of folder.folders) {
          queue.push({ path: inner, depth: folder.depth + 1 });
        }
      }
      if (walk.slice.isOver) {
        await walk.slice.rest();
      }
    }
    const before = this.folders;
    this.folders = walk.listed;
    this.again.fileCount = walk.fileCount;
    return this.resultSince(walk, before);
  }

  /** Whether no folder has changed, which is so at nearly every look: it is found out with as little as can be. Files whose turn it is are looked at. */
  private async isStill(walk: Walk): Promise<boolean> {
    if (this.changed.size > 0) {
      return false;
    }
    for (const known of this.folders.values()) {
      if (!this.holdsTheSame(walk.hints, known, this.tryGlance(known.path))) {
        return false;
      }
      if (this.again.isDue(known) && !(await this.lookThrough(walk, known))) {
        return false;
      }
      if (walk.slice.isOver) {
        await walk.slice.rest();
      }
    }
    return true;
  }

  /** undefined: it is not there any more, or something is wrong with it. */
  private tryGlance(folder: string): Stats | undefined {
    try {
      return this.glance(folder);
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      return undefined;
    }
  }

  /** The root may be a link. */
  private glance(folder: string): Stats | undefined {
    return folder === this.root ? this.access.glanceThrough(folder) : this.access.glance(folder);
  }

  /** undefined: it is not there any more. */
  private async lookAt(
    walk: Walk,
    folder: string,
    depth: number,
  ): Promise<ListedFolder | undefined> {
    const isRoot = folder === this.root;
    try {
      const stats = this.glance(folder);
      if (stats === undefined || (!isRoot && !stats.isDirectory())) {
        return undefined;
      }
      const known = this.folders.get(folder);
      const hasNews = this.changed.delete(folder);
      const mayBeSame = known !== undefined && !hasNews && !walk.isWhole;
      if (mayBeSame && this.holdsTheSame(walk.hints, known, stats)) {
        if (!this.again.isDue(known) || (await this.lookThrough(walk, known))) {
          walk.fileCount += known.fileCount;
          return known;
        }
      }
      const stamp = folderStampOf(stats);
      if (isRoot) {
        this.meet(walk, folder, stamp);
      }
      const turn = this.again.nextTurn(walk.isWhole || known === undefined);
      return await listFolder({ path: folder, depth, stamp, turn }, walk, {
        access: this.access,
        bounds: this.bounds,
        announce: inner => this.announce(walk, inner),
      });
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

  /** Whoever watches folders begins to while others are listed; what is listed after that need not be listed once more. */
  private announce(walk: Walk, folder: string): void {
    const stats = this.folders.has(folder) ? undefined : this.tryGlance(folder);
    if (stats?.isDirectory() === true) {
      this.meet(walk, folder, folderStampOf(stats));
    }
  }

  private meet({ hints }: Walk, folder: string, stamp: FolderStamp): void {
    if (!this.folders.has(folder)) {
      hints.meets(folder, folderIdentityOf(stamp));
    }
  }

  /** Whether a folder holds what it held. */
  private holdsTheSame(hints: LookHints, known: ListedFolder, stats: Stats | undefined): boolean {
    const isUnsure = known.isPartial || known.stamp.isRacy || stats === undefined;
    return !isUnsure && isSameFolder(known.stamp, stats) && !hints.mustList(known.path);
  }

  /** Looks at the files of a folder that holds what it held, which costs half of listing it. False: only listing it tells. */
  private async lookThrough(walk: Walk, known: ListedFolder): Promise<boolean> {
    if (known.problems.size > 0) {
      return false;
    }
    const found: WalkedFile[] = [];
    for (const file of filesOf(known)) {
      const stat = glanceAtFile(file, this.access);
      if (stat === undefined || 'message' in stat) {
        return false;
      }
      if (!walk.hints.isKnown(file, stat)) {
        found.push({ path: file, stat });
      }
      if (walk.slice.isOver) {
        await walk.slice.rest();
      }
    }
    found.forEach(file => walk.found.push(file));
    known.lookedAt = performance.now();
    known.turn = 1;
    return true;
  }

  private resultSince(walk: Walk, before: ReadonlyMap<string, ListedFolder>): WalkResult {
    if (this.last !== undefined && isSameListing(walk.listed, before)) {
      return resultOf(walk, this.last, []);
    }
    const gone: string[] = [];
    for (const [folder, old] of before) {
      const now = walk.listed.get(folder);
      if (now !== old) {
        const present = new Set(now && filesOf(now));
        gone.push(...filesOf(old).filter(file => !present.has(file)));
      }
    }
    const listed = [...walk.listed.values()];
    for (const folder of this.changed) {
      if (!walk.listed.has(folder)) {
        this.changed.delete(folder);
      }
    }
    this.last = {
      folders: new Map(listed.map(({ path: folder, stamp }) => [folder, folderIdentityOf(stamp)])),
      problems: new Map(listed.flatMap(({ problems }) => [...problems])),
      message: listed.findLast(({ message }) => message !== undefined)?.message,
    };
    return resultOf(walk, this.last, gone);
  }
}

function resultOf(
  { isWhole, found, slice }: Walk,
  { folders, problems, message }: Found,
  gone: readonly string[],
): WalkResult {
  return { isWhole, files: found, gone, folders, problems, message, costMs: slice.costMs };
}
