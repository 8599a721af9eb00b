import type { FileAccess } from './fileAccess';

/** Which folders are on a disk of this machine, of which nothing happens without an event. */
export class LocalFolders {
  /** A folder does not move to another disk while it is watched. */
  private readonly known = new Map<string, boolean>();

  constructor(private readonly access: FileAccess) {}

  has(folder: string): boolean {
    let isLocal = this.known.get(folder);
    if (isLocal === undefined) {
      isLocal = this.access.isLocal(folder);
      this.known.set(folder, isLocal);
    }
    return isLocal;
  }

  /** Asks again about all others. */
  forgetAllBut(folders: ReadonlyMap<string, unknown>): void {
    for (const folder of this.known.keys()) {
      if (!folders.has(folder)) {
        this.known.delete(folder);
      }
    }
  }
}
