import type { TraceGroup } from '../grouping/traceGroup';
import { type SpanSources, TraceSpans } from './traceSpans';

/** The spans of the traces that were asked for last: of those with many spans as many as there is room for, and the very last one. */
export class KeptTraces {
  readonly #sources: SpanSources;
  /** Of traces with many spans, in the order in which they were asked for. */
  readonly #large = new Map<TraceGroup, TraceSpans>();
  #last: TraceSpans | undefined;

  constructor(sources: SpanSources) {
    this.#sources = sources;
  }

  of(group: TraceGroup): TraceSpans {
    if (this.#last?.group === group) {
      return this.#last;
    }
    this.#keepLast();
    const kept = this.#large.get(group) ?? new TraceSpans(group, this.#sources);
    this.#large.delete(group);
    this.#last = kept;
    return kept;
  }

  /** Another one is asked for. Small ones are read again faster than they are looked for. */
  #keepLast(): void {
    const { bounds } = this.#sources;
    const last = this.#last;
    if (!last?.isWatched) {
      return;
    }
    this.#large.set(last.group, last);
    let room = bounds.kept;
    for (const [group, kept] of [...this.#large].toReversed()) {
      room -= kept.size;
      if (room < 0) {
        kept.dispose();
        this.#large.delete(group);
      }
    }
  }
}
