import type { Stats } from 'node:fs';
import path from 'node:path';
import { defaultMaxRecordBytes, quietMs } from './bounds';
import { accessProblem, diskAccess, errorCode, type FileAccess } from './fileAccess';
import { FileHints } from './fileHints';
import { FileSet } from './fileSet';
import { FolderWalk, type WalkResult } from './folderWalk';
import type { FolderEvents } from './folderWatch';
import type { LookHints } from './lookHints';
import { LocalFolders } from './localFolders';
import type { LogSourceOptions, LogSourceStatus } from './logSourceOptions';
import { UnpackSlot } from './packed/unpackSlot';
import { PassTimer } from './passTimer';
import type { SavedTail } from './savedTail';
import { SharedWindow } from './sharedWindow';
import { SourceState } from './sourceState';
import { watching } from './watching';

/** Time from one look at the whole disk to the next. Milliseconds. */
const passEveryMs = 2000;
const pollEveryMs = 1000;

/**
 * Follows a folder or a file and feeds a RecordSink. Events are only hints: a pass over the folder every two seconds is
 * the truth, so an event that is lost costs time, never a line. Where events may be lost (no watch, a network drive) a
 * pass looks at every file; elsewhere at every folder, at the files of those in which something came or went, and at the
 * files that changed lately, and at all others in turn.
 */
export class LogSource {
  private readonly files: FileSet;
  private readonly watch: FolderEvents | undefined;
  private readonly timer: PassTimer | undefined;
  private readonly access: FileAccess;
  private readonly walk: FolderWalk;
  /** The next pass looks at everything. */
  private isWholeNext = true;
  private readonly local: LocalFolders;
  private readonly hints: FileHints;
  private readonly lookHints: LookHints = {
    mustList: folder => !this.isHeard(folder),
    isKnown: (file, stat) => this.files.isAtRest(file, stat),
    meets: (folder, identity) => this.watch?.add(folder, identity),
  };
  /** Folders of the last pass. */
  private walkedFolders: WalkResult['folders'] | undefined;
  /**
   * As it was when it was there last. The one state of a file that stays: V8 forgets what objects look like of which there are none, and the code
   * that knew, so that it would compile all that looks at files once more in the first minutes in which nothing happens.
   */
  private rootStats: Stats | undefined;
  private readonly state: SourceState;
  private passing: Promise<void> | undefined;
  private isDisposed = false;

  constructor(private readonly options: LogSourceOptions) {
    const { sink, formats, access = diskAccess, final = false, poll = false } = options;
    this.access = access;
    this.walk = new FolderWalk(options.path, access);
    this.local = new LocalFolders(access);
    this.files = new FileSet({
      sink,
      formats,
      access,
      final,
      window: new SharedWindow(),
      slot: new UnpackSlot(),
      maxRecordBytes: options.maxRecordBytes ?? defaultMaxRecordBytes,
      preview: final ? undefined : options.preview,
      ahead: options.ahead,
      paths: options.paths,
      saved: options.saved,
      targetOf: file => (this.kind === 'file' ? access.realpath(file) : file),
      onIdle: () => this.state.tellRead(),
    });
    this.state = new SourceState({
      files: this.files,
      watchProblem: () => this.watch?.problem,
      onDidChange: options.onDidChangeStatus,
    });
    this.hints = new FileHints({
      root: options.path,
      access,
      files: this.files,
      isWatched: folder => this.watch?.has(folder) === true,
      needsPass: folder => this.needsPass(folder),
    });
    if (!final) {
      const everyMs = poll ? pollEveryMs : passEveryMs;
      this.timer = new PassTimer(everyMs, () => void this.passAgain());
      this.watch = poll ? undefined : this.createWatch();
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
      this.files.whenIdle(true),
      new Promise(resolve => setTimeout(resolve, 2 * quietMs).unref()),
    ]);
  }

  /** Looks at the whole disk now and reads what is there; does not wait for silence after unfinished lines. */
  async reconcileNow(): Promise<void> {
    await this.passing;
    this.isWholeNext = true;
    await this.pass();
    await this.files.whenIdle(false);
    this.state.tell();
  }

  /** How far its files were read; undefined while there is more to be read. */
  save(): readonly SavedTail[] | undefined {
    return this.files.isIdle && !this.files.hasStopped ? this.files.save() : undefined;
  }

  get isReading(): boolean {
    return !this.files.isIdle;
  }

  status(): LogSourceStatus {
    const bytes = this.files.bytes();
    const { state, message } = this.state.get();
    const isUnderWay = state === 'reading' || state === 'stopped';
    return {
      path: this.options.path,
      kind: this.kind,
      state,
      message,
      files: this.files.size,
      sizeBytes: bytes.size,
      progress: isUnderWay ? Math.min(1, bytes.read / Math.max(1, bytes.size)) : undefined,
      unreadBytes: isUnderWay ? Math.max(0, bytes.size - bytes.read) : 0,
    };
  }

  /** What is not read yet is not read; new lines are, where they can be told without the rest. */
  stopReading(): void {
    this.files.stop();
    this.state.tell();
  }

  resumeReading(): void {
    this.files.resume();
    this.state.tell();
  }

  /** Stops; from now on the sink is not called any more. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.state.dispose();
    this.timer?.dispose();
    this.hints.dispose();
    this.files.dispose();
    await Promise.all([this.watch?.dispose(), this.passing]);
  }

  private get kind(): 'folder' | 'file' {
    return this.rootStats?.isDirectory() === false ? 'file' : 'folder';
  }

  private createWatch(): FolderEvents {
    const { watch = listener => new (watching().FolderWatch)(listener) } = this.options;
    return watch({
      hint: hinted => this.hints.take(hinted),
      // What happened between the look at a folder and its first event, only another look finds out.
      watching: folder => this.needsPass(folder),
      flood: () => {
        this.isWholeNext = true;
        this.timer?.hint();
      },
    });
  }

  private needsPass(folder: string): void {
    this.walk.listNext(folder);
    this.timer?.hint();
  }

  /** Whether nothing can happen to a file in the folder without an event. */
  private isHeard(folder: string): boolean {
    return this.watch?.hears(folder) === true && this.local.has(folder);
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
    });
    return this.passing;
  }

  private async runPass(): Promise<void> {
    let costMs = 0;
    try {
      costMs = await this.lookAtRoot();
    } catch (error) {
      if (errorCode(error) === undefined) {
        throw error;
      }
      this.takeRootProblem(error);
    }
    this.timer?.passed(costMs);
    this.state.tell();
  }

  /** Returns the time it took, in milliseconds. */
  private async lookAtRoot(): Promise<number> {
    const root = this.options.path;
    const kindBefore = this.kind;
    const stats = this.access.glanceThrough(root);
    this.rootStats = stats;
    const { kind } = this;
    if (kind !== kindBefore) {
      this.leaveAll();
    }
    this.state.root = 'present';
    this.hints.names = undefined;
    if (kind === 'file') {
      this.lookAtSingleFile(root, stats);
      return 0;
    }
    const isWhole = this.isWholeNext || this.watch === undefined;
    this.isWholeNext = false;
    const walked = await this.walk.look(isWhole, this.lookHints);
    if (!this.isDisposed) {
      this.take(walked);
    }
    return walked.costMs;
  }

  private take(walked: WalkResult): void {
    this.state.message = walked.message;
    this.files.take(walked);
    if (walked.folders !== this.walkedFolders) {
      this.walkedFolders = walked.folders;
      this.followFolders(walked.folders);
    }
    if (this.files.needsWholeLook) {
      this.isWholeNext = true;
      this.timer?.hint();
    }
  }

  private lookAtSingleFile(file: string, stat: Stats): void {
    if (!stat.isFile()) {
      this.state.message = 'Neither a file nor a folder.';
      this.state.root = 'unreadable';
      return;
    }
    this.state.message = undefined;
    const nothing = { gone: [], folders: new Map(), problems: new Map(), message: undefined };
    this.files.take({ ...nothing, isWhole: true, files: [{ path: file, stat }], costMs: 0 });
    // A watch on the file itself would end with the file when it is replaced; its folder stays.
    const real = this.access.realpath(file);
    this.hints.names = new Set([path.basename(file), path.basename(real)]);
    const folders = [path.dirname(file), path.dirname(real)];
    this.followFolders(new Map(folders.map(folder => [folder, folder])));
  }

  private followFolders(folders: ReadonlyMap<string, string>): void {
    this.watch?.follow(folders);
    this.local.forgetAllBut(folders);
  }

  private leaveAll(): void {
    this.files.leaveAll();
    this.walk.forget();
  }

  private takeRootProblem(error: unknown): void {
    this.isWholeNext = true;
    const isMissing = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    this.state.root = isMissing ? 'missing' : 'unreadable';
    this.state.message = isMissing
      ? `This ${this.kind} is not there; it is read as soon as it comes.`
      : accessProblem(error, this.kind);
    if (isMissing) {
      this.leaveAll();
      this.watch?.follow(new Map());
    }
  }
}
