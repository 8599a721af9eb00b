import { CallNesting } from '../../analysis/callNesting';
import { isCall, isFailed, type Span } from '../../model/span';

/** Spans that failed; agents, chains and calls around calls only repeat what failed inside them. `nesting` is that of the spans. */
export function failedSpans(
  spans: readonly Span[],
  nesting = new CallNesting(spans),
): readonly Span[] {
  const failed = spans.filter(isFailed);
  const failedCalls = new Set(nesting.saying(isFailed));
  const leaves = failed.filter(span =>
    isCall(span) ? failedCalls.has(span) : span.kind !== 'agent' && span.kind !== 'chain',
  );
  return leaves.length > 0 ? leaves : failed;
}

/** By start; those without a time keep their order and come last. */
export function inTimeOrder(spans: readonly Span[]): readonly Span[] {
  const time = (span: Span) => span.startTime ?? Number.POSITIVE_INFINITY;
  return spans.toSorted((one, other) => {
    const [first, second] = [time(one), time(other)];
    return first === second ? 0 : first - second;
  });
}
