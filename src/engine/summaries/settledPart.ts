import type { CallNesting } from '../../analysis/callNesting';
import type { Span } from '../../model/span';

const maxRounds = 8; // of looking for a place; spans of the same times and inside each other may push it back again and again

/**
 * How many spans from the first on are apart from the others, `wanted` at most and not fewer than `from`: no call of one part lies inside one of
 * the other, nor could a later one, since the other part begins later. `spans` in time order, `nesting` that of those from `from` on.
 */
export function settledPart(
  spans: readonly Span[],
  nesting: CallNesting,
  from: number,
  wanted: number,
): number {
  const pairs = placesOf(spans, nesting, from);
  let end = wanted;
  for (let round = 0; round < maxRounds; round++) {
    const before = end;
    for (const [inner, outer] of pairs) {
      const [low, high] = inner < outer ? [inner, outer] : [outer, inner];
      end = low < end && high >= end ? low : end;
    }
    while (end > from && !isApart(spans, end)) {
      end--;
    }
    if (end === before || end <= from) {
      return Math.max(end, from);
    }
  }
  return from;
}

/** Whether what stands from there on begins later than what stands before, or has no time. */
export function isApart(spans: readonly Span[], end: number): boolean {
  const [before, after] = [spans[end - 1]?.startTime, spans[end]?.startTime];
  return before === undefined || before !== after;
}

/** Places of calls and of those around them, by the later of both, the last first. */
function placesOf(
  spans: readonly Span[],
  nesting: CallNesting,
  from: number,
): readonly (readonly [inner: number, outer: number])[] {
  const pairs = [...nesting.pairs];
  if (pairs.length === 0) {
    return [];
  }
  const nested = new Set(pairs.flat());
  const placeOf = new Map<Span, number>();
  for (let at = from; at < spans.length; at++) {
    const span = spans[at];
    if (span && nested.has(span)) {
      placeOf.set(span, at);
    }
  }
  return pairs
    .map(([inner, outer]) => [placeOf.get(inner) ?? from, placeOf.get(outer) ?? from] as const)
    .toSorted((one, other) => Math.max(...other) - Math.max(...one));
}
