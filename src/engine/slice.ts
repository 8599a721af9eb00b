import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Steps } from '../analysis/steps';

const sliceMs = 4; // of work in one go, so that questions and new lines need not wait

/** Cuts long work of the engine's thread into slices, between which it does other things. */
export class Slice {
  #start = performance.now();
  #spentMs = 0;

  /** To be followed by `rest`. */
  get isOver(): boolean {
    return performance.now() - this.#start >= sliceMs;
  }

  /** Time that the work took, without that of others in between. Milliseconds. */
  get costMs(): number {
    return this.#spentMs + performance.now() - this.#start;
  }

  /** Lets the thread do what else there is. */
  rest(): Promise<void> {
    return this.#pause(setImmediate());
  }

  /** The same for a while, in which the core is somebody else's. */
  restFor(milliseconds: number): Promise<void> {
    return this.#pause(sleep(milliseconds).then(() => setImmediate()));
  }

  async #pause(others: Promise<void>): Promise<void> {
    this.#spentMs = this.costMs;
    await others;
    this.#start = performance.now();
  }
}

/** Does all steps, and rests between them; `wake` is called after each rest. */
export async function inSlices<Result>(
  steps: Steps<Result>,
  slice: Slice,
  wake: () => void,
): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    if (slice.isOver) {
      await slice.rest();
      wake();
    }
    step = steps.next();
  }
  return step.value;
}
