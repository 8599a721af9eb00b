import { CallNesting } from '../../analysis/callNesting';
import { isCall, isFailed, type Span } from '../../model/span';

/** Spans that failed; agents, chains and calls around calls only repeat what failed inside them. `nesting`: that of the spans, if it is known. */
export function failedSpans(spans: readonly Span[], nesting?: CallNesting): readonly Span[] {
  const failed = spans.filter(isFailed);
  if (failed.length === 0) {
    return failed;
  }
  const failedCalls = new Set((nesting ?? new CallNesting(spans)).saying(isFailed));
  const leaves = failed.filter(span =>
    isCall(span) ? failedCalls.has(span) : span.kind !== 'agent' && span.kind !== 'chain',
  );
  return leaves.length > 0 ? leaves : failed;
}

/** By start; those without a time keep their order and come last. */
export function inTimeOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted(compareStarts);
}

/** 0: they start together, or none of them has a time. */
export function compareStarts(one: Span, other: Span): number {
  const { startTime: first = Number.POSITIVE_INFINITY } = one;
  const { startTime: second = Number.POSITIVE_INFINITY } = other;
  return first === second ? 0 : first - second;
}
