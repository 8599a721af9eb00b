import { Disposable } from './disposable';

export interface PulseBounds {
  /** From a question that somebody waits for to the first look, and between two looks. Milliseconds. */
  readonly everyMs: number;
  /** A thread that works answers within a fraction of a second, whatever it is doing. Milliseconds. */
  readonly patienceMs: number;
}

export interface PulseOptions {
  /** Whether somebody waits for an answer. */
  readonly isAwaited: () => boolean;
  /** Asks for something that costs nothing; resolves, or rejects, when the thread has said something. */
  readonly ask: () => Promise<unknown>;
  readonly onDidChange: (isSilent: boolean) => void;
  readonly bounds?: PulseBounds | undefined;
}

const usualBounds: PulseBounds = { everyMs: 5000, patienceMs: 10_000 };

/**
 * Finds out that a thread does not answer: a drive that does not respond holds it in a call of the system. Looks only while
 * somebody waits for an answer.
 */
export class Pulse extends Disposable {
  private readonly bounds: PulseBounds;
  private timer: NodeJS.Timeout | undefined;
  private isAsking = false;
  private hasFallenSilent = false;

  constructor(private readonly options: PulseOptions) {
    super();
    this.bounds = options.bounds ?? usualBounds;
    this.register({ dispose: () => clearTimeout(this.timer) });
  }

  /** Whether it has not answered for longer than one can be patient. */
  get isSilent(): boolean {
    return this.hasFallenSilent;
  }

  /** Somebody waits for an answer from now on. */
  watch(): void {
    if (this.timer === undefined && !this.isAsking && !this.isDisposed) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        if (this.options.isAwaited()) {
          void this.look();
        }
      }, this.bounds.everyMs);
    }
  }

  private async look(): Promise<void> {
    this.isAsking = true;
    const patience = setTimeout(() => this.tell(true), this.bounds.patienceMs);
    // a thread that ended has said so elsewhere
    await this.options.ask().catch(() => undefined);
    clearTimeout(patience);
    this.isAsking = false;
    this.tell(false);
    this.watch();
  }

  private tell(isSilent: boolean): void {
    if (isSilent !== this.hasFallenSilent && !this.isDisposed) {
      this.hasFallenSilent = isSilent;
      this.options.onDidChange(isSilent);
    }
  }
}
