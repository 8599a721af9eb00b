import type { Worker } from 'node:worker_threads';
import type { FileStamp } from '../../read/fileStamp';
import { hashSecrets } from '../../store/bytes';
import { ScanMemory } from '../scanMemory';
import { type Lesson, LineScanner } from '../lineScanner';
import type { RowArea } from '../scannedRows';
import { AheadControl, places, type ReadStamp } from './aheadControl';
import type { AheadJob, AheadRequest, AheadStart } from './aheadJob';
import { AheadReader } from './aheadReader';
import { threads } from '../../builtins';

export interface AheadBounds {
  /** What is read and scanned at once. Bytes. */
  readonly windowBytes: number;
  /** Less than this is read before the thread has begun. Bytes that are to come of a file. */
  readonly worthBytes: number;
}

const usualBounds: AheadBounds = { windowBytes: 1024 * 1024, worthBytes: 4 * 1024 * 1024 };
/** A thread that does not answer for so long is not waited for any more. */
const patienceMs = 1000;
/** Jobs of one file that came to so few windows: one that is not lines of JSON throughout does not go well twice. */
const maxPoorJobs = 4;
const poorWindows = 16;

/** Whole lines of a file that were read and scanned by the other thread. */
export interface WindowAhead {
  /** Valid until the next call. */
  readonly bytes: Buffer;
  readonly scanned: ScannedLines;
}

/** What the scan of a window gave. */
export interface ScannedLines {
  readonly scope: number;
  readonly memory: ScanMemory;
  readonly area: RowArea;
  readonly rows: number;
  /** Up to `end`, blank ones among them. */
  readonly lines: number;
  /** Position in the window up to which lines were scanned; there may be more than there was room for. */
  readonly end: number;
}

/** What is to be read next of a file. */
export interface NextBytes {
  /** As its lines are given to the engine. */
  readonly file: string;
  /** Where its bytes are. */
  readonly target: string;
  readonly offset: number;
  /** Bytes to its end. */
  readonly available: number;
  /** What it was when it was looked at now. */
  readonly stamp: FileStamp;
}

interface Wish {
  readonly file: string;
  readonly offset: number;
  readonly scope: number;
}

interface RunningJob extends AheadJob {
  readonly file: string;
  /** Of the window that comes next. */
  next: number;
  windows: number;
}

/** The engine's own thread, as it reads and scans windows instead of waiting for them. */
interface Helper {
  readonly scanner: LineScanner;
  readonly reader: AheadReader;
  /** Lessons that its scanner has learnt. */
  taught: number;
}

/**
 * Has the windows of a long file read and scanned by another thread before they are taken, and joins in when none is ready. It is a help and nothing else:
 * whoever does not get a window from here reads it himself, and a window is given only if the file is the same as when it was read.
 */
export class ScanAhead {
  /** Windows that were given. */
  given = 0;
  readonly #thread: string;
  readonly #bounds: AheadBounds;
  readonly #control = new AheadControl();
  readonly #memory = new ScanMemory();
  readonly #lessons: Lesson[] = [];
  #taught = 0;
  #scanner: LineScanner | undefined;
  #helper: Helper | undefined;
  #worker: Worker | undefined;
  #isBroken = false;
  #wish: Wish | undefined;
  #job: RunningJob | undefined;
  #jobs = 0;
  #poorJobs = 0;
  #lastFile: string | undefined;
  #held: number | undefined;

  /** `thread`: the bundle of `worker.ts`. */
  constructor(thread: string, bounds = usualBounds) {
    this.#thread = thread;
    this.#bounds = bounds;
  }

  /** The scanner whose lessons the other thread learns. */
  attach(scanner: LineScanner): void {
    this.#scanner = scanner;
    scanner.onLesson = lesson => void this.#lessons.push(lesson);
  }

  /** Lines of the file from this offset on may be scanned in this scope. */
  wish(file: string, offset: number, scope: number): void {
    this.#wish = { file, offset, scope };
  }

  /** The next whole lines of the file; undefined: they must be read. */
  read(next: NextBytes): WindowAhead | undefined {
    this.#letGo();
    const job = this.#jobFor(next);
    if (job === undefined) {
      return undefined;
    }
    this.#teach();
    const place = job.windows % places;
    if (!this.#waitFor(place, job)) {
      this.#isBroken = true;
      this.#cancel();
      return undefined;
    }
    const window = this.#control.windowAt(place);
    const isGood = window.bytes > 0 && isSameState(window.stamp, next.stamp);
    if (!isGood || window.offset !== next.offset) {
      this.#cancel();
      return undefined;
    }
    this.given++;
    job.windows++;
    job.next += window.bytes;
    this.#held = place;
    this.#memory.renew();
    const { area, rows, lines, scannedBytes } = window;
    return {
      bytes: this.#memory.bytes.subarray(area.window, area.window + window.bytes),
      scanned: {
        scope: job.scope,
        memory: this.#memory,
        area,
        rows,
        lines,
        end: scannedBytes,
      },
    };
  }

  async dispose(): Promise<void> {
    this.#isBroken = true;
    this.#cancel();
    await this.#worker?.terminate();
  }

  #jobFor(next: NextBytes): RunningJob | undefined {
    const { file, offset } = next;
    const wish = this.#wish;
    const job = this.#job;
    const isWished = wish?.file === file && wish.offset === offset;
    if (job?.file === file && job.next === offset && (!isWished || wish.scope === job.scope)) {
      return job;
    }
    this.#cancel();
    return isWished && next.available >= this.#bounds.worthBytes && this.isReady
      ? this.#start(next, wish.scope)
      : undefined;
  }

  /** False when the other thread does not answer. */
  #waitFor(place: number, job: RunningJob): boolean {
    const control = this.#control;
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      if (!control.isTakenUp(job.id)) {
        control.pauseBefore();
      } else if (control.isFull(place)) {
        return true;
      } else if (!this.#help(job)) {
        control.pause(place);
      }
    }
    return false;
  }

  #help(job: RunningJob): boolean {
    const helper = (this.#helper ??= this.#createHelper());
    for (; helper.taught < this.#lessons.length; helper.taught++) {
      const lesson = this.#lessons[helper.taught];
      if (lesson !== undefined) {
        helper.scanner.learn(lesson);
      }
    }
    return helper.reader.step(job);
  }

  #createHelper(): Helper {
    // behind all that the other thread has: its tables and places do not grow once they are made
    const base = this.#memory.memory.buffer.byteLength;
    const scanner = new LineScanner({ ...this.#origin, memory: this.#memory, base });
    const reader = new AheadReader(scanner, this.#control, this.#bounds.windowBytes);
    return { scanner, reader, taught: 0 };
  }

  /** What all scanners have in common. */
  get #origin(): Pick<LineScanner, 'module' | 'seed'> {
    if (this.#scanner === undefined) {
      throw new Error('no scanner is attached');
    }
    const { module, seed } = this.#scanner;
    return { module, seed };
  }

  #start({ file, target, offset }: NextBytes, scope: number): RunningJob | undefined {
    this.#poorJobs = file === this.#lastFile ? this.#poorJobs : 0;
    this.#lastFile = file;
    if (this.#poorJobs >= maxPoorJobs) {
      return undefined;
    }
    const job = { id: ++this.#jobs, path: target, offset, scope, secrets: hashSecrets() };
    this.#control.begin(job.id);
    this.#teach();
    this.#send({ type: 'job', job });
    this.#job = { ...job, file, next: offset, windows: 0 };
    return this.#job;
  }

  #cancel(): void {
    if (this.#job !== undefined) {
      this.#control.begin(0);
      this.#poorJobs += this.#job.windows < poorWindows ? 1 : 0;
      this.#helper?.reader.leave();
      this.#job = undefined;
    }
  }

  /** The window that was given last is not in use any more. */
  #letGo(): void {
    if (this.#held !== undefined) {
      this.#control.free(this.#held);
      this.#held = undefined;
    }
  }

  #teach(): void {
    const { length } = this.#lessons;
    if (length > this.#taught) {
      this.#send({ type: 'lessons', lessons: this.#lessons.slice(this.#taught) });
      this.#taught = length;
    }
  }

  #send(request: AheadRequest): void {
    this.#worker?.postMessage(request);
  }

  /** Whether the thread runs; it is started when that is first asked. */
  get isReady(): boolean {
    if (this.#worker === undefined && !this.#isBroken && this.#scanner !== undefined) {
      const workerData: AheadStart = {
        memory: this.#memory.memory,
        control: this.#control.memory,
        windowBytes: this.#bounds.windowBytes,
        ...this.#origin,
      };
      this.#worker = new (threads().Worker)(this.#thread, { name: 'callsight-scan', workerData });
      this.#worker.unref();
      const lose = (): void => {
        this.#isBroken = true;
      };
      this.#worker.on('error', lose);
      this.#worker.on('exit', lose);
    }
    return !this.#isBroken && this.#control.isReady;
  }
}

function isSameState(read: ReadStamp, now: FileStamp): boolean {
  return (
    `${read.dev}:${read.ino}` === now.identity &&
    Number(read.size) === now.size &&
    read.mtimeNs === now.mtimeNs &&
    read.ctimeNs === now.ctimeNs
  );
}
