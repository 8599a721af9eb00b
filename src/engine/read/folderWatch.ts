import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/**
 * Hints that something below a folder may have changed: one `fs.watch` per folder.
 *
 * chokidar 5 was measured for this and left out: it lists a folder again after every event (with one append each 100 ms
 * in a folder of 10,000 files it kept more than one core busy, against 0.5 % here), and it drops the last change of a
 * burst. What it adds, truth about files, is the business of the reconcile pass. `recursive: true` watches every single
 * file on Linux.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, { identity: string; watcher: FSWatcher }>();
  /** Why there are no events for some folder, in one sentence. */
  problem: string | undefined;

  constructor(private readonly onHint: (path: string) => void) {}

  /** Watches exactly these folders; `folders` says the identity of each. */
  follow(folders: ReadonlyMap<string, string>): void {
    for (const [folder, { identity }] of this.watchers) {
      if (folders.get(folder) !== identity) {
        this.leave(folder);
      }
    }
    this.problem = undefined;
    for (const [folder, identity] of folders) {
      if (!this.watchers.has(folder)) {
        this.watch(folder, identity);
      }
    }
  }

  has(folder: string): boolean {
    return this.watchers.has(folder);
  }

  dispose(): void {
    this.follow(new Map());
  }

  private watch(folder: string, identity: string): void {
    try {
      const watcher = watch(folder, (_event, name) =>
        this.onHint(name === null ? folder : path.join(folder, name)),
      );
      // A folder that vanishes is an error on Windows; the next pass finds out what there is.
      watcher.on('error', () => this.leave(folder));
      this.watchers.set(folder, { identity, watcher });
    } catch (error) {
      // Out of watches (ENOSPC, EMFILE) or gone already: the reconcile pass sees every change, only later.
      const reason = error instanceof Error ? error.message : String(error);
      this.problem = `New lines show up to two seconds late: the folder cannot be watched (${reason}).`;
    }
  }

  private leave(folder: string): void {
    this.watchers.get(folder)?.watcher.close();
    this.watchers.delete(folder);
  }
}
