import type { CallNesting } from '../../analysis/callNesting';
import { endsStep, type Steps } from '../../analysis/steps';
import type { Span } from '../../model/span';

/**
 * How many spans from the first on are apart from the others, `wanted` at most and not fewer than `from`: no call of one part lies inside one of
 * the other, nor could a later one, since the other part begins later. `spans` in time order, `nesting` that of those from `from` on.
 */
export function* settledPart(
  spans: readonly Span[],
  nesting: CallNesting,
  from: number,
  wanted: number,
): Steps<number> {
  const reaches = yield* reachesOf(spans, nesting, from);
  let end = wanted;
  for (let at = spans.length - 1; at >= end && end > from; at--) {
    end = Math.min(end, reaches.get(at) ?? at);
    while (end > from && !isApart(spans, end)) {
      end--;
    }
    if (endsStep(at)) {
      yield;
    }
  }
  return Math.max(end, from);
}

/** Whether what stands from there on begins later than what stands before, or has no time. */
export function isApart(spans: readonly Span[], end: number): boolean {
  const [before, after] = [spans[end - 1]?.startTime, spans[end]?.startTime];
  return before === undefined || before !== after;
}

/** By the place of a call: that of the first one before it that it lies inside, or around. */
function* reachesOf(
  spans: readonly Span[],
  nesting: CallNesting,
  from: number,
): Steps<ReadonlyMap<number, number>> {
  const reaches = new Map<number, number>();
  const placeOf = new Map<Span, number>();
  for (let at = from; at < spans.length; at++) {
    const span = spans[at];
    if (span) {
      placeOf.set(span, at);
    }
    if (endsStep(at)) {
      yield;
    }
  }
  let looked = 0;
  for (const [inner, outer] of nesting.pairs) {
    const places = [placeOf.get(inner) ?? from, placeOf.get(outer) ?? from] as const;
    const [low, high] = [Math.min(...places), Math.max(...places)];
    reaches.set(high, Math.min(low, reaches.get(high) ?? low));
    if (endsStep(looked++)) {
      yield;
    }
  }
  return reaches;
}
