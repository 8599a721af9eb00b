import { Disposable } from './disposable';

/** A run that takes long has a pause of this many times as long: others want to get on, too. */
const restFactor = 4;
const maxRestMs = 3000; // what is shown must not stand still for longer

/**
 * Runs something when asked: at once, then after a pause of `intervalMs` or more, never twice at a time. The last request
 * is never lost.
 */
export class Throttle extends Disposable {
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private wanted = false;

  constructor(
    private readonly intervalMs: number | (() => number),
    private readonly run: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.register({ dispose: () => clearTimeout(this.timer) });
  }

  request(): void {
    this.wanted = true;
    if (!this.running && this.timer === undefined && !this.isDisposed) {
      void this.start();
    }
  }

  private async start(): Promise<void> {
    this.wanted = false;
    this.running = true;
    const start = performance.now();
    try {
      await this.run();
    } catch (error) {
      this.onError(error);
    }
    this.running = false;
    const intervalMs = typeof this.intervalMs === 'number' ? this.intervalMs : this.intervalMs();
    const tookMs = performance.now() - start;
    if (this.isDisposed) {
      return;
    }
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        if (this.wanted) {
          void this.start();
        }
      },
      Math.max(intervalMs, Math.min(maxRestMs, restFactor * tookMs)),
    );
  }
}
