import type { TraceMembership } from '../grouping/traceMembership';
import type { TraceWatch } from '../grouping/traceWatch';
import { earliestStart } from '../store/mergePatches';
import type { SpanStore } from '../store/spanStore';
import type { GrowthBounds } from './growthBounds';

interface Start {
  /** Epoch ms; undefined: no span has one. */
  readonly time: number | undefined;
  /** Whose it is. */
  readonly head: number;
}

const noStart: Start = { time: undefined, head: -1 };

/** When traces began. Of one of many spans only those are looked at that are new. */
export class TraceStarts {
  readonly #store: SpanStore;
  readonly #membership: TraceMembership;
  readonly #bounds: GrowthBounds;
  /** By number of a trace, of those with many spans. */
  readonly #known = new Map<number, { readonly watch: TraceWatch; readonly start: Start }>();

  constructor(store: SpanStore, membership: TraceMembership, bounds: GrowthBounds) {
    this.#store = store;
    this.#membership = membership;
    this.#bounds = bounds;
  }

  /** Epoch ms; undefined when no span of the trace says. */
  of(number: number): number | undefined {
    const isLarge = this.#membership.size(number) >= this.#bounds.watched;
    const known = this.#known.get(number);
    const news = isLarge && known ? this.#membership.takeNews(known.watch) : undefined;
    if (known && news && !news.left.has(known.start.head)) {
      const start = this.#earliest(news.added, known.start);
      this.#known.set(number, { watch: known.watch, start });
      return start.time;
    }
    this.forget(number);
    const start = this.#earliest(this.#membership.headsOf(number), noStart);
    if (isLarge) {
      this.#known.set(number, { watch: this.#membership.watch(number), start });
    }
    return start.time;
  }

  /** The trace is gone. */
  forget(number: number): void {
    const known = this.#known.get(number);
    if (known) {
      this.#membership.unwatch(known.watch);
      this.#known.delete(number);
    }
  }

  #earliest(heads: Iterable<number>, { time, head: first }: Start): Start {
    const { table, spans } = this.#store;
    let earliest = time;
    let whose = first;
    for (const head of heads) {
      const start = spans.isOneRow(head)
        ? table.number(head, 'startTime')
        : earliestStart(table, spans.rows(head));
      if (start !== undefined && (earliest === undefined || start < earliest)) {
        earliest = start;
        whose = head;
      }
    }
    return { time: earliest, head: whose };
  }
}
