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
 * together when the time has come.
 */
export class ChangeTeller {
  readonly #collect: () => Changed;
  readonly #tell: (change: EngineChange) => void;
  #timer: NodeJS.Timeout | undefined;
  #lastTime = Number.NEGATIVE_INFINITY;
  #sources = false;

  /** `collect` is asked when it is time to tell, and never more often. */
  constructor(collect: () => Changed, tell: (change: EngineChange) => void) {
    this.#collect = collect;
    this.#tell = tell;
  }

  changed(sources = false): void {
    this.#sources ||= sources;
    if (this.#timer) {
      return;
    }
    // never in the same turn: a reader gives many records of one read without a pause
    const wait = Math.max(0, this.#lastTime + minIntervalMs - performance.now());
    this.#timer = setTimeout(() => this.#fire(), wait);
    this.#timer.unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #fire(): void {
    this.#timer = undefined;
    this.#lastTime = performance.now();
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
