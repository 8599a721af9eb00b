import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { FoundRecord, ScanAnswer, ScanJob, ScanRequest } from './scanJob';
import { threads } from '../builtins';

const maxThreads = 2; // more would only wait for memory, and take the machine from others
const jobsPerThread = 2; // one is there already when the other is done
const idleMs = 30_000; // without a search, before the threads end

interface Running {
  readonly job: ScanJob;
  readonly onFound: (found: readonly FoundRecord[]) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  running: readonly Running[];
  /** It has answered: what it is given it begins at once. */
  isReady: boolean;
}

/** Threads that search, started when there is something to search and ended when there has been nothing for a while. */
export class ScanThreads {
  readonly #file: string;
  #threads: Thread[] = [];
  #idle: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** `file`: the bundle of `worker.ts`. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Jobs that can be taken at once. */
  get room(): number {
    const running = this.#threads.reduce((sum, thread) => sum + thread.running.length, 0);
    return threadCount() * jobsPerThread - running;
  }

  get isStarted(): boolean {
    return this.#threads.length > 0;
  }

  /** One of the threads searches already: to start takes them 50 ms. */
  get isReady(): boolean {
    return this.#threads.some(({ isReady }) => isReady);
  }

  /** Starts the threads, for work that comes soon. */
  start(): void {
    while (this.#threads.length < threadCount()) {
      this.#start().worker.unref();
    }
    this.#rest();
  }

  /** To be asked for only while there is room. Rejects when the thread has ended. */
  scan(job: ScanJob, onFound: (found: readonly FoundRecord[]) => void): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#leastBusy();
    return new Promise((resolve, reject) => {
      thread.running = [...thread.running, { job, onFound, resolve, reject }];
      // a command line waits for it; an idle thread must not keep it alive
      thread.worker.ref();
      send(thread, { type: 'scan', job });
    });
  }

  /** Its promise resolves; what was found after this is not told. */
  stop(job: ScanJob): void {
    for (const thread of this.#threads) {
      if (thread.running.some(running => running.job === job)) {
        send(thread, { type: 'stop', id: job.id });
        this.#settle(thread, job.id);
      }
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#end();
  }

  #leastBusy(): Thread {
    const [first, ...others] = this.#threads;
    if (first === undefined || this.#threads.length < threadCount()) {
      return this.#start();
    }
    return others.reduce(
      (one, other) => (other.running.length < one.running.length ? other : one),
      first,
    );
  }

  #start(): Thread {
    const worker = new (threads().Worker)(this.#file, { name: 'callsight-search' });
    const thread: Thread = { worker, running: [], isReady: false };
    worker.on('message', (answer: ScanAnswer) => this.#take(thread, answer));
    worker.on('error', error => this.#lose(thread, error));
    worker.on('exit', code => this.#lose(thread, new Error(`exit code ${code}`)));
    this.#threads.push(thread);
    return thread;
  }

  #take(thread: Thread, { id, found, done }: ScanAnswer): void {
    thread.isReady = true;
    const running = thread.running.find(({ job }) => job.id === id);
    if (found.length > 0) {
      running?.onFound(found);
    }
    if (done) {
      this.#settle(thread, id);
    }
  }

  #settle(thread: Thread, id: number): void {
    const done = thread.running.filter(({ job }) => job.id === id);
    thread.running = thread.running.filter(({ job }) => job.id !== id);
    if (thread.running.length === 0) {
      thread.worker.unref();
    }
    this.#rest();
    done.forEach(({ resolve }) => resolve());
  }

  #lose(thread: Thread, reason: unknown): void {
    this.#threads = this.#threads.filter(other => other !== thread);
    const lost = thread.running;
    thread.running = [];
    const error = reason instanceof Error ? reason : new Error(String(reason));
    lost.forEach(({ reject }) => reject(error));
  }

  #rest(): void {
    clearTimeout(this.#idle);
    const isIdle = this.#threads.every(({ running }) => running.length === 0);
    if (isIdle && !this.#isDisposed) {
      this.#idle = setTimeout(() => void this.#end(), idleMs).unref();
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const threads = this.#threads;
    this.#threads = [];
    for (const { running } of threads) {
      running.forEach(({ reject }) => reject(new Error('the search has ended')));
    }
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

function threadCount(): number {
  return Math.min(maxThreads, availableParallelism());
}

function send({ worker }: Thread, request: ScanRequest): void {
  worker.postMessage(request);
}
