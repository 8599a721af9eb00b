import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import { FileTail, type FileTailOptions } from './fileTail';
import { type FileProblem, statFile, type WalkedFile } from './folderWalk';
import { ReadQueue } from './readQueue';

export type FileSetOptions = Omit<FileTailOptions, 'file' | 'target'> & {
  /** Path of the bytes of a file. */
  readonly targetOf: (file: string) => string;
  /** Nothing is left to be read for now. */
  readonly onIdle: () => void;
};

/** The files of a source: which there are, which have news, and what is wrong with the others. */
export class FileSet {
  private readonly tails = new Map<string, FileTail>();
  private readonly problems = new Map<string, FileProblem>();
  private readonly queue = new ReadQueue(
    tail => this.remove(tail),
    () => this.options.onIdle(),
  );

  constructor(private readonly options: FileSetOptions) {}

  get size(): number {
    return this.tails.size;
  }

  get isIdle(): boolean {
    return this.queue.isIdle;
  }

  has(file: string): boolean {
    return this.tails.has(file);
  }

  bytes(): { readonly size: number; readonly read: number } {
    let size = 0;
    let read = 0;
    for (const tail of this.tails.values()) {
      size += tail.size;
      read += tail.readBytes;
    }
    return { size, read };
  }

  /** See `ReadQueue.whenIdle`. */
  whenIdle(quietToo: boolean): Promise<void> {
    return this.queue.whenIdle(quietToo);
  }

  /** Takes a listing of everything there is; files with news are read, the newest first. */
  take(files: readonly WalkedFile[], problems: ReadonlyMap<string, FileProblem>): void {
    const allProblems = new Map(problems);
    const named = withoutHardLinks(files, allProblems);
    this.takeProblems(allProblems);
    const present = new Set(named.map(file => file.path));
    for (const tail of this.tails.values()) {
      if (!present.has(tail.file)) {
        this.removeIfGone(tail);
      }
    }
    // All that is gone is forgotten before anything is read, so that a renamed file is not there twice.
    for (const { path: file, stat } of named) {
      this.tails.get(file)?.forgetIfReplaced(stat);
    }
    const news = named.filter(
      ({ path: file, stat }) => this.tails.get(file)?.isStale(stat) ?? true,
    );
    news.sort((a, b) => Number(b.stat.mtimeNs - a.stat.mtimeNs));
    for (const { path: file, stat } of news) {
      this.queue.add(this.tailOf(file, stat), false);
    }
  }

  /** Reads one file before all others. */
  readNow(file: string, stat: BigIntStats): void {
    const tail = this.tailOf(file, stat);
    tail.forgetIfReplaced(stat);
    this.queue.add(tail, true);
  }

  leave(file: string): void {
    const tail = this.tails.get(file);
    if (tail !== undefined) {
      this.remove(tail);
    }
  }

  leaveAll(): void {
    for (const tail of this.tails.values()) {
      this.remove(tail);
    }
    this.takeProblems(new Map());
  }

  dispose(): void {
    this.queue.dispose();
  }

  /** Not in the listing: it may have come after its folder was listed. */
  private removeIfGone(tail: FileTail): void {
    const found = statFile(tail.file, this.options.access);
    if (found === undefined || 'message' in found) {
      this.remove(tail);
    }
  }

  private remove(tail: FileTail): void {
    this.tails.delete(tail.file);
    this.queue.remove(tail);
    tail.leave();
  }

  private tailOf(file: string, stat: BigIntStats): FileTail {
    const known = this.tails.get(file);
    if (known !== undefined) {
      return known;
    }
    const { targetOf, onIdle: _onIdle, ...options } = this.options;
    const tail = new FileTail({ ...options, file, target: () => targetOf(file) });
    tail.size = Number(stat.size);
    this.tails.set(file, tail);
    return tail;
  }

  private takeProblems(problems: ReadonlyMap<string, FileProblem>): void {
    for (const file of this.problems.keys()) {
      if (!problems.has(file)) {
        this.problems.delete(file);
        this.tell(file, { state: 'gone' });
      }
    }
    for (const [file, problem] of problems) {
      this.leave(file);
      if (this.problems.get(file)?.message !== problem.message) {
        this.problems.set(file, problem);
        this.tell(file, problem);
      }
    }
  }

  private tell(file: string, status: FileProblem | { readonly state: 'gone' }): void {
    const nothing = { sizeBytes: 0, blankBytes: 0, pendingBytes: 0 };
    this.options.sink.status(file, { ...status, ...nothing });
  }
}

/** Of several names of one file only the first is read; the others are problems. */
function withoutHardLinks(
  files: readonly WalkedFile[],
  problems: Map<string, FileProblem>,
): readonly WalkedFile[] {
  const firstNames = new Map<string, string>();
  return files.filter(({ path: file, stat }) => {
    // Some network drives give every file the number 0.
    if (stat.nlink <= 1n || stat.ino === 0n) {
      return true;
    }
    const identity = `${stat.dev}:${stat.ino}`;
    const first = firstNames.get(identity);
    if (first === undefined) {
      firstNames.set(identity, file);
      return true;
    }
    const message = `Another name of ${path.basename(first)}; read once.`;
    problems.set(file, { state: 'notALog', message });
    return false;
  });
}
