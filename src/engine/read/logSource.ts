import type { BigIntStats } from 'node:fs';
import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { RecordSink } from '../recordSink';
import { defaultMaxRecordBytes, maxFiles, quietMs } from './bounds';
import { accessProblem, diskAccess, errorCode, type FileAccess } from './fileAccess';
import { FileSet } from './fileSet';
import { isInToolFolder, statFile, walkFolder } from './folderWalk';
import { FolderWatch } from './folderWatch';
import { UnpackSlot } from './packed/unpackSlot';
import { PassTimer } from './passTimer';
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

/**
 * Follows a folder or a file and feeds a RecordSink. Events are only hints: a pass over the whole folder every two
 * seconds is the truth, so an event that is lost costs time, never a line.
 */
export class LogSource {
  private readonly files: FileSet;
  private readonly watch: FolderWatch | undefined;
  private readonly timer: PassTimer | undefined;
  private readonly access: FileAccess;
  private readonly hints = new Set<string>();
  /** Names under which a single file shows up in events. */
  private fileNames: ReadonlySet<string> = new Set();
  private kind: 'folder' | 'file' = 'folder';
  private rootState: 'present' | 'missing' | 'unreadable' = 'present';
  private message: string | undefined;
  private passing: Promise<void> | undefined;
  private isDisposed = false;
  private lastTold = '';
  /** Somebody was told that this is being read, and must hear when it has been. */
  private hasSaidReading = false;

  constructor(private readonly options: LogSourceOptions) {
    const { sink, formats, access = diskAccess, final = false, poll = false } = options;
    this.access = access;
    this.files = new FileSet({
      sink,
      formats,
      access,
      final,
      window: new SharedWindow(),
      slot: new UnpackSlot(),
      maxRecordBytes: options.maxRecordBytes ?? defaultMaxRecordBytes,
      targetOf: file => (this.kind === 'file' ? access.realpath(file) : file),
      onIdle: () => this.tellRead(),
    });
    if (!final) {
      const everyMs = poll ? pollEveryMs : passEveryMs;
      this.timer = new PassTimer(everyMs, () => void this.passAgain());
      this.watch = poll ? undefined : new FolderWatch(hinted => this.takeHint(hinted));
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
    await this.passAgain();
    await this.files.whenIdle(false);
    this.tellStatus();
  }

  status(): LogSourceStatus {
    const bytes = this.files.bytes();
    const about = {
      path: this.options.path,
      kind: this.kind,
      files: this.files.size,
      sizeBytes: bytes.size,
      message: this.message ?? this.watch?.problem,
    };
    if (this.rootState !== 'present') {
      return { ...about, state: this.rootState };
    }
    if (!this.files.isIdle) {
      this.hasSaidReading = true;
      const progress = bytes.size === 0 ? 1 : Math.min(1, bytes.read / bytes.size);
      return { ...about, state: 'reading', progress };
    }
    if (this.files.size === 0) {
      const message = about.message ?? 'There are no files in this folder.';
      return { ...about, state: 'empty', message };
    }
    return { ...about, state: 'live' };
  }

  /** Stops; from now on the sink is not called any more. */
  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.timer?.dispose();
    this.files.dispose();
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
    this.tellStatus();
  }

  /** Returns the time it took, in milliseconds. */
  private async lookAtRoot(): Promise<number> {
    const root = this.options.path;
    const stat = this.access.lstat(this.access.realpath(root));
    const kind = stat.isDirectory() ? 'folder' : 'file';
    if (kind !== this.kind) {
      this.files.leaveAll();
      this.kind = kind;
    }
    this.rootState = 'present';
    if (kind === 'file') {
      this.lookAtSingleFile(root, stat);
      return 0;
    }
    const walked = await walkFolder(root, this.access);
    if (!this.isDisposed) {
      this.message = walked.message;
      this.files.take(walked.files, walked.problems);
      this.followFolders(walked.folders);
    }
    return walked.costMs;
  }

  private lookAtSingleFile(file: string, stat: BigIntStats): void {
    if (!stat.isFile()) {
      this.message = 'Neither a file nor a folder.';
      this.rootState = 'unreadable';
      return;
    }
    this.message = undefined;
    this.files.take([{ path: file, stat }], new Map());
    // A watch on the file itself would end with the file when it is replaced; its folder stays.
    const real = this.access.realpath(file);
    this.fileNames = new Set([path.basename(file), path.basename(real)]);
    const folders = [path.dirname(file), path.dirname(real)];
    this.followFolders(new Map(folders.map(folder => [folder, folder])));
  }

  private followFolders(folders: ReadonlyMap<string, string>): void {
    if (this.watch?.follow(folders) === true) {
      // What happens between the look at a folder and the first event of it, only another look finds out.
      this.timer?.hint();
    }
  }

  private takeRootProblem(error: unknown): void {
    const isMissing = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    this.rootState = isMissing ? 'missing' : 'unreadable';
    this.message = isMissing
      ? `This ${this.kind} is not there; it is read as soon as it comes.`
      : accessProblem(error, this.kind);
    if (isMissing) {
      this.files.leaveAll();
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
        this.lookAtHintedSource();
      }
    }
  }

  private lookAtHintedSource(): void {
    const file = this.options.path;
    const found = statFile(file, this.access);
    if (this.files.has(file) && found !== undefined && !('message' in found)) {
      this.files.readNow(file, found);
      return;
    }
    this.timer?.hint();
  }

  private lookAtHint(file: string): void {
    const found = statFile(file, this.access);
    const isFile = found !== undefined && !('message' in found);
    const isKnown = this.files.has(file);
    if (isKnown && !isFile) {
      this.files.leave(file);
      return;
    }
    if (!isFile) {
      // A folder that came or went, a link. Not worth a pass: a file that was gone before anybody saw it.
      if (found !== undefined || this.watch?.has(file) === true || isFolder(file, this.access)) {
        this.timer?.hint();
      }
      return;
    }
    if (!isKnown && (found.nlink > 1n || this.files.size >= maxFiles)) {
      this.timer?.hint();
      return;
    }
    if (isKnown || !isInToolFolder(this.options.path, file)) {
      this.files.readNow(file, found);
    }
  }

  /** A pass tells what has changed, but the next one may be seconds away. */
  private tellRead(): void {
    if (this.hasSaidReading) {
      this.hasSaidReading = false;
      this.lastTold = '';
      this.tellStatus();
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
