/** How long one may keep the thread before others have their turn. Milliseconds. */
const sliceMs = 8;

/** Long work that lets others in, and knows what it took itself. */
export class Turns {
  private sliceStart = performance.now();
  private spentMs = 0;

  /** Time that the work took, without that of others in between. Milliseconds. */
  get costMs(): number {
    return this.spentMs + performance.now() - this.sliceStart;
  }

  get isOver(): boolean {
    return performance.now() - this.sliceStart > sliceMs;
  }

  /** Lets others in. */
  async pass(): Promise<void> {
    this.spentMs = this.costMs;
    await new Promise(resolve => setImmediate(resolve));
    this.sliceStart = performance.now();
  }
}
