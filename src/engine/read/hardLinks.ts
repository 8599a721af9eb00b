import path from 'node:path';
import type { FileProblem } from './fileGlance';
import type { WalkResult } from './folderWalk';
import type { WalkedFile } from './listFolder';

/**
 * A file of several names is read under the first of them. Which that is only a look at everything tells; what a look at
 * some files cannot decide is left for the next such look.
 */
export class HardLinks {
  /** Only a look at everything can tell what to read. */
  needsWholeLook = false;
  /** Names of files that have several; with a problem for all but the first of each. */
  private readonly names = new Map<string, FileProblem | undefined>();

  /** Names that are not read. */
  *problems(): Generator<[string, FileProblem]> {
    for (const [file, problem] of this.names) {
      if (problem !== undefined) {
        yield [file, problem];
      }
    }
  }

  /** Returns the files that are to be read. */
  take({ isWhole, files, gone }: WalkResult): readonly WalkedFile[] {
    if (isWhole) {
      return this.takeAll(files);
    }
    this.needsWholeLook ||= gone.some(file => this.names.has(file));
    return files.filter(file => {
      const isKnown = this.names.has(file.path);
      if (isKnown !== hasOtherNames(file)) {
        this.needsWholeLook = true;
        return false;
      }
      return this.names.get(file.path) === undefined;
    });
  }

  private takeAll(files: readonly WalkedFile[]): readonly WalkedFile[] {
    const firstNames = new Map<string, string>();
    this.names.clear();
    this.needsWholeLook = false;
    return files.filter(file => {
      if (!hasOtherNames(file)) {
        return true;
      }
      const identity = `${file.stat.dev}:${file.stat.ino}`;
      const first = firstNames.get(identity);
      if (first === undefined) {
        firstNames.set(identity, file.path);
        this.names.set(file.path, undefined);
        return true;
      }
      const message = `Another name of ${path.basename(first)}; read once.`;
      this.names.set(file.path, { state: 'notALog', message });
      return false;
    });
  }
}

/** Some network drives give every file the number 0. */
function hasOtherNames({ stat }: WalkedFile): boolean {
  return stat.nlink > 1 && stat.ino !== 0;
}
