import type { FileTail } from './fileTail';

/** How long reading may keep the thread before others have their turn. Milliseconds. */
const sliceMs = 8;

/**
 * Gives every file that has news its turn: those with a fresh event first, the others in the order they came, one window
 * each, so that a file of gigabytes does not hold up a small one. Where nobody looks before all is read, one file after the other.
 */
export class ReadQueue {
  private readonly urgent = new Set<FileTail>();
  private readonly waiting = new Set<FileTail>();
  /** Goes on before those that wait, when one file is read after the other. */
  private begun: FileTail | undefined;
  private readonly timers = new Map<FileTail, NodeJS.Timeout>();
  private readonly idleListeners: (() => void)[] = [];
  private isRunning = false;
  private isDisposed = false;

  constructor(
    private readonly onGone: (tail: FileTail) => void,
    /** There is nothing to do for the file until something happens to it. */
    private readonly onRead: (tail: FileTail) => void,
    private readonly onIdle: () => void,
    private readonly oneByOne: boolean,
  ) {}

  get isIdle(): boolean {
    return this.urgent.size === 0 && this.waiting.size === 0 && this.begun === undefined;
  }

  /** It waits for its turn or for a time. */
  has(tail: FileTail): boolean {
    return (
      this.urgent.has(tail) ||
      this.begun === tail ||
      this.waiting.has(tail) ||
      this.timers.has(tail)
    );
  }

  /** Those that wait for their turn. */
  tails(): readonly FileTail[] {
    return [...this.urgent, ...(this.begun ? [this.begun] : []), ...this.waiting];
  }

  add(tail: FileTail, isUrgent: boolean): void {
    if (this.isDisposed) {
      return;
    }
    this.cancelTimer(tail);
    if (isUrgent) {
      this.leave(tail);
      this.urgent.add(tail);
    } else if (!this.urgent.has(tail) && this.begun !== tail) {
      this.waiting.add(tail);
    }
    this.run();
  }

  remove(tail: FileTail): void {
    this.cancelTimer(tail);
    this.urgent.delete(tail);
    this.leave(tail);
    if (this.isIdle) {
      this.tellIdle();
    }
  }

  /** Resolves when no file has news; with `quietToo` also the last lines without a line break had their time. */
  whenIdle(quietToo: boolean): Promise<void> {
    if (this.isIdle && !(quietToo && this.timers.size > 0)) {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      this.idleListeners.push(() => resolve(quietToo ? this.whenIdle(true) : undefined));
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.urgent.clear();
    this.waiting.clear();
    this.begun = undefined;
    for (const tail of this.timers.keys()) {
      this.cancelTimer(tail);
    }
    this.tellIdle();
  }

  private run(): void {
    if (!this.isRunning) {
      this.isRunning = true;
      setImmediate(() => this.slice());
    }
  }

  private slice(): void {
    const start = performance.now();
    do {
      const tail = this.takeNext();
      if (tail === undefined) {
        this.isRunning = false;
        this.tellIdle();
        return;
      }
      this.lookAt(tail);
    } while (performance.now() - start < sliceMs);
    setImmediate(() => this.slice());
  }

  private takeNext(): FileTail | undefined {
    const [urgent] = this.urgent;
    const [waiting] = this.waiting;
    const tail = urgent ?? this.begun ?? waiting;
    if (tail !== undefined) {
      this.urgent.delete(tail);
      this.leave(tail);
    }
    return tail;
  }

  private leave(tail: FileTail): void {
    this.waiting.delete(tail);
    this.begun = this.begun === tail ? undefined : this.begun;
  }

  private lookAt(tail: FileTail): void {
    const next = tail.look();
    if (next === 'now' && this.oneByOne && this.begun === undefined) {
      this.begun = tail;
      return;
    }
    if (next === 'now' || next === 'later') {
      this.waiting.add(tail);
      return;
    }
    if (next === 'gone') {
      this.onGone(tail);
      return;
    }
    if (next === 'onChange') {
      this.onRead(tail);
    } else {
      const timer = setTimeout(() => {
        this.timers.delete(tail);
        this.add(tail, false);
      }, next.inMs);
      this.timers.set(tail, timer);
    }
  }

  private cancelTimer(tail: FileTail): void {
    clearTimeout(this.timers.get(tail));
    this.timers.delete(tail);
  }

  private tellIdle(): void {
    this.onIdle();
    for (const listener of this.idleListeners.splice(0)) {
      listener();
    }
  }
}
