import { isCall, type Span } from '../model/span';

/** From the end of a failed attempt to the next one, at most; from there on it is another request. */
const maxGapMs = 120_000;
/** The same where the log has no id of a trace or session: strangers' calls lie side by side there. */
const maxGapWithoutIdsMs = 10_000;
const overlapMs = 50; // clocks and rounding; calls that overlap more are parallel, not retries

/** A request that failed and was sent again. */
export interface RetryChain {
  /** Two or more, in time order: the same operation under the same parent, sent to the same model; all but the last failed. */
  readonly attempts: readonly Span[];
  /** The same request to another model after the last attempt had failed too. */
  readonly fallback: Span | undefined;
  /** Whether the last attempt or the fallback succeeded. */
  readonly healed: boolean;
}

interface OpenChain {
  readonly attempts: Span[];
  fallback: Span | undefined;
}

/**
 * Which failed calls were attempts of one request. `spans` are those of a trace in time order. A failed call that was
 * followed by nothing is no chain; one that was followed by another model only is a chain of one attempt and a fallback.
 */
export function retryChains(spans: readonly Span[]): readonly RetryChain[] {
  const open = new Map<string, OpenChain>();
  const chains: OpenChain[] = [];
  for (const call of spans) {
    if (!isCall(call)) {
      continue;
    }
    const lane = JSON.stringify([call.kind, call.name, call.parentSpanId ?? call.sessionId ?? '']);
    const chain = open.get(lane);
    const last = chain?.attempts.at(-1);
    if (chain && last && follows(last, call)) {
      if (modelFamily(call.model) === modelFamily(last.model)) {
        chain.attempts.push(call);
        if (call.status !== 'error') {
          open.delete(lane);
        }
        continue;
      }
      chain.fallback = call;
      open.delete(lane);
    }
    if (call.status === 'error') {
      const begun = { attempts: [call], fallback: undefined };
      chains.push(begun);
      open.set(lane, begun);
    } else {
      open.delete(lane);
    }
  }
  return chains.filter(({ attempts, fallback }) => attempts.length > 1 || fallback).map(toChain);
}

function toChain({ attempts, fallback }: OpenChain): RetryChain {
  const healed = [attempts.at(-1), fallback].some(call => call?.status === 'ok');
  return { attempts, fallback, healed };
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
    : other.startTime - (one.startTime + (one.durationMs ?? 0));
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
