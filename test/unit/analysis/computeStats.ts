import { CallNesting } from '../../../src/analysis/callNesting';
import { StatsTally, type StatsExtra } from '../../../src/analysis/stats';
import { isFailed, type Span } from '../../../src/model/span';
import type { Stats } from '../../../src/model/stats';

export interface SpansExtra extends StatsExtra {
  /** US dollars of one call; undefined when unknown. */
  readonly priceOf: (span: Span) => number | undefined;
}

/** Statistics over spans as they are, all of them in memory: what the engine works out of columns must be the same. */
export function computeStats(spans: Iterable<Span>, extra: SpansExtra): Stats {
  const all = [...spans];
  const nesting = new CallNesting(all);
  const leaves = new Set(nesting.leaves);
  const failed = new Set(nesting.saying(isFailed));
  const asking = new Set(nesting.saying(call => call.toolCallNames.length > 0));
  const tally = new StatsTally();
  for (const span of all) {
    tally.add({
      ...span,
      costUsd: leaves.has(span) ? extra.priceOf(span) : undefined,
      isCounted: leaves.has(span),
      hasFailed: failed.has(span),
      requestedTools: asking.has(span) ? span.toolCallNames.length : 0,
    });
  }
  return tally.toStats(extra);
}
