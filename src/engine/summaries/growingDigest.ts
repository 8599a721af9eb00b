import { CallNesting, isAround } from '../../analysis/callNesting';
import type { Span } from '../../model/span';
import type { GrowthBounds } from './growthBounds';
import { isApart, settledPart } from './settledPart';
import { TraceDigest } from './traceDigest';

/** The first spans of a trace, added up for good as long as they stay. */
interface Settled {
  readonly digest: TraceDigest;
  /** Its calls by their span ids, the last of each. */
  readonly calls: Map<string, Span>;
  /** Span ids of its calls that are around others of it. */
  readonly outers: Set<string>;
  count: number;
}

/**
 * Adds up a trace whose spans change near their end: what stands before is added up once. Where a call near the end lies inside one far from it
 * (`CallNesting`), all between them is added up again each time.
 */
export class GrowingDigest {
  readonly #bounds: GrowthBounds;
  #loose: number;
  #settled: Settled | undefined;

  constructor(bounds: GrowthBounds) {
    this.#bounds = bounds;
    this.#loose = bounds.loose;
  }

  /** `spans` of the trace in time order; those before the place `from` are the same as the last time. */
  of(spans: readonly Span[], from: number): TraceDigest {
    if (this.#settled && (from < this.#settled.count || !isApart(spans, this.#settled.count))) {
      this.#settled = undefined;
      const wanted = Math.min(2 * (spans.length - from), this.#bounds.maxLoose);
      this.#loose = Math.max(this.#loose, wanted);
    }
    return this.#goOn(spans) ?? this.#begin(spans);
  }

  #goOn(spans: readonly Span[]): TraceDigest | undefined {
    const settled = this.#settled;
    if (!settled) {
      return undefined;
    }
    const loose = spans.slice(settled.count);
    const nesting = new CallNesting(loose);
    if (crosses(settled, nesting)) {
      return undefined;
    }
    if (loose.length > 2 * this.#loose) {
      const wanted = spans.length - this.#loose;
      const count = settledPart(spans, nesting, settled.count, wanted);
      if (count > settled.count) {
        settle(settled, spans.slice(settled.count, count));
        return this.#goOn(spans);
      }
    }
    const digest = new TraceDigest(settled.digest);
    digest.add(loose, nesting);
    return digest;
  }

  #begin(spans: readonly Span[]): TraceDigest {
    const wanted = spans.length - this.#loose;
    this.#settled = undefined;
    if (wanted > 0) {
      return (
        this.#beginAt(spans, isApart(spans, wanted) ? wanted : 0) ??
        this.#beginAt(spans, settledPart(spans, new CallNesting(spans), 0, wanted)) ??
        this.#whole(spans)
      );
    }
    return this.#whole(spans);
  }

  #beginAt(spans: readonly Span[], count: number): TraceDigest | undefined {
    if (count === 0) {
      return undefined;
    }
    this.#settled = { digest: new TraceDigest(), calls: new Map(), outers: new Set(), count: 0 };
    settle(this.#settled, spans.slice(0, count));
    return this.#goOn(spans);
  }

  #whole(spans: readonly Span[]): TraceDigest {
    this.#settled = undefined;
    const digest = new TraceDigest();
    digest.add(spans);
    return digest;
  }
}

function settle(settled: Settled, spans: readonly Span[]): void {
  const nesting = new CallNesting(spans);
  settled.digest.add(spans, nesting);
  settled.count += spans.length;
  for (const call of nesting.calls) {
    if (call.spanId !== undefined) {
      settled.calls.set(call.spanId, call);
    }
  }
  for (const [, { spanId }] of nesting.pairs) {
    if (spanId !== undefined) {
      settled.outers.add(spanId);
    }
  }
}

/** Whether calls that come behind those that are settled change which of these lie inside each other, or lie inside one of them. */
function crosses({ calls, outers }: Settled, { calls: behind }: CallNesting): boolean {
  const ids = new Set(behind.map(({ spanId }) => spanId));
  return behind.some(call => {
    const { spanId, parentSpanId } = call;
    const parent =
      parentSpanId === undefined || ids.has(parentSpanId) ? undefined : calls.get(parentSpanId);
    return (
      (spanId !== undefined && outers.has(spanId)) ||
      (parent !== undefined && isAround(parent, call))
    );
  });
}
