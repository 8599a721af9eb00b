/** From a hint that folders have changed to the pass that finds out. Milliseconds. */
const hintedDelayMs = 20;
/** After a pass that took so long the next one waits this many times as long, so that looking never is all we do. */
const restPerCost = 20;
const restPerHintedCost = 5;

/** Says when the whole disk is looked at next. */
export class PassTimer {
  private timer: NodeJS.Timeout | undefined;
  private due = 0;
  private passedAt = 0;
  private costMs = 0;
  private isDisposed = false;

  constructor(
    private readonly everyMs: number,
    private readonly onDue: () => void,
  ) {}

  /** A pass is over; plans the next one. */
  passed(costMs: number): void {
    this.passedAt = performance.now();
    this.costMs = costMs;
    this.plan(this.everyMs, restPerCost);
  }

  /** Something has changed that only a pass can find out. */
  hint(): void {
    this.plan(hintedDelayMs, restPerHintedCost);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  /** Never later than what is planned already. */
  private plan(delayMs: number, restPerCostMs: number): void {
    const now = performance.now();
    const due = Math.max(now + delayMs, this.passedAt + this.costMs * restPerCostMs);
    if (this.isDisposed || (this.timer !== undefined && this.due <= due)) {
      return;
    }
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.onDue();
    }, due - now);
  }
}
