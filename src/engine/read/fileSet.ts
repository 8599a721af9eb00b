import type { Stats } from 'node:fs';
import { FileTail } from './fileTail';
import type { FileTailOptions } from './fileTailOptions';
import { type FileProblem, glanceAtFile } from './fileGlance';
import type { WalkedFile, WalkResult } from './folderWalk';
import { HardLinks } from './hardLinks';
import { ReadQueue } from './readQueue';
import type { SavedTail } from './savedTail';

export interface FileSetOptions extends FileTailOptions {
  /** Nothing is left to be read for now. */
  readonly onIdle: () => void;
}

/** The files of a source: which there are, which have news, and what is wrong with the others. */
export class FileSet {
  private readonly tails = new Map<string, FileTail>();
  private readonly problems = new Map<string, FileProblem>();
  private readonly links = new HardLinks();
  /** A file turned into something else, of which only a look at its folder can say what. */
  private hasRiddle = false;
  /** Those to be looked at in every pass, whatever their folders say; some that are not any more. */
  private readonly lively = new Set<FileTail>();
  /** Those that an event told of and no look at their folder has found yet. */
  private readonly unlisted = new Set<FileTail>();
  private readonly stopped = new Set<FileTail>();
  private readonly queue: ReadQueue;

  constructor(private readonly options: FileSetOptions) {
    this.queue = new ReadQueue(
      tail => this.remove(tail),
      () => options.onIdle(),
      options.final,
    );
  }

  get size(): number {
    return this.tails.size;
  }

  get isIdle(): boolean {
    return this.queue.isIdle;
  }

  /** How far its files were read. */
  save(): readonly SavedTail[] {
    return [...this.tails.values()].flatMap(tail => tail.save() ?? []);
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

  /** Some files are not read to their end because somebody said so. */
  get hasStopped(): boolean {
    for (const tail of this.stopped) {
      if (tail.isStopped) {
        return true;
      }
      this.stopped.delete(tail);
    }
    return false;
  }

  /** What waits to be read is not read, but for the news of a file that was read before. */
  stop(): void {
    for (const tail of this.queue.tails()) {
      if (tail.isBehind) {
        this.stopped.add(tail);
        tail.stop();
        if (!tail.wasLookedAt) {
          this.queue.remove(tail);
        }
      }
    }
  }

  resume(): void {
    for (const tail of this.stopped) {
      tail.resume();
      this.read(tail, false);
    }
    this.stopped.clear();
  }

  /** See `ReadQueue.whenIdle`. */
  whenIdle(quietToo: boolean): Promise<void> {
    return this.queue.whenIdle(quietToo);
  }

  /** Only a look at everything can tell what to read. */
  get needsWholeLook(): boolean {
    return this.links.needsWholeLook || this.hasRiddle;
  }

  /** Takes what a look at the folders has found, and looks at the lively files too; files with news are read, the newest first. */
  take(walked: WalkResult): void {
    this.hasRiddle = false;
    const named = this.links.take(walked);
    this.takeProblems(new Map([...walked.problems, ...this.links.problems()]));
    const present = new Set(named.map(file => file.path));
    const mayBeGone = walked.isWhole ? [...this.tails.values()] : this.tailsOf(walked.gone);
    for (const tail of [...mayBeGone, ...this.unlisted]) {
      if (!present.has(tail.file)) {
        this.glanceAt(tail);
      }
    }
    this.unlisted.clear();
    const lively = walked.isWhole ? [] : this.lookAtLively(present);
    const looked = [...named, ...lively];
    // All that is gone is forgotten before anything is read, so that a renamed file is not there twice.
    for (const { path: file, stat } of looked) {
      this.tails.get(file)?.forgetIfReplaced(stat);
    }
    const news = looked.filter(
      ({ path: file, stat }) => this.tails.get(file)?.isStale(stat) ?? true,
    );
    news.sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
    for (const { path: file, stat } of news) {
      this.read(this.tailOf(file, stat), false);
    }
  }

  /** Reads one file before all others. */
  readNow(file: string, stat: Stats): void {
    const isNew = !this.tails.has(file);
    const tail = this.tailOf(file, stat);
    if (isNew) {
      this.unlisted.add(tail);
    }
    tail.forgetIfReplaced(stat);
    this.read(tail, true);
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

  private read(tail: FileTail, isUrgent: boolean): void {
    this.lively.add(tail);
    this.queue.add(tail, isUrgent);
  }

  private tailsOf(files: readonly string[]): readonly FileTail[] {
    return files.flatMap(file => this.tails.get(file) ?? []);
  }

  private lookAtLively(present: ReadonlySet<string>): readonly WalkedFile[] {
    const looked: WalkedFile[] = [];
    for (const tail of this.lively) {
      if (!tail.isLively) {
        this.lively.delete(tail);
        continue;
      }
      const stat = present.has(tail.file) ? undefined : this.glanceAt(tail);
      if (stat !== undefined) {
        looked.push({ path: tail.file, stat });
      }
    }
    return looked;
  }

  /** A file that is gone, or no regular file any more, is forgotten. */
  private glanceAt(tail: FileTail): Stats | undefined {
    const found = glanceAtFile(tail.file, this.options.access);
    if (found !== undefined && !('message' in found)) {
      return found;
    }
    this.hasRiddle ||= found !== undefined && !this.problems.has(tail.file);
    this.remove(tail);
    return undefined;
  }

  private remove(tail: FileTail): void {
    this.tails.delete(tail.file);
    this.lively.delete(tail);
    this.stopped.delete(tail);
    this.unlisted.delete(tail);
    this.queue.remove(tail);
    tail.leave();
  }

  private tailOf(file: string, stat: Stats): FileTail {
    const known = this.tails.get(file);
    if (known !== undefined) {
      return known;
    }
    const tail = new FileTail(file, this.options, stat.size);
    const saved = this.options.saved?.(file);
    if (saved !== undefined) {
      tail.restore(saved);
    }
    // it tells its own state now
    this.problems.delete(file);
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
