import { Disposable } from '../disposable';
import type { EngineClient } from '../engineClient';
import { Throttle } from '../throttle';

const typingMs = 150; // without a key, before what was typed is searched
const showingMs = 150; // between two times that what is found is shown, at least

export interface TypedFilterOptions {
  readonly engine: EngineClient;
  /** The filter that the view shows: its search goes on, whatever becomes of this one. */
  readonly shownFilter: string;
  /** Shows what the filter finds. */
  readonly show: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** A filter that somebody is typing: what it finds is shown when there is a pause, and again when its search has come further. */
export class TypedFilter extends Disposable {
  private readonly engine: EngineClient;
  private readonly shownFilter: string;
  private readonly shows: Throttle;
  private timer: NodeJS.Timeout | undefined;

  /** `typed`: what is meant at first; empty for all. */
  constructor(
    private typed: string,
    { engine, shownFilter, show, onError }: TypedFilterOptions,
  ) {
    super();
    this.engine = engine;
    this.shownFilter = shownFilter;
    this.shows = this.register(new Throttle(showingMs, show, onError));
    this.register({ dispose: () => clearTimeout(this.timer) });
    this.register(
      engine.onDidSearch(filter => {
        if (filter === this.typed) {
          this.show();
        }
      }),
    );
  }

  get text(): string {
    return this.typed;
  }

  /** Another one is meant now. */
  change(text: string): void {
    this.leave();
    this.typed = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), typingMs);
  }

  /** As soon as it may. */
  show(): void {
    this.shows.request();
  }

  /** Nobody waits any more for what it finds. */
  leave(): void {
    if (this.typed !== '' && this.typed !== this.shownFilter) {
      this.engine.stopSearch(this.typed);
    }
  }
}
