import path from 'node:path';
import { FSWatcher } from 'chokidar';

/**
 * chokidar as it is would list a folder again after every event, and stat all that is in it: with a line appended each
 * 100 ms to one of 10,000 files that kept more than one core busy. The pass of the source lists folders already, so
 * chokidar finds nothing below the folders it is given.
 */
class QuietWatcher extends FSWatcher {
  constructor(private readonly onWatching: (folder: string) => void) {
    super({ followSymlinks: false, ignoreInitial: true, atomic: false });
  }

  override _readdirp(): undefined {
    return undefined;
  }

  /** chokidar adds a folder in its own time; it calls this when the watch of the kernel is there. */
  override _addPathCloser(folder: string, closer: () => void): void {
    super._addPathCloser(folder, closer);
    this.onWatching(folder);
  }
}

/** What a watch tells. */
export interface FolderWatchListener {
  /** Something happened at this path, or the folder is watched from now on: what happened before, only a look tells. */
  hint(path: string): void;
  watching(folder: string): void;
  /** So many events at once that the kernel may have dropped some. */
  flood(): void;
}

/** Tells a listener when it is worth looking at something in the folders that it follows. */
export interface FolderEvents {
  /** Why there are no events for some folder, in one sentence. */
  readonly problem: string | undefined;
  /** Watches exactly these folders; a folder whose identity has changed was made again. */
  follow(folders: ReadonlyMap<string, string>): void;
  /** Watches this folder, too. */
  add(folder: string, identity: string): void;
  has(folder: string): boolean;
  /** Whether there is an event for whatever happens in the folder. */
  hears(folder: string): boolean;
  dispose(): Promise<void>;
}

/** The kernel keeps 16,384 events (`fs.inotify.max_queued_events`) and says nothing of those it drops. Events of one turn. */
const floodEvents = 1000;

/**
 * Hints that something in some folders may have changed. One kernel watch a folder and none a file, by the raw events of
 * chokidar: its own `change` has no trailing edge, so the last line of a burst would stay unseen.
 */
export class FolderWatch implements FolderEvents {
  problem: string | undefined;
  private readonly identities = new Map<string, string>();
  /** Folders that the kernel watches. */
  private readonly watched = new Set<string>();
  private readonly watcher: QuietWatcher;
  private eventsOfTurn = 0;

  constructor(private readonly listener: FolderWatchListener) {
    this.watcher = new QuietWatcher(folder => {
      if (this.identities.has(folder)) {
        this.watched.add(folder);
        listener.watching(folder);
      }
    });
    this.watcher.on('raw', (_event, name, details) => {
      const folder = folderOf(details);
      if (folder !== undefined) {
        this.count();
        // The name is missing where the kernel does not tell it.
        listener.hint(typeof name === 'string' ? path.join(folder, name) : folder);
      }
    });
    this.watcher.on('error', error => {
      // Out of watches (ENOSPC, EMFILE), say. The pass sees every change all the same, only later.
      const reason = error instanceof Error ? error.message : String(error);
      this.problem = `New lines may show up some seconds late: a folder cannot be watched (${reason}).`;
    });
  }

  follow(folders: ReadonlyMap<string, string>): void {
    for (const [folder, identity] of this.identities) {
      if (folders.get(folder) !== identity) {
        this.identities.delete(folder);
        this.watched.delete(folder);
        this.watcher.unwatch(folder);
      }
    }
    for (const [folder, identity] of folders) {
      this.add(folder, identity);
    }
  }

  add(folder: string, identity: string): void {
    if (!this.identities.has(folder)) {
      this.identities.set(folder, identity);
      this.watcher.add(folder);
    }
  }

  has(folder: string): boolean {
    return this.identities.has(folder);
  }

  /** Not so, where one folder failed: which others did is unknown. */
  hears(folder: string): boolean {
    return this.problem === undefined && this.watched.has(folder);
  }

  async dispose(): Promise<void> {
    await this.watcher.close();
  }

  private count(): void {
    if (this.eventsOfTurn === 0) {
      setImmediate(() => {
        this.eventsOfTurn = 0;
      });
    }
    if (++this.eventsOfTurn === floodEvents) {
      this.listener.flood();
    }
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
