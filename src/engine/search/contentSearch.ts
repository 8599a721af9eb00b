import { LRUCache } from 'lru-cache';
import type { LogFormat } from '../../formats/format';
import type { Mapping } from '../../model/mapping';
import type { EngineCore } from '../core';
import { UnpackedEntries } from '../read/packed/unpackedEntries';
import { Slice } from '../slice';
import type { FoundRecord, ScanJob } from './scanJob';
import { scanRecords } from './scanRecords';
import { ScanThreads } from './scanThreads';
import { TermSearch, type Task } from './termSearch';

const maxTerms = 8; // texts whose findings are kept, to be used again when the filter changes
const maxInlineBytes = 256 * 1024; // looked at in this thread: to hand it to another one would cost more

export interface ContentSearchOptions {
  readonly core: EngineCore;
  /** Bundle of the searching thread; undefined: everything is searched in this thread. */
  readonly threadFile: string | undefined;
  readonly mappings: () => readonly Mapping[];
  /** Spans that a text may be in, or that the search for it has come further. */
  readonly onNews: (term: TermSearch, heads: readonly number[]) => void;
  /** What went wrong, and was got over. */
  readonly onProblem: (text: string) => void;
}

interface Running {
  readonly term: TermSearch;
  readonly task: Task;
  readonly job: ScanJob;
  isStopped: boolean;
}

/**
 * Looks for texts in the bodies on disk: in threads of its own, the newest files first, the text that was asked for last first. While
 * those threads start, it begins in this one.
 */
export class ContentSearch {
  readonly #options: ContentSearchOptions;
  readonly #terms = new LRUCache<string, TermSearch>({ max: maxTerms });
  #wanted: readonly TermSearch[] = [];
  #threads: ScanThreads | undefined;
  readonly #running = new Set<Running>();
  readonly #formats: readonly LogFormat[];
  readonly #entries = new UnpackedEntries();
  #lastId = 0;
  #isPumping = false;
  #isInline = false;

  constructor(options: ContentSearchOptions) {
    this.#options = options;
    this.#formats = options.core.formats;
    this.#threads =
      options.threadFile === undefined ? undefined : new ScanThreads(options.threadFile);
  }

  /** The search for a text, begun or not; without regard to case. */
  term(text: string): TermSearch {
    const wanted = text.toLowerCase();
    const term = this.#terms.get(wanted) ?? new TermSearch(this.#options.core, wanted);
    this.#terms.set(wanted, term);
    return term;
  }

  /** Searches what has not been searched yet. */
  want(terms: readonly TermSearch[]): void {
    for (const term of terms) {
      term.update();
      if (term.hasOpenTurns) {
        void this.#resolveTurns(term);
      }
    }
    const open = terms.filter(term => !term.isSettled);
    this.#wanted = [...this.#wanted.filter(term => !open.includes(term)), ...open];
    void this.#pump();
  }

  /** Goes on with what somebody else has stopped. */
  resume(terms: readonly TermSearch[]): void {
    const stopped = terms.filter(term => !term.isSettled && !this.#wanted.includes(term));
    if (stopped.length > 0) {
      this.#wanted = [...stopped, ...this.#wanted];
      void this.#pump();
    }
  }

  /** Stops at once; what was found is kept. */
  stop(term: TermSearch): void {
    this.#wanted = this.#wanted.filter(other => other !== term);
    for (const running of this.#running) {
      if (running.term === term && !running.isStopped) {
        running.isStopped = true;
        this.#threads?.stop(running.job);
      }
    }
    // whoever else waits for it must know
    this.#options.onNews(term, []);
  }

  async dispose(): Promise<void> {
    this.#wanted.forEach(term => this.stop(term));
    this.#wanted = [];
    await this.#threads?.dispose();
  }

  /** Gives out work as long as there is somebody to do it. */
  async #pump(): Promise<void> {
    if (this.#isPumping) {
      return;
    }
    this.#isPumping = true;
    const slice = new Slice();
    while (this.#hasRoom) {
      const term = this.#wanted.findLast(({ isPending }) => isPending);
      const task = term?.next();
      if (term === undefined || task === undefined) {
        break;
      }
      if (task.portion.records.length > 0) {
        void this.#scan(term, task);
      } else {
        term.end(task, 0);
        this.#tell(term, []);
      }
      if (slice.isOver) {
        await slice.rest();
      }
    }
    this.#isPumping = false;
  }

  get #hasRoom(): boolean {
    const isFree = !this.#isInline && this.#threads?.isReady !== true;
    return isFree || (this.#threads?.room ?? 0) > 0;
  }

  /** The threads, when it is for them. */
  #threadsFor({ job, term }: Running, bytes: number): ScanThreads | undefined {
    const threads = this.#threads;
    // to unpack a file takes long, however few of its bytes are looked at
    if (threads === undefined || this.#isInline || job.entry !== undefined) {
      return threads;
    }
    if (threads.isReady) {
      return bytes <= maxInlineBytes && !term.isPending ? undefined : threads;
    }
    if (threads.isStarted) {
      return threads.room > 0 ? threads : undefined;
    }
    if (term.isPending) {
      threads.start();
    }
    return undefined;
  }

  async #scan(term: TermSearch, task: Task): Promise<void> {
    const job = this.#jobOf(term, task);
    const running: Running = { term, task, job, isStopped: false };
    this.#running.add(running);
    const onFound = (found: readonly FoundRecord[]): void => {
      if (!running.isStopped) {
        this.#take(running, found);
      }
    };
    const bytes = job.lengths.reduce((sum, length) => sum + length, 0);
    const threads = this.#threadsFor(running, bytes);
    try {
      await (threads ? threads.scan(job, onFound) : this.#scanInline(running, onFound));
    } catch (error) {
      if (threads === undefined) {
        // it would end like this again: the rest is searched without this part
        this.#options.onProblem(`a part of ${job.file} cannot be searched: ${String(error)}`);
      } else {
        running.isStopped = true;
        this.#leave(threads, error);
      }
    }
    this.#running.delete(running);
    if (running.isStopped) {
      term.giveBack(task);
    } else {
      term.end(task, bytes);
    }
    this.#tell(term, []);
    void this.#pump();
  }

  /** It goes on without the threads, whatever is wrong with them. */
  #leave(threads: ScanThreads, error: unknown): void {
    if (this.#threads === threads) {
      this.#threads = undefined;
      void threads.dispose();
      this.#options.onProblem(`the search goes on in one thread: ${String(error)}`);
    }
  }

  async #scanInline(
    running: Running,
    onFound: (found: readonly FoundRecord[]) => void,
  ): Promise<void> {
    const slice = new Slice();
    this.#isInline = true;
    try {
      for (const found of scanRecords(running.job, {
        formats: this.#formats,
        entries: this.#entries,
      })) {
        onFound(found);
        await slice.rest();
        if (running.isStopped) {
          break;
        }
      }
    } finally {
      this.#isInline = false;
    }
  }

  #take({ term, task }: Running, found: readonly FoundRecord[]): void {
    this.#tell(term, term.take(task, found));
    if (found.some(({ isInTurn }) => isInTurn)) {
      void this.#resolveTurns(term);
    }
  }

  async #resolveTurns(term: TermSearch): Promise<void> {
    this.#tell(term, await term.resolveTurns());
  }

  #tell(term: TermSearch, heads: readonly number[]): void {
    if (term.isSettled) {
      this.#wanted = this.#wanted.filter(other => other !== term);
    }
    this.#options.onNews(term, heads);
  }

  #jobOf(term: TermSearch, { scan, portion }: Task): ScanJob {
    const { file } = scan;
    const { records, sources, turnsOnly } = portion;
    return {
      id: ++this.#lastId,
      text: term.text,
      file: file.path,
      entry: file.entry,
      offsets: Float64Array.from(sources, ({ offset }) => offset),
      lengths: Uint32Array.from(sources, ({ length }) => length),
      checksums: Uint32Array.from(records, record => file.recordChecksum(record)),
      formats: Uint8Array.from(records, record => file.recordFormat(record)),
      turns: Uint8Array.from(records, record => (turnsOnly.has(record) ? 1 : 0)),
      mappings: this.#options.mappings(),
    };
  }
}
