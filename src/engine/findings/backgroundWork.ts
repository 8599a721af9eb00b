/** Of work in one go: questions must not wait. Milliseconds. */
export const sliceMs = 4;
/** Between two slices, so that this takes a third of one core at most. Milliseconds. */
export const restMs = 8;
const restWhileReadingMs = 500; // the same while logs are read, which everybody waits for

/** Work of the engine's thread that nobody waits for, a slice at a time for as long as there is any. */
export class BackgroundWork {
  readonly #work: (milliseconds: number) => boolean;
  readonly #isReading: () => boolean;
  #timer: NodeJS.Timeout | undefined;

  /** `work` goes on for so long and returns whether there is more. */
  constructor(work: (milliseconds: number) => boolean, isReading: () => boolean) {
    this.#work = work;
    this.#isReading = isReading;
  }

  /** There may be something to do. */
  wake(): void {
    const rest = this.#isReading() ? restWhileReadingMs : restMs;
    this.#timer ??= setTimeout(() => this.#runSlice(), rest).unref();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #runSlice(): void {
    this.#timer = undefined;
    if (this.#work(sliceMs)) {
      this.wake();
    }
  }
}
