import type { TraceGroup } from '../grouping/traceGroup';
import { type SpanSources, TraceSpans } from './traceSpans';

/** The spans of the traces that were asked for last: as many as there is room for, of the very last one all. */
export class KeptTraces {
  readonly #sources: SpanSources;
  /** In the order in which they were asked for. */
  readonly #kept = new Map<TraceGroup, TraceSpans>();
  #last: TraceGroup | undefined;

  constructor(sources: SpanSources) {
    this.#sources = sources;
  }

  of(group: TraceGroup): TraceSpans {
    const kept = this.#kept.get(group) ?? new TraceSpans(group, this.#sources);
    if (this.#last !== group) {
      this.#kept.delete(group);
      this.#kept.set(group, kept);
      this.#last = group;
      this.#dropOthers();
    }
    return kept;
  }

  /** Small ones are read again faster than they are looked for. */
  #dropOthers(): void {
    const { bounds } = this.#sources;
    let room = bounds.kept;
    for (const [group, kept] of [...this.#kept].toReversed()) {
      if (group === this.#last) {
        continue;
      }
      room -= kept.size;
      if (room < 0 || kept.size < bounds.watched) {
        kept.dispose();
        this.#kept.delete(group);
      }
    }
  }
}
