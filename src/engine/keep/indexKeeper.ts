import fs from 'node:fs';
import path from 'node:path';
import type { LogFormat } from '../../formats/format';
import type { CoreState, EngineCore } from '../core';
import type { Ingest } from '../ingest';
import type { SavedSource, Sources } from '../sources';
import { packState, unpackState } from './packState';

const fileName = 'index.bin';
/** Without a change, before what is known is written down; and from one writing to the next. Milliseconds. */
const quietMs = 5000;
const betweenMs = 60_000;
/** Smaller logs are read again as fast. Bytes of records. */
const worthBytes = 16 * 1024 * 1024;
/** For the sources of the last time to be added again; what is known of the others is forgotten then. Milliseconds. */
const addingMs = 3000;

export interface KeptIndex {
  /** Where it is kept; made if it is not there. Nobody else writes there. */
  readonly folder: string;
  /** Of the program: another one reads the logs again. */
  readonly version: string;
  /** Nothing is to be kept, and what was is to be deleted. */
  readonly isOff?: boolean | undefined;
  /** Instead of the usual ones; milliseconds and bytes. */
  readonly bounds?: Partial<typeof usualBounds> | undefined;
}

const usualBounds = { quietMs, betweenMs, worthBytes, addingMs };

export interface IndexKeeperOptions extends KeptIndex {
  readonly core: EngineCore;
  readonly ingest: Ingest;
  readonly sources: Sources;
  readonly formats: readonly LogFormat[];
  /** What else decides how logs are read. */
  readonly settings: () => unknown;
  /** What was kept is known now. */
  readonly onDidTakeUp: () => void;
  readonly onProblem: (text: string) => void;
}

/** What is written down. */
interface Kept {
  readonly fingerprint: string;
  readonly core: CoreState;
  readonly sources: readonly SavedSource[];
  /** By file: index of the format that read its last record. */
  readonly formats: ReadonlyMap<string, number>;
}

/**
 * Writes down what is known of large logs, so that the next start need not read them: ids, figures and places, never a text of a body.
 * Whether a file still is what it was, its `FileTail` finds out before anything else.
 */
export class IndexKeeper {
  readonly #options: IndexKeeperOptions;
  readonly #bounds: typeof usualBounds;
  readonly #file: string;
  #isLoaded = false;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #adding: NodeJS.Timeout | undefined;
  #lastTime = Number.NEGATIVE_INFINITY;
  #changedTime = Number.NEGATIVE_INFINITY;
  #writtenRevision = -1;

  constructor(options: IndexKeeperOptions) {
    this.#options = options;
    this.#bounds = { ...usualBounds, ...options.bounds };
    this.#file = path.join(options.folder, fileName);
  }

  /** To be called before the first source is added: takes up what was known when the program ended. */
  load(): void {
    if (this.#isLoaded) {
      return;
    }
    this.#isLoaded = true;
    if (this.#options.isOff === true) {
      fs.rmSync(this.#file, { force: true });
      return;
    }
    try {
      const kept = this.#read();
      if (kept !== undefined) {
        this.#takeUp(kept);
      }
    } catch (error) {
      this.#options.onProblem(`The kept index cannot be used, the logs are read: ${String(error)}`);
    }
  }

  /** Something is known that was not known before. It may be told of every record. */
  changed(): void {
    if (this.#options.isOff === true) {
      return;
    }
    this.#changedTime = performance.now();
    this.#timer ??= setTimeout(() => this.#writeWhenQuiet(), this.#waitMs()).unref();
  }

  #waitMs(): number {
    const { quietMs: quiet, betweenMs: between } = this.#bounds;
    const time = Math.max(this.#changedTime + quiet, this.#lastTime + between);
    return time - performance.now();
  }

  #writeWhenQuiet(): void {
    this.#timer = undefined;
    if (this.#waitMs() > 0) {
      this.#timer = setTimeout(() => this.#writeWhenQuiet(), this.#waitMs()).unref();
      return;
    }
    void this.write();
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#adding);
    await this.#writing;
  }

  /** Writes what is known, unless it is being read or not worth it. */
  async write(): Promise<void> {
    await this.#writing;
    this.#writing = this.#writeNow().catch((error: unknown) =>
      this.#options.onProblem(`The index cannot be kept: ${String(error)}`),
    );
    await this.#writing;
  }

  async #writeNow(): Promise<void> {
    const { core, sources, ingest } = this.#options;
    this.#lastTime = performance.now();
    if (core.revision === this.#writtenRevision) {
      return;
    }
    const saved = sources.save();
    if (saved === undefined) {
      this.changed();
      return;
    }
    const { revision } = core;
    const formats = new Map<string, number>();
    const kept = saved.map(source => {
      const tails = source.tails.filter(({ file }) => {
        const format = ingest.formatFor(file);
        if (format !== undefined) {
          formats.set(file, format);
        }
        return format !== undefined;
      });
      const known = new Set(tails);
      const others = source.tails.filter(tail => !known.has(tail)).map(tail => tail.file);
      return { ...source, tails, others: [...source.others, ...others] };
    });
    const bytes = kept.reduce((sum, { tails }) => sum + bytesOf(tails), 0);
    const state = bytes < this.#bounds.worthBytes ? undefined : core.save();
    if (state === undefined) {
      await fs.promises.rm(this.#file, { force: true });
    } else {
      const all: Kept = { fingerprint: this.#fingerprint(), core: state, sources: kept, formats };
      await this.#replaceFile(Buffer.concat(packState(all)));
    }
    this.#writtenRevision = revision;
  }

  /** Whole or not at all, and for nobody else to read. */
  async #replaceFile(bytes: Buffer): Promise<void> {
    const { folder } = this.#options;
    await fs.promises.mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = `${this.#file}.${process.pid}`;
    try {
      await fs.promises.rm(temporary, { force: true });
      await fs.promises.writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' });
      await fs.promises.rename(temporary, this.#file);
    } finally {
      await fs.promises.rm(temporary, { force: true });
    }
  }

  #read(): Kept | undefined {
    let bytes: Buffer;
    try {
      bytes = fs.readFileSync(this.#file);
    } catch {
      return undefined; // there is none
    }
    // our own: its checksum says that it is as it was written, its fingerprint that this version wrote it
    const kept = unpackState(bytes) as Kept | undefined;
    if (kept === undefined) {
      throw new Error('it is damaged, or of another version');
    }
    return kept.fingerprint === this.#fingerprint() ? kept : undefined;
  }

  #takeUp({ core: state, sources: saved, formats }: Kept): void {
    const { core, sources, ingest } = this.#options;
    if (!core.restore(state)) {
      return;
    }
    sources.restore(saved);
    for (const { tails, others } of saved) {
      for (const { file } of tails) {
        const format = formats.get(file);
        if (format !== undefined) {
          ingest.goOn(file, format);
        }
      }
      const unknown = new Set(others);
      for (const file of core.store.files().filter(({ path: known }) => unknown.has(known))) {
        ingest.reset(file.path, file.entry);
      }
    }
    this.#options.onDidTakeUp();
    this.#adding = setTimeout(
      () => sources.forgetUnclaimed(source => !sources.has(source)),
      this.#bounds.addingMs,
    ).unref();
  }

  #fingerprint(): string {
    const { version, formats, settings } = this.#options;
    const { v8 } = process.versions;
    return JSON.stringify([version, v8, process.arch, formats.map(({ id }) => id), settings()]);
  }
}

function bytesOf(tails: SavedSource['tails']): number {
  return tails.reduce((sum, { consumed }) => sum + consumed.offset, 0);
}
