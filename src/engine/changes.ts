import type { EngineChange } from '../protocol/engineContract';

const minIntervalMs = 100; // between two changes that are told
const maxKeys = 500; // more changed traces or spans than these are told as "all"

/** What is known to have changed since the last time of telling; undefined: everything may have. */
export interface Changed {
  readonly revision: number;
  readonly traceKeys: readonly string[] | undefined;
  readonly spanKeys: readonly string[] | undefined;
}

/**
 * Tells changes, at most one every 100 ms: the first at once, so that an appended line shows without delay, the others
 * together when the time has come. What is told of files and sources alone, as at every pass, holds up no line.
 */
export class ChangeTeller {
  readonly #collect: () => Changed;
  readonly #tell: (change: EngineChange) => void;
  #timer: NodeJS.Timeout | undefined;
  /** When it fires. */
  #time = Number.POSITIVE_INFINITY;
  #lastTime = Number.NEGATIVE_INFINITY;
  /** The last time of telling more than of sources. */
  #lastDataTime = Number.NEGATIVE_INFINITY;
  #sources = false;
  #data = false;

  /** `collect` is asked when it is time to tell, and never more often. */
  constructor(collect: () => Changed, tell: (change: EngineChange) => void) {
    this.#collect = collect;
    this.#tell = tell;
  }

  /** `sources`: of files and sources only. */
  changed(sources = false): void {
    this.#sources ||= sources;
    this.#data ||= !sources;
    const time = (sources ? this.#lastTime : this.#lastDataTime) + minIntervalMs;
    if (time >= this.#time) {
      return;
    }
    clearTimeout(this.#timer);
    this.#time = time;
    // never in the same turn: a reader gives many records of one read without a pause
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, time - performance.now()));
    this.#timer.unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #fire(): void {
    this.#timer = undefined;
    this.#time = Number.POSITIVE_INFINITY;
    this.#lastTime = performance.now();
    this.#lastDataTime = this.#data ? this.#lastTime : this.#lastDataTime;
    this.#data = false;
    const { revision, traceKeys, spanKeys } = this.#collect();
    const sources = this.#sources;
    this.#sources = false;
    this.#tell({
      revision,
      traceKeys: bounded(traceKeys),
      spanKeys: bounded(spanKeys),
      sources,
    });
  }
}

function bounded(keys: readonly string[] | undefined): readonly string[] | undefined {
  return keys && keys.length <= maxKeys ? keys : undefined;
}
