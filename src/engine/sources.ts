import path from 'node:path';
import type { Skipped } from '../model/source';
import type { Page } from '../protocol/engineContract';
import type { FileStatus, SourceStatus } from '../protocol/sourceStatus';
import type { EngineCore } from './core';
import type { ReadProblem } from './engine';
import { FileOwners } from './fileOwners';
import { groupParts, skippedRangeOf, toFileStatus } from './queries/fileStatus';
import { toPage, toPageOf } from './queries/paging';
import { previewBounds } from './read/bounds';
import type { LogSource } from './read/logSource';
import type { LogSourceOptions } from './read/logSourceOptions';
import type { SavedTail } from './read/savedTail';
import type { ScanAhead } from './scan/ahead/scanAhead';
import type { FileReadStatus, LinesAhead, ParsedRecord, RecordSink } from './recordSink';
import { isLog, type LogFile } from './store/logFile';

export interface SourcesOptions {
  readonly core: EngineCore;
  readonly sink: RecordSink;
  readonly openSource: (options: LogSourceOptions) => LogSource;
  readonly poll: boolean | undefined;
  readonly final: boolean | undefined;
  readonly newestFirst: boolean | undefined;
  readonly ahead: ScanAhead | undefined;
  readonly onDidChange: () => void;
}

interface Source {
  readonly path: string;
  readonly log: LogSource;
  readonly started: Promise<void>;
}

/** How far the files of a source were read. */
export interface SavedSource {
  readonly path: string;
  readonly tails: readonly SavedTail[];
  /** Files of which something is known, and that must be read anew. */
  readonly others: readonly string[];
}

/** The folders and files that are followed. A file below two of them is read once, for the one that was added first. */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #sources = new Map<string, Source>();
  readonly #owners: FileOwners;
  /** What another process knew of files that have not been found yet, and the source that it read them for. */
  readonly #saved = new Map<string, { readonly tail: SavedTail; readonly source: string }>();

  constructor(options: SourcesOptions) {
    this.#options = options;
    this.#owners = new FileOwners(options.core.store.paths);
  }

  /** Takes up what another process knew of these files. */
  restore(saved: readonly SavedSource[]): void {
    for (const { path: source, tails } of saved) {
      tails.forEach(tail => this.#saved.set(tail.file, { tail, source }));
    }
  }

  /** What is known of files of this source, or of one that is not followed, and was not found on the disk, is forgotten. */
  forgetUnclaimed(isOfSource: (source: string) => boolean): void {
    for (const [file, { source }] of this.#saved) {
      if (isOfSource(source)) {
        this.#saved.delete(file);
        this.#options.sink.reset(file);
      }
    }
  }

  has(source: string): boolean {
    return this.#sources.has(source);
  }

  /** How far all files were read; undefined while there is more to be read. */
  save(): readonly SavedSource[] | undefined {
    const saved: SavedSource[] = [];
    for (const { path: source, log } of this.#sources.values()) {
      const tails = log.save();
      if (tails === undefined) {
        return undefined;
      }
      const own = tails.filter(tail => this.#owners.of(tail.file) === source);
      const known = new Set(own.map(tail => tail.file));
      const others = this.#filesOf(source).filter(file => !known.has(file.path));
      saved.push({ path: source, tails: own, others: others.map(file => file.path) });
    }
    return this.#saved.size > 0 ? undefined : saved;
  }

  /** How a file is called: relative to the source that it is read for. */
  nameOf(file: string): string {
    const owner = this.#owners.of(file) ?? file;
    const relative = owner === file ? path.basename(file) : path.relative(owner, file);
    return relative.split(path.sep).join('/');
  }

  async add(given: string): Promise<SourceStatus> {
    const absolute = path.resolve(given);
    const source = this.#sources.get(absolute) ?? this.#open(absolute);
    await source.started;
    this.forgetUnclaimed(owner => owner === absolute);
    return this.#statusOf(source);
  }

  async remove(given: string): Promise<void> {
    const absolute = path.resolve(given);
    const source = this.#sources.get(absolute);
    if (!source) {
      return;
    }
    this.#sources.delete(absolute);
    await source.log.dispose();
    // not both at once: of what is still to be cleared all would be cleared in one go
    await this.#options.core.clearing;
    for (const file of this.#filesOf(absolute)) {
      this.#options.sink.reset(file.path, file.entry);
    }
    this.#options.core.refresh();
    this.#owners.forget(absolute);
    await this.#reopenOverlapping(absolute);
    this.#options.onDidChange();
  }

  /** Forgets what was read and reads all of it again: the formats now understand other things. */
  async readAgain(): Promise<void> {
    this.forgetUnclaimed(() => true);
    const open = [...this.#sources.values()];
    await Promise.all(open.map(source => source.log.dispose()));
    for (const source of open) {
      for (const file of this.#filesOf(source.path)) {
        this.#options.sink.reset(file.path, file.entry);
      }
    }
    open.forEach(source => this.#owners.forget(source.path));
    // one after the other: a file below two sources stays with the first
    for (const source of open) {
      await this.#open(source.path).started;
    }
    this.#options.onDidChange();
  }

  stopReading(given: string): void {
    this.#sources.get(path.resolve(given))?.log.stopReading();
    this.#options.onDidChange();
  }

  resumeReading(given: string): void {
    this.#sources.get(path.resolve(given))?.log.resumeReading();
    this.#options.onDidChange();
  }

  async whenIdle(): Promise<void> {
    const settling = [...this.#sources.values()].map(async source => {
      await source.started;
      await source.log.whenIdle();
    });
    await Promise.all(settling);
  }

  /** Whether anything of what was found is still to be read. */
  get isReading(): boolean {
    return [...this.#sources.values()].some(({ log }) => log.isReading);
  }

  list(): readonly SourceStatus[] {
    return [...this.#sources.values()].map(source => this.#statusOf(source));
  }

  *problems(): Generator<ReadProblem> {
    for (const { path: sourcePath, log } of this.#sources.values()) {
      const { message } = log.status();
      if (message !== undefined) {
        yield { path: sourcePath, message };
      }
    }
    for (const { path: file, status } of this.#options.core.store.files()) {
      if (status.state === 'unreadable') {
        yield { path: file, message: status.message ?? 'It cannot be read.' };
      }
    }
  }

  listFiles({
    source,
    ...range
  }: {
    readonly source: string;
    readonly start: number;
    readonly end: number;
  }): Page<FileStatus> {
    const files = groupParts(this.#filesOf(path.resolve(source)));
    return toPage(files, range, parts => toFileStatus(this.#options.core, parts));
  }

  listSkipped({
    file,
    ...range
  }: {
    readonly file: string;
    readonly start: number;
    readonly end: number;
  }): Page<Skipped> {
    const parts = this.#options.core.store.files().filter(part => part.path === file);
    const total = parts.reduce((sum, part) => sum + part.skipped, 0);
    return toPageOf(total, range, index => skippedRangeOf(parts, index));
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#sources.values()].map(source => source.log.dispose()));
    this.#sources.clear();
  }

  #open(absolute: string): Source {
    const { core, openSource, poll, final, newestFirst, ahead, onDidChange } = this.#options;
    const log = openSource({
      path: absolute,
      sink: this.#sinkFor(absolute),
      formats: core.formats,
      poll,
      final,
      preview: newestFirst ? previewBounds : undefined,
      ahead,
      paths: core.store.paths,
      saved: file => this.#takeSaved(file, absolute),
      onDidChangeStatus: onDidChange,
    });
    const source = { path: absolute, log, started: log.start() };
    this.#sources.set(absolute, source);
    return source;
  }

  #takeSaved(file: string, source: string): SavedTail | undefined {
    const saved = this.#saved.get(file);
    this.#saved.delete(file);
    if (saved?.source === source) {
      this.#owners.set(file, source);
      return saved.tail;
    }
    if (saved !== undefined) {
      // it is called otherwise now
      this.#options.sink.reset(file);
    }
    return undefined;
  }

  /** What a source that was removed had read for another one, that one reads now. */
  async #reopenOverlapping(removed: string): Promise<void> {
    const overlapping = [...this.#sources.values()].filter(
      source => contains(source.path, removed) || contains(removed, source.path),
    );
    for (const source of overlapping) {
      await source.log.dispose();
      await this.#open(source.path).started;
    }
  }

  /** Lets through what belongs to this source: the first to speak of a file owns it. */
  #sinkFor(owner: string): RecordSink {
    const { sink } = this.#options;
    const owns = (file: string) => {
      const known = this.#owners.of(file);
      if (known === undefined) {
        this.#owners.set(file, owner);
      }
      return known === undefined || known === owner;
    };
    return {
      record: (record: ParsedRecord) => owns(record.source.file) && sink.record(record),
      skipped: (range: Skipped) => owns(range.file) && sink.skipped(range),
      takeLines: (ahead: LinesAhead) => (owns(ahead.file) ? sink.takeLines?.(ahead) : undefined),
      reset: (file: string, entry?: string) => owns(file) && sink.reset(file, entry),
      dropPreview: (file: string) => owns(file) && sink.dropPreview(file),
      status: (file: string, status: FileReadStatus) => owns(file) && sink.status(file, status),
    };
  }

  #filesOf(source: string): readonly LogFile[] {
    return this.#options.core.store.files().filter(file => this.#owners.of(file.path) === source);
  }

  #statusOf({ path: sourcePath, log }: Source): SourceStatus {
    const files = this.#filesOf(sourcePath).filter(isLog);
    return {
      ...log.status(),
      records: files.reduce((sum, file) => sum + file.records, 0),
      skipped: files.reduce((sum, file) => sum + file.skipped, 0),
      previewed: files.reduce((sum, file) => sum + (file.isPreview ? file.records : 0), 0),
    };
  }
}

function contains(folder: string, inner: string): boolean {
  const relative = path.relative(folder, inner);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
