import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

const sliceMs = 4; // of work in one go, so that questions and new lines need not wait

/** Cuts long work of the engine's thread into slices, between which it does other things. */
export class Slice {
  #end = performance.now() + sliceMs;

  /** To be followed by `rest`. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Lets the thread do what else there is. */
  async rest(): Promise<void> {
    await setImmediate();
    this.#end = performance.now() + sliceMs;
  }

  /** The same for a while, in which the core is somebody else's. */
  async restFor(milliseconds: number): Promise<void> {
    await sleep(milliseconds);
    await this.rest();
  }
}
