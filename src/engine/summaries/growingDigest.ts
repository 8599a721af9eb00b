import { CallNesting, isAround } from '../../analysis/callNesting';
import { endsStep, type Steps } from '../../analysis/steps';
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

  /** `spans` of the trace in time order; those before the place `from` are the same as the last time, which has been finished. */
  *of(spans: readonly Span[], from: number): Steps<TraceDigest> {
    if (this.#settled && (from < this.#settled.count || !isApart(spans, this.#settled.count))) {
      this.#settled = undefined;
      const wanted = Math.min(2 * (spans.length - from), this.#bounds.maxLoose);
      this.#loose = Math.max(this.#loose, wanted);
    }
    return (yield* this.#goOn(spans)) ?? (yield* this.#begin(spans));
  }

  *#goOn(spans: readonly Span[]): Steps<TraceDigest | undefined> {
    const settled = this.#settled;
    if (!settled) {
      return undefined;
    }
    const loose = spans.slice(settled.count);
    const nesting = yield* CallNesting.inSteps(loose);
    if (yield* crosses(settled, nesting)) {
      return undefined;
    }
    if (loose.length > 2 * this.#loose) {
      const wanted = spans.length - this.#loose;
      const count = yield* settledPart(spans, nesting, settled.count, wanted);
      if (count > settled.count) {
        yield* settle(settled, spans.slice(settled.count, count));
        return yield* this.#goOn(spans);
      }
    }
    const digest = new TraceDigest(settled.digest);
    yield* digest.adding(loose, nesting);
    return digest;
  }

  *#begin(spans: readonly Span[]): Steps<TraceDigest> {
    const wanted = spans.length - this.#loose;
    this.#settled = undefined;
    if (wanted > 0) {
      const near = yield* this.#beginAt(spans, isApart(spans, wanted) ? wanted : 0);
      if (near) {
        return near;
      }
      const nesting = yield* CallNesting.inSteps(spans);
      const apart = yield* this.#beginAt(spans, yield* settledPart(spans, nesting, 0, wanted));
      if (apart) {
        return apart;
      }
    }
    this.#settled = undefined;
    const digest = new TraceDigest();
    yield* digest.adding(spans, yield* CallNesting.inSteps(spans));
    return digest;
  }

  *#beginAt(spans: readonly Span[], count: number): Steps<TraceDigest | undefined> {
    if (count === 0) {
      return undefined;
    }
    this.#settled = { digest: new TraceDigest(), calls: new Map(), outers: new Set(), count: 0 };
    yield* settle(this.#settled, spans.slice(0, count));
    return yield* this.#goOn(spans);
  }
}

function* settle(settled: Settled, spans: readonly Span[]): Steps {
  const nesting = yield* CallNesting.inSteps(spans);
  yield* settled.digest.adding(spans, nesting);
  settled.count += spans.length;
  let at = 0;
  for (const call of nesting.calls) {
    if (call.spanId !== undefined) {
      settled.calls.set(call.spanId, call);
    }
    if (endsStep(at++)) {
      yield;
    }
  }
  for (const [, { spanId }] of nesting.pairs) {
    if (spanId !== undefined) {
      settled.outers.add(spanId);
    }
    if (endsStep(at++)) {
      yield;
    }
  }
}

/** Whether calls that come behind those that are settled change which of these lie inside each other, or lie inside one of them. */
function* crosses({ calls, outers }: Settled, { calls: behind }: CallNesting): Steps<boolean> {
  const ids = new Set(behind.map(({ spanId }) => spanId));
  for (const [at, call] of behind.entries()) {
    const { spanId, parentSpanId } = call;
    const parent =
      parentSpanId === undefined || ids.has(parentSpanId) ? undefined : calls.get(parentSpanId);
    if (
      (spanId !== undefined && outers.has(spanId)) ||
      (parent !== undefined && isAround(parent, call))
    ) {
      return true;
    }
    if (endsStep(at)) {
      yield;
    }
  }
  return false;
}
