import { Disposable } from './disposable';

/** Runs something when asked: at once, then at most every `intervalMs`, never twice at a time. The last request is never lost. */
export class Throttle extends Disposable {
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private wanted = false;

  constructor(
    private readonly intervalMs: number,
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
    try {
      await this.run();
    } catch (error) {
      this.onError(error);
    }
    this.running = false;
    if (this.isDisposed) {
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.wanted) {
        void this.start();
      }
    }, this.intervalMs);
  }
}
