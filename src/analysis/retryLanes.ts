import { isCall, type Span } from '../model/span';

/** From the end of a failed attempt to the next one, at most; from there on it is another request. */
const maxGapMs = 120_000;
/** The same where the log has no id of a trace or session: strangers' calls lie side by side there. */
const maxGapWithoutIdsMs = 10_000;
const overlapMs = 50; // clocks and rounding; calls that overlap more are parallel, not retries
const fewLanes = 64; // that are open; of more it is looked which of them nothing can follow any more

/** A failed call, and the failed attempts before it. */
export interface Attempt {
  readonly call: Span;
  readonly before: Attempt | undefined;
  readonly first: Span;
}

export interface Followed {
  /** The last failed attempt of the request that was sent again. */
  readonly attempt: Attempt;
  /** It was sent to another model. */
  readonly isFallback: boolean;
}

/**
 * Failed calls that may be sent again: the same operation under the same parent is a lane. It sees the spans of a trace one by one, in time
 * order, and remembers the failed calls of the last two minutes.
 */
export class RetryLanes {
  readonly #open: Map<string, Attempt>;
  #many = fewLanes;

  constructor(open: ReadonlyMap<string, Attempt> = new Map()) {
    this.#open = new Map(open);
  }

  /** Sees what comes next for itself. */
  fork(): RetryLanes {
    return new RetryLanes(this.#open);
  }

  /** The failed attempt that this is the next one of. */
  see(call: Span): Followed | undefined {
    if (!isCall(call) || (this.#open.size === 0 && call.status !== 'error')) {
      return undefined;
    }
    this.#closeOld(call.startTime);
    const lane = JSON.stringify([call.kind, call.name, call.parentSpanId ?? call.sessionId ?? '']);
    const last = this.#open.get(lane);
    const attempt = last && follows(last.call, call) ? last : undefined;
    const isFallback = attempt && modelFamily(call.model) !== modelFamily(attempt.call.model);
    const before = isFallback ? undefined : attempt;
    if (call.status === 'error') {
      this.#open.set(lane, { call, before, first: before?.first ?? call });
    } else {
      this.#open.delete(lane);
    }
    return attempt && { attempt, isFallback: isFallback === true };
  }

  /** Of a lane in which nobody tries again nothing would ever be forgotten. */
  #closeOld(time: number | undefined): void {
    if (this.#open.size < this.#many || time === undefined) {
      return;
    }
    for (const [lane, { call }] of this.#open) {
      const gapMs = call.startTime === undefined ? undefined : time - endOf(call, call.startTime);
      if (gapMs === undefined || gapMs > maxGapMs) {
        this.#open.delete(lane);
      }
    }
    this.#many = Math.max(fewLanes, 2 * this.#open.size);
  }
}

/** `gpt-4o-2024-08-06` and `openai/gpt-4o` are one family, `gpt-4o-mini` is another. */
export function modelFamily(model: string | undefined): string {
  const bare = (model ?? '').toLowerCase();
  return bare
    .slice(bare.lastIndexOf('/') + 1)
    .replace(/[-@](?:\d{8}|\d{4}-\d{2}-\d{2}|latest|preview)(?=$|[-:])/, '');
}

/** Milliseconds from the end of one call to the start of another; undefined when a time is unknown. */
export function gapBetween(one: Span, other: Span): number | undefined {
  return one.startTime === undefined || other.startTime === undefined
    ? undefined
    : other.startTime - endOf(one, one.startTime);
}

function endOf({ durationMs = 0 }: Span, startTime: number): number {
  return startTime + durationMs;
}

function follows(failed: Span, call: Span): boolean {
  const gapMs = gapBetween(failed, call);
  const maxMs = haveSameId(failed, call) ? maxGapMs : maxGapWithoutIdsMs;
  const isSameUser =
    failed.userId === undefined || call.userId === undefined || failed.userId === call.userId;
  return gapMs !== undefined && gapMs >= -overlapMs && gapMs <= maxMs && isSameUser;
}

function haveSameId(one: Span, other: Span): boolean {
  const pairs = [
    [one.traceId, other.traceId],
    [one.sessionId, other.sessionId],
    [one.parentSpanId, other.parentSpanId],
  ] as const;
  return pairs.some(([first, second]) => first !== undefined && first === second);
}
