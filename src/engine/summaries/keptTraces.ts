import type { TraceGroup } from '../grouping/traceGroup';
import { type SpanSources, TraceSpans } from './traceSpans';

/** The spans of the traces that were asked for last: of those with many spans as many as there is room for, and the very last one. */
export class KeptTraces {
  readonly #sources: SpanSources;
  /** Of traces with many spans, in the order in which they were asked for. */
  readonly #large = new Map<TraceGroup, TraceSpans>();
  /** Those that somebody is at work on, and how many are. */
  readonly #held = new Map<TraceGroup, { readonly spans: TraceSpans; readonly times: number }>();
  #last: TraceSpans | undefined;

  constructor(sources: SpanSources) {
    this.#sources = sources;
  }

  of(group: TraceGroup): TraceSpans {
    if (this.#last?.group === group) {
      return this.#last;
    }
    this.#keepLast();
    const kept =
      this.#large.get(group) ??
      this.#held.get(group)?.spans ??
      new TraceSpans(group, this.#sources);
    this.#large.delete(group);
    this.#last = kept;
    return kept;
  }

  /** Keeps them, whoever asks for others, until they are let go as often. */
  hold(group: TraceGroup): TraceSpans {
    const { spans, times } = this.#held.get(group) ?? { spans: this.of(group), times: 0 };
    this.#held.set(group, { spans, times: times + 1 });
    return spans;
  }

  letGo(group: TraceGroup): void {
    const { spans, times } = this.#held.get(group) ?? {};
    if (spans && times !== undefined && times > 1) {
      this.#held.set(group, { spans, times: times - 1 });
      return;
    }
    this.#held.delete(group);
    if (spans && spans !== this.#last && this.#large.get(group) !== spans) {
      spans.dispose();
    }
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
        this.#large.delete(group);
        this.#disposeUnheld(kept);
      }
    }
  }

  #disposeUnheld(kept: TraceSpans): void {
    if (!this.#held.has(kept.group)) {
      kept.dispose();
    }
  }
}
