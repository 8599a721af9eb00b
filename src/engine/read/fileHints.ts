import path from 'node:path';
import { maxFiles } from './bounds';
import { errorCode, type FileAccess } from './fileAccess';
import type { FileSet } from './fileSet';
import { glanceAtFile } from './fileGlance';
import { isInToolFolder } from './toolFolders';

export interface FileHintsOptions {
  /** The folder or file that is followed. */
  readonly root: string;
  readonly access: FileAccess;
  readonly files: FileSet;
  readonly isWatched: (folder: string) => boolean;
  /** Something happened in this folder that only a pass finds out. */
  readonly needsPass: (folder: string) => void;
}

/** Paths at which something happened: a file that is there is read at once. Those of one moment are looked at together. */
export class FileHints {
  /** Names under which a single file shows up; undefined when a folder is followed. */
  names: ReadonlySet<string> | undefined;
  private readonly paths = new Set<string>();
  private isDisposed = false;

  constructor(private readonly options: FileHintsOptions) {}

  take(hinted: string): void {
    if (this.paths.size === 0) {
      setImmediate(() => this.look());
    }
    this.paths.add(hinted);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private look(): void {
    const hinted = [...this.paths];
    this.paths.clear();
    if (this.isDisposed) {
      return;
    }
    for (const file of hinted) {
      if (this.names === undefined) {
        this.lookAt(file);
      } else if (this.names.has(path.basename(file))) {
        this.lookAtRoot();
      }
    }
  }

  private lookAtRoot(): void {
    const { root, access, files, needsPass } = this.options;
    const found = glanceAtFile(root, access);
    if (files.has(root) && found !== undefined && !('message' in found)) {
      files.readNow(root, found);
      return;
    }
    needsPass(path.dirname(root));
  }

  private lookAt(file: string): void {
    const { root, access, files, isWatched, needsPass } = this.options;
    const found = glanceAtFile(file, access);
    const isFile = found !== undefined && !('message' in found);
    const isKnown = files.has(file);
    if (isKnown && !isFile) {
      files.leave(file);
      return;
    }
    if (isWatched(file)) {
      // It may be the kernel that did not say at which path in it.
      needsPass(file);
    }
    if (!isFile) {
      // A folder that came or went, a link. Not worth a pass: a file that was gone before anybody saw it.
      if (found !== undefined || isWatched(file) || isFolder(file, access)) {
        needsPass(path.dirname(file));
      }
      return;
    }
    if (!isKnown && (found.nlink > 1 || files.size >= maxFiles)) {
      needsPass(path.dirname(file));
      return;
    }
    if (isKnown || !isInToolFolder(root, file)) {
      files.readNow(file, found);
    }
  }
}

function isFolder(file: string, access: FileAccess): boolean {
  try {
    return access.glance(file)?.isDirectory() === true;
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return false;
  }
}
