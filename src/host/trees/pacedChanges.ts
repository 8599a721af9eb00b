import { Disposable } from '../disposable';

/** ms; longer than the 200 that VS Code waits. */
const pauseMs = 210;

/** What takes the changes: rows (undefined: all), and the text above them. */
export interface ChangeTaker<Row> {
  readonly rows: (rows: readonly Row[] | undefined) => void;
  readonly message: (text: string) => void;
}

/**
 * Changes of a view in the pace in which VS Code shows them. It takes the first at once; of others, be it rows or the message,
 * it shows nothing until none has come for 200 ms. A view that is told more often stands still, so changes are
 * gathered here until they are taken at once.
 */
export class PacedChanges<Row> extends Disposable {
  private stale: Set<Row> | 'all' | undefined;
  private message = '';
  private shownMessage = '';
  private waiting: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly taker: ChangeTaker<Row>) {
    super();
    this.register({ dispose: () => clearTimeout(this.timer) });
  }

  /** These are to be drawn anew; undefined: all. */
  redraw(rows: readonly Row[] | undefined): void {
    if (rows === undefined || this.stale === 'all') {
      this.stale = 'all';
    } else if (rows.length > 0) {
      this.stale = new Set([...(this.stale ?? []), ...rows]);
    }
    this.tell();
  }

  /** Resolves when all rows that are to be drawn anew have been told. */
  whenTold(): Promise<void> {
    return this.stale === undefined
      ? Promise.resolve()
      : new Promise(resolve => this.waiting.push(resolve));
  }

  show(message: string): void {
    this.message = message;
    this.tell();
  }

  private tell(): void {
    const { stale, message } = this;
    const hasMessage = message !== this.shownMessage;
    if (this.timer !== undefined || this.isDisposed || (stale === undefined && !hasMessage)) {
      return;
    }
    this.stale = undefined;
    this.shownMessage = message;
    if (stale !== undefined) {
      this.taker.rows(stale === 'all' ? undefined : [...stale]);
    }
    if (hasMessage) {
      this.taker.message(message);
    }
    this.waiting.splice(0).forEach(resolve => resolve());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tell();
    }, pauseMs);
  }
}
