import path from 'node:path';
import { FSWatcher } from 'chokidar';

/**
 * chokidar as it is would list a folder again after every event, and stat all that is in it: with a line appended each
 * 100 ms to one of 10,000 files that kept more than one core busy. The pass of the source lists folders already, so
 * chokidar finds nothing below the folders it is given.
 */
class QuietWatcher extends FSWatcher {
  override _readdirp(): undefined {
    return undefined;
  }
}

/**
 * Hints that something in some folders may have changed. One kernel watch a folder and none a file, by the raw events of
 * chokidar: its own `change` has no trailing edge, so the last line of a burst would stay unseen.
 */
export class FolderWatch {
  /** Why there are no events for some folder, in one sentence. */
  problem: string | undefined;
  private readonly identities = new Map<string, string>();
  private readonly watcher = new QuietWatcher({
    followSymlinks: false,
    ignoreInitial: true,
    atomic: false,
  });

  constructor(onHint: (path: string) => void) {
    this.watcher.on('raw', (_event, name, details) => {
      const folder = folderOf(details);
      if (folder !== undefined) {
        // The name is missing where the kernel does not tell it.
        onHint(typeof name === 'string' ? path.join(folder, name) : folder);
      }
    });
    this.watcher.on('error', error => {
      // Out of watches (ENOSPC, EMFILE), say. The pass sees every change all the same, only later.
      const reason = error instanceof Error ? error.message : String(error);
      this.problem = `New lines may show up some seconds late: a folder cannot be watched (${reason}).`;
    });
  }

  /** Watches exactly these folders; a folder whose identity has changed was made again. True when some are new. */
  follow(folders: ReadonlyMap<string, string>): boolean {
    for (const [folder, identity] of this.identities) {
      if (folders.get(folder) !== identity) {
        this.identities.delete(folder);
        this.watcher.unwatch(folder);
      }
    }
    const added = [...folders].filter(([folder]) => !this.identities.has(folder));
    for (const [folder, identity] of added) {
      this.identities.set(folder, identity);
      this.watcher.add(folder);
    }
    return added.length > 0;
  }

  has(folder: string): boolean {
    return this.identities.has(folder);
  }

  async dispose(): Promise<void> {
    await this.watcher.close();
  }
}

/** chokidar says in which folder a raw event was, in a value that it does not describe. */
function folderOf(details: unknown): string | undefined {
  const folder: unknown =
    typeof details === 'object' && details !== null && 'watchedPath' in details
      ? details.watchedPath
      : undefined;
  return typeof folder === 'string' ? folder : undefined;
}
