/** Of work in one go: questions must not wait. Milliseconds. */
export const sliceMs = 4;
/** Between two slices, so that this takes half of one core at most. Milliseconds. */
export const restMs = 4;
/** What looks at everything rests this many times of what it took, before it looks at a log that grows again. */
export const restFactor = 20;
const restWhileReadingMs = 500; // the same while logs are read, which everybody waits for
const maxPutOffMs = 500; // while one question follows another

/** What else the engine's thread has to do. */
export interface Duties {
  /** Logs are being read. */
  readonly isReading: () => boolean;
  /** Somebody asks one question after the other. */
  readonly isAsked: () => boolean;
}

/**
 * When the next slice of work is done that nobody waits for. It gives way to questions: one that comes meanwhile would wait, and one
 * that comes afterwards takes longer, since what it needs is no longer in the caches of the processor.
 */
export class NextSlice {
  readonly #duties: Duties;
  #timer: NodeJS.Timeout | undefined;

  constructor(duties: Duties) {
    this.#duties = duties;
  }

  /** `run` after so many milliseconds; nothing when there is a next slice already. */
  after(milliseconds: number, run: () => void): void {
    this.#timer ??= this.#wait(milliseconds, performance.now() + milliseconds + maxPutOffMs, run);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number, latest: number, run: () => void): NodeJS.Timeout {
    return setTimeout(() => {
      if (this.#duties.isAsked() && performance.now() < latest) {
        this.#timer = this.#wait(restMs, latest, run);
        return;
      }
      this.#timer = undefined;
      run();
    }, milliseconds).unref();
  }
}

/** Work of the engine's thread that nobody waits for, a slice at a time for as long as there is any. */
export class BackgroundWork {
  readonly #work: (milliseconds: number) => boolean;
  readonly #duties: Duties;
  readonly #next: NextSlice;

  /** `work` goes on for so long and returns whether there is more. */
  constructor(work: (milliseconds: number) => boolean, duties: Duties) {
    this.#work = work;
    this.#duties = duties;
    this.#next = new NextSlice(duties);
  }

  /** There may be something to do. */
  wake(): void {
    this.#next.after(this.#duties.isReading() ? restWhileReadingMs : restMs, () =>
      this.#runSlice(),
    );
  }

  dispose(): void {
    this.#next.dispose();
  }

  #runSlice(): void {
    if (this.#work(sliceMs)) {
      this.wake();
    }
  }
}
