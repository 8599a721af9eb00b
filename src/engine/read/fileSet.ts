import type { FileGlance } from './fileStamp';
import { FileTail } from './fileTail';
import type { FileTailOptions } from './fileTailOptions';
import { type FileProblem, glanceAtFile } from './fileGlance';
import type { WalkResult } from './folderWalk';
import type { WalkedFile } from './listFolder';
import { HardLinks } from './hardLinks';
import { ReadQueue } from './readQueue';
import { RestingFiles } from './restingFiles';
import type { SavedTail } from './savedTail';
import type { PathTable } from '../store/pathTable';

export interface FileSetOptions extends FileTailOptions {
  /** A table of its own when absent. */
  readonly paths?: PathTable | undefined;
  /** Nothing is left to be read for now. */
  readonly onIdle: () => void;
}

/** The files of a source: which there are, which have news, and what is wrong with the others. */
export class FileSet {
  /** Those that something may happen to; all others are at rest. */
  private readonly tails = new Map<string, FileTail>();
  private readonly resting: RestingFiles;
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
    this.resting = new RestingFiles(options.paths);
    this.queue = new ReadQueue(
      tail => this.remove(tail),
      tail => this.rest(tail),
      () => options.onIdle(),
      options.final,
    );
  }

  get size(): number {
    return this.tails.size + this.resting.count;
  }

  get isIdle(): boolean {
    return this.queue.isIdle;
  }

  /** How far its files were read. */
  save(): readonly SavedTail[] {
    const awake = [...this.tails.values()].flatMap(tail => tail.save() ?? []);
    return [...awake, ...this.resting.save()];
  }

  has(file: string): boolean {
    return this.tails.has(file) || this.resting.has(file);
  }

  /** Whether nothing has happened to a file that a glance would show, and nothing is to be done for it. */
  isAtRest(file: string, stat: FileGlance): boolean {
    return stat.nlink <= 1 && this.resting.isSame(file, stat);
  }

  bytes(): { readonly size: number; readonly read: number } {
    let { size, read } = this.resting.bytes;
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
    const mayBeGone = walked.isWhole ? this.files() : walked.gone;
    const unlisted = [...this.unlisted].map(tail => tail.file);
    for (const file of [...mayBeGone, ...unlisted]) {
      const tail = present.has(file) ? undefined : this.awaken(file);
      if (tail !== undefined) {
        this.glanceAt(tail);
      }
    }
    this.unlisted.clear();
    const lively = walked.isWhole ? [] : this.lookAtLively(present);
    const looked = [...named, ...lively];
    // All that is gone is forgotten before anything is read, so that a renamed file is not there twice.
    for (const { path: file, stat } of looked) {
      const tail = this.resting.isSame(file, stat) ? undefined : this.awaken(file);
      tail?.forgetIfReplaced(stat);
    }
    const news = looked.filter(
      ({ path: file, stat }) => this.tails.get(file)?.isStale(stat) ?? !this.resting.has(file),
    );
    news.sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
    for (const { path: file, stat } of news) {
      this.read(this.tailOf(file, stat), false);
    }
  }

  /** Reads one file before all others. */
  readNow(file: string, stat: FileGlance): void {
    const isNew = !this.has(file);
    const tail = this.tailOf(file, stat);
    if (isNew) {
      this.unlisted.add(tail);
    }
    tail.forgetIfReplaced(stat);
    this.read(tail, true);
  }

  leave(file: string): void {
    const tail = this.awaken(file);
    if (tail !== undefined) {
      this.remove(tail);
    }
  }

  leaveAll(): void {
    for (const file of this.files()) {
      this.leave(file);
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

  private files(): readonly string[] {
    return [...this.tails.keys(), ...this.resting.files()];
  }

  /** Keeps of a file that nobody writes to only what it takes to go on. */
  private rest(tail: FileTail): void {
    const isBusy =
      this.queue.has(tail) ||
      this.stopped.has(tail) ||
      this.unlisted.has(tail) ||
      this.tails.get(tail.file) !== tail;
    const atRest = isBusy ? undefined : tail.rest();
    if (atRest !== undefined) {
      this.tails.delete(tail.file);
      this.lively.delete(tail);
      this.resting.add(tail.file, atRest);
    }
  }

  /** The tail of a file that is known, to be looked at; undefined: it is not. */
  private awaken(file: string): FileTail | undefined {
    const atRest = this.resting.get(file);
    if (atRest === undefined) {
      return this.tails.get(file);
    }
    const tail = new FileTail(file, this.options, atRest.stamp.size);
    tail.wake(atRest);
    this.resting.remove(file);
    this.tails.set(file, tail);
    return tail;
  }

  private lookAtLively(present: ReadonlySet<string>): readonly WalkedFile[] {
    const looked: WalkedFile[] = [];
    for (const tail of this.lively) {
      if (!tail.isLively) {
        this.lively.delete(tail);
        this.rest(tail);
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
  private glanceAt(tail: FileTail): FileGlance | undefined {
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

  private tailOf(file: string, stat: FileGlance): FileTail {
    const known = this.awaken(file);
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
