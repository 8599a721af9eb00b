import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { FileReadStatus, RecordSink } from '../recordSink';
import { defaultMaxRecordBytes, maxFiles, quietMs } from './bounds';
import { accessProblem, diskAccess, errorCode, type FileAccess } from './fileAccess';
import { FileTail } from './fileTail';
import {
  type FileProblem,
  isInToolFolder,
  statFile,
  type WalkedFile,
  walkFolder,
} from './folderWalk';
import { FolderWatch } from './folderWatch';
import { ReadQueue } from './readQueue';
import { SharedWindow } from './sharedWindow';

export interface LogSourceOptions {
  /** A folder or a file; absolute. */
  readonly path: string;
  readonly sink: RecordSink;
  readonly formats: readonly LogFormat[];
  /** Look at the disk by polling only, no file events. */
  readonly poll?: boolean | undefined;
  /** One shot: read what is there, treat the end of a file as its end, follow nothing. */
  readonly final?: boolean | undefined;
  /** Longer records are skipped. Bytes; 32 MiB when absent. */
  readonly maxRecordBytes?: number | undefined;
  /** The state of the source (not of a file) may be another one: ask `status()`. */
  readonly onDidChangeStatus?: (() => void) | undefined;
  /** The disk when absent; tests put faults in. */
  readonly access?: FileAccess | undefined;
}

/** What is known of the source as a whole; the files tell their own through `RecordSink.status`. */
export interface LogSourceStatus {
  readonly path: string;
  readonly kind: 'folder' | 'file';
  readonly state: 'live' | 'reading' | 'missing' | 'unreadable' | 'empty';
  /** One plain sentence when there is something to say. */
  readonly message?: string | undefined;
  readonly files: number;
  readonly sizeBytes: number;
  /** 0..1 while reading. */
  readonly progress?: number | undefined;
}

/** Time from one look at the whole disk to the next. Milliseconds. */
const passEveryMs = 2000;
const pollEveryMs = 1000;
/** A pass may take one part in so many of the time. */
const restPerPass = 20;
const restPerHintedPass = 5;
/** From a hint that folders have changed to the pass that finds out. Milliseconds. */
const hintedPassMs = 20;

/**
 * Follows a folder or a file and feeds a RecordSink. Events are only hints: a pass over the whole folder every two
 * seconds is the truth, so an event that is lost costs time, never a line.
 */
export class LogSource {
  private readonly tails = new Map<string, FileTail>();
  private readonly problems = new Map<string, FileProblem>();
  private readonly queue = new ReadQueue(tail => this.removeTail(tail));
  private readonly watch: FolderWatch | undefined;
  private readonly window = new SharedWindow();
  private readonly access: FileAccess;
  private readonly hints = new Set<string>();
  /** Names under which a single file shows up in events. */
  private fileNames: ReadonlySet<string> = new Set();
  private kind: 'folder' | 'file' = 'folder';
  private rootState: 'present' | 'missing' | 'unreadable' = 'present';
  private message: string | undefined;
  private passing: Promise<void> | undefined;
  private passTimer: NodeJS.Timeout | undefined;
  private passDue = 0;
  private passCostMs = 0;
  private passedAt = 0;
  private isDisposed = false;
  private lastTold = '';

  constructor(private readonly options: LogSourceOptions) {
    this.access = options.access ?? diskAccess;
    if (options.poll !== true && options.final !== true) {
      this.watch = new FolderWatch(hinted => this.takeHint(hinted));
    }
  }

  /** Resolves when the first listing is done; reading goes on. */
  async start(): Promise<void> {
    await this.pass();
  }

  /** Resolves when everything that was on disk at the time of asking has been given to the sink. */
  async whenIdle(): Promise<void> {
    await this.reconcileNow();
    // A last line without a line break is given after a silence; a file that is never silent must not hold us for ever.
    await Promise.race([
      this.queue.whenIdle(true),
      new Promise(resolve => setTimeout(resolve, 2 * quietMs).unref()),
    ]);
  }

  /** Looks at the whole disk now and reads what is there; does not wait for silence after unfinished lines. */
  async reconcileNow(): Promise<void> {
    await this.passAgain();
    await this.queue.whenIdle(false);
    this.tellStatus();
  }

  /** Absolute paths of the files that were told to the sink. */
  files(): readonly string[] {
    return [...this.tails.keys(), ...this.problems.keys()];
  }

  status(): LogSourceStatus {
    let sizeBytes = 0;
    let readBytes = 0;
    for (const tail of this.tails.values()) {
      sizeBytes += tail.size;
      readBytes += tail.readBytes;
    }
    const { path: source } = this.options;
    const about = { path: source, kind: this.kind, files: this.tails.size, sizeBytes };
    const message = this.message ?? this.watch?.problem;
    if (this.rootState !== 'present') {
      return { ...about, state: this.rootState, message };
    }
    if (!this.queue.isIdle) {
      const progress = sizeBytes === 0 ? 1 : Math.min(1, readBytes / sizeBytes);
      return { ...about, state: 'reading', message, progress };
    }
    if (this.tails.size === 0) {
      return { ...about, state: 'empty', message: message ?? 'There are no files in this folder.' };
    }
    return { ...about, state: 'live', message };
  }

  /** Stops; from now on the sink is not called any more. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    clearTimeout(this.passTimer);
    this.queue.dispose();
    await Promise.all([this.watch?.dispose(), this.passing]);
  }

  /** A pass that runs already may have gone past what changed a moment ago. */
  private async passAgain(): Promise<void> {
    await this.passing;
    await this.pass();
  }

  private pass(): Promise<void> {
    if (this.isDisposed) {
      return Promise.resolve();
    }
    this.passing ??= this.runPass().finally(() => {
      this.passing = undefined;
      this.schedulePass(this.options.poll === true ? pollEveryMs : passEveryMs);
    });
    return this.passing;
  }

  private async runPass(): Promise<void> {
    try {
      await this.lookAtRoot();
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      this.takeRootProblem(error);
    }
    this.passedAt = performance.now();
    this.tellStatus();
  }

  /** The next pass: after `delayMs`, later when a pass is expensive, never later than one that is planned already. */
  private schedulePass(delayMs: number): void {
    if (this.isDisposed || this.options.final === true) {
      return;
    }
    const isHinted = delayMs === hintedPassMs;
    const rest = this.passCostMs * (isHinted ? restPerHintedPass : restPerPass);
    const now = performance.now();
    const due = Math.max(now + delayMs, this.passedAt + rest);
    if (this.passTimer !== undefined && this.passDue <= due) {
      return;
    }
    clearTimeout(this.passTimer);
    this.passDue = due;
    this.passTimer = setTimeout(() => {
      this.passTimer = undefined;
      void this.passAgain();
    }, due - now);
  }

  private async lookAtRoot(): Promise<void> {
    const root = this.options.path;
    const stat = this.access.lstat(this.access.realpath(root));
    const kind = stat.isDirectory() ? 'folder' : 'file';
    this.rootState = 'present';
    if (kind !== this.kind) {
      this.removeAll();
      this.kind = kind;
    }
    if (kind === 'file') {
      this.lookAtSingleFile(root, stat);
      return;
    }
    const walked = await walkFolder(root, this.access);
    if (this.isDisposed) {
      return;
    }
    const problems = new Map(walked.problems);
    const files = withoutHardLinks(walked.files, problems);
    this.message = walked.message;
    this.takeProblems(problems);
    this.takeFiles(files);
    this.passCostMs = walked.costMs;
    this.followFolders(walked.folders);
  }

  private lookAtSingleFile(file: string, stat: BigIntStats): void {
    if (!stat.isFile()) {
      this.message = 'Neither a file nor a folder.';
      this.rootState = 'unreadable';
      return;
    }
    this.message = undefined;
    this.takeFiles([{ path: file, stat }]);
    // A watch on the file itself would end with the file when it is replaced; its folder stays.
    const real = this.access.realpath(file);
    this.fileNames = new Set([path.basename(file), path.basename(real)]);
    const folders = [path.dirname(file), path.dirname(real)];
    this.followFolders(new Map(folders.map(folder => [folder, folder])));
  }

  private followFolders(folders: ReadonlyMap<string, string>): void {
    if (this.watch?.follow(folders) === true) {
      // What happens between the look at a folder and the first event of it, only another look finds out.
      this.schedulePass(hintedPassMs);
    }
  }

  private takeFiles(files: readonly WalkedFile[]): void {
    const present = new Set(files.map(file => file.path));
    for (const tail of this.tails.values()) {
      if (!present.has(tail.file)) {
        this.confirmGone(tail);
      }
    }
    for (const { path: file, stat } of files) {
      this.tails.get(file)?.forgetIfReplaced(stat);
    }
    const news = files.filter(
      ({ path: file, stat }) => this.tails.get(file)?.isStale(stat) ?? true,
    );
    news.sort((a, b) => Number(b.stat.mtimeNs - a.stat.mtimeNs));
    for (const { path: file, stat } of news) {
      this.queue.add(this.tailOf(file, stat), false);
    }
  }

  /** Not in the listing: it may have come after its folder was listed. */
  private confirmGone(tail: FileTail): void {
    const found = statFile(tail.file, this.access);
    if (found === undefined || 'message' in found) {
      this.removeTail(tail);
    }
  }

  private tailOf(file: string, stat: BigIntStats): FileTail {
    const known = this.tails.get(file);
    if (known !== undefined) {
      return known;
    }
    const { sink, formats, final, maxRecordBytes } = this.options;
    const tail = new FileTail({
      file,
      target: this.kind === 'file' ? () => this.access.realpath(file) : () => file,
      sink,
      formats,
      access: this.access,
      window: this.window,
      maxRecordBytes: maxRecordBytes ?? defaultMaxRecordBytes,
      final: final === true,
    });
    tail.size = Number(stat.size);
    this.tails.set(file, tail);
    return tail;
  }

  private removeTail(tail: FileTail): void {
    this.tails.delete(tail.file);
    this.queue.remove(tail);
    tail.leave();
  }

  private removeAll(): void {
    for (const tail of this.tails.values()) {
      this.removeTail(tail);
    }
    this.takeProblems(new Map());
  }

  private takeProblems(problems: ReadonlyMap<string, FileProblem>): void {
    for (const file of this.problems.keys()) {
      if (!problems.has(file)) {
        this.problems.delete(file);
        this.tellFile(file, 'gone', undefined);
      }
    }
    for (const [file, problem] of problems) {
      const tail = this.tails.get(file);
      if (tail !== undefined) {
        this.removeTail(tail);
      }
      if (this.problems.get(file)?.message !== problem.message) {
        this.problems.set(file, problem);
        this.tellFile(file, problem.state, problem.message);
      }
    }
  }

  private tellFile(
    file: string,
    state: FileReadStatus['state'],
    message: string | undefined,
  ): void {
    const status = { state, message, sizeBytes: 0, blankBytes: 0, pendingBytes: 0 };
    this.options.sink.status(file, status);
  }

  private takeRootProblem(error: unknown): void {
    const isMissing = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    this.rootState = isMissing ? 'missing' : 'unreadable';
    this.message = isMissing
      ? `This ${this.kind} is not there; it is read as soon as it comes.`
      : accessProblem(error, this.kind);
    if (isMissing) {
      this.removeAll();
      this.watch?.follow(new Map());
    }
  }

  /** Something happened at this path; hints of one moment are looked at together. */
  private takeHint(hinted: string): void {
    if (this.hints.size === 0) {
      setImmediate(() => this.lookAtHints());
    }
    this.hints.add(hinted);
  }

  private lookAtHints(): void {
    const hinted = [...this.hints];
    this.hints.clear();
    if (this.isDisposed) {
      return;
    }
    for (const file of hinted) {
      if (this.kind === 'folder') {
        this.lookAtHint(file);
      } else if (this.fileNames.has(path.basename(file))) {
        this.lookAtHintedFile();
      }
    }
  }

  private lookAtHintedFile(): void {
    const tail = this.tails.get(this.options.path);
    if (tail === undefined) {
      this.schedulePass(hintedPassMs);
      return;
    }
    this.queue.add(tail, true);
  }

  private lookAtHint(file: string): void {
    const tail = this.tails.get(file);
    const found = statFile(file, this.access);
    const isFile = found !== undefined && !('message' in found);
    if (tail !== undefined && isFile) {
      tail.forgetIfReplaced(found);
      this.queue.add(tail, true);
      return;
    }
    if (tail !== undefined) {
      this.removeTail(tail);
      return;
    }
    if (!isFile) {
      // A folder that came or went, a link. Not worth a pass: a file that was gone before anybody saw it.
      if (found !== undefined || this.watch?.has(file) === true || isFolder(file, this.access)) {
        this.schedulePass(hintedPassMs);
      }
      return;
    }
    if (found.nlink > 1n || this.tails.size >= maxFiles) {
      this.schedulePass(hintedPassMs);
      return;
    }
    if (!isInToolFolder(this.options.path, file)) {
      this.queue.add(this.tailOf(file, found), true);
    }
  }

  private tellStatus(): void {
    const { state, message } = this.status();
    const told = `${state} ${message ?? ''}`;
    if (told !== this.lastTold && !this.isDisposed) {
      this.lastTold = told;
      this.options.onDidChangeStatus?.();
    }
  }
}

function isFolder(file: string, access: FileAccess): boolean {
  try {
    return access.lstat(file).isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return false;
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
