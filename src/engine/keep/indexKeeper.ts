import type { LogFormat } from '../../formats/format';
import type { CoreState, EngineCore } from '../core';
import type { Ingest } from '../ingest';
import { errorCode } from '../read/fileAccess';
import type { SavedSource, Sources } from '../sources';
import { IndexFile } from './indexFile';
import { isMostlyGarbage, type KeptSize, sizeOf } from './keptSize';

/** Without a change, before what is known is written down. Milliseconds. */
const quietMs = 5000;
/** A log that is written to all the time is not waited for any longer. Milliseconds. */
const longestMs = 30_000;
/** From one writing to the next, at least. Milliseconds. */
const betweenMs = 60_000;
/** No more than that is written while a log grows all the time. Bytes per millisecond. */
const mostWritten = 100;
/** After so many changes while it was written all is copied first, which holds the thread for some 60 ms. */
const maxTorn = 2;
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

const usualBounds = { quietMs, longestMs, betweenMs, worthBytes, addingMs };

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
  /** When everything had been read last. */
  readonly fresh: KeptSize;
}

/**
 * Writes down what is known of large logs, so that the next start need not read them: ids, figures and places, never a text of a body.
 * Whether a file still is what it was, its `FileTail` finds out before anything else.
 */
export class IndexKeeper {
  readonly #options: IndexKeeperOptions;
  readonly #bounds: typeof usualBounds;
  readonly #file: IndexFile;
  #isLoaded = false;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #adding: NodeJS.Timeout | undefined;
  /** Before it nothing is written again. */
  #nextTime = Number.NEGATIVE_INFINITY;
  #changedTime = Number.NEGATIVE_INFINITY;
  /** Of the first change that is not written yet. */
  #waitingSince: number | undefined;
  /** How often in a row there was a change while it was written. */
  #torn = 0;
  #fresh: KeptSize | undefined;
  #writtenRevision = -1;
  /** Why it could not be written the last time. */
  #problem: string | undefined;

  constructor(options: IndexKeeperOptions) {
    this.#options = options;
    this.#bounds = { ...usualBounds, ...options.bounds };
    this.#file = new IndexFile(options.folder);
  }

  /** To be called before the first source is added: takes up what was known when the program ended. */
  load(): void {
    if (this.#isLoaded) {
      return;
    }
    this.#isLoaded = true;
    if (this.#options.isOff === true) {
      this.#file.remove();
      return;
    }
    try {
      // our own: its checksum says that it is as it was written, its fingerprint that this version wrote it
      const kept = this.#file.read() as Kept | undefined;
      if (kept?.fingerprint === this.#fingerprint()) {
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
    this.#waitingSince ??= this.#changedTime;
    this.#timer ??= setTimeout(() => this.#writeWhenQuiet(), this.#waitMs()).unref();
  }

  #waitMs(): number {
    const { quietMs: quiet, longestMs: longest } = this.#bounds;
    const since = this.#waitingSince ?? this.#changedTime;
    const wanted = Math.min(this.#changedTime + quiet, since + longest);
    return Math.max(wanted, this.#nextTime) - performance.now();
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
    this.#writing = this.#writeNow().catch((error: unknown) => this.#sayProblem(error));
    await this.#writing;
  }

  /** A disk that is full stays so for a while: it is tried again, and said once. */
  #sayProblem(error: unknown): void {
    this.#nextTime = performance.now() + this.#bounds.betweenMs;
    const problem = errorCode(error) ?? String(error);
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.#options.onProblem(`The index cannot be kept: ${String(error)}`);
    }
  }

  async #writeNow(): Promise<void> {
    const { core, sources } = this.#options;
    this.#waitingSince = undefined;
    if (core.revision === this.#writtenRevision) {
      return;
    }
    await core.deadTexts.settled;
    const { turns } = core.deadTexts;
    core.refresh();
    // of what was removed nothing may be kept
    const saved = core.clearing === undefined ? sources.save() : undefined;
    if (saved === undefined) {
      this.changed();
      return;
    }
    const { revision } = core;
    let bytes = 0;
    const state = this.#stateOf(saved);
    if (state === undefined) {
      this.#file.remove();
    } else {
      const isSame =
        this.#torn < maxTorn
          ? () => core.revision === revision && core.deadTexts.turns === turns
          : undefined;
      const written = await this.#file.write(state, isSame);
      if (written === undefined) {
        this.#torn++;
        this.changed();
        return;
      }
      this.#torn = 0;
      bytes = written;
    }
    this.#nextTime = performance.now() + Math.max(this.#bounds.betweenMs, bytes / mostWritten);
    this.#writtenRevision = revision;
    this.#problem = undefined;
  }

  /** undefined: it cannot be kept, or is not worth it. */
  #stateOf(saved: readonly SavedSource[]): Kept | undefined {
    const { core, ingest } = this.#options;
    const formats = new Map<string, number>();
    const sources = saved.map(source => {
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
    const bytes = sources.reduce((sum, { tails }) => sum + bytesOf(tails), 0);
    const size = sizeOf(core.store);
    const fresh = (this.#fresh ??= size);
    const isWorth = bytes >= this.#bounds.worthBytes && !isMostlyGarbage(size, fresh);
    const state = isWorth ? core.save() : undefined;
    return state && { fingerprint: this.#fingerprint(), core: state, sources, formats, fresh };
  }

  #takeUp({ core: state, sources: saved, formats, fresh }: Kept): void {
    const { core, sources, ingest } = this.#options;
    if (!core.restore(state)) {
      return;
    }
    this.#fresh = fresh;
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
