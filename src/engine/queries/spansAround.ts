import type { Span } from '../../model/span';

/** Spans above those of a part, that are given out with it. */
const maxAbove = 500;

/** Some of the spans of a trace, in its order. */
export interface SpanPart {
  readonly spans: readonly Span[];
  /** Spans that stand before them and are not among them. */
  readonly before: number;
}

/** So many of the spans, with the wanted one among them: the first of all, or those around it, below the spans that they are in. */
export function spansAround(all: readonly Span[], wanted: string, count: number): SpanPart {
  const at = all.findIndex(({ key }) => key === wanted);
  if (at < count) {
    return { spans: all.slice(0, count), before: 0 };
  }
  const start = Math.min(at - Math.floor(count / 2), all.length - count);
  const part = all.slice(start, start + count);
  const above = spansAbove(all, start, part);
  return { spans: [...above, ...part], before: start - above.length };
}

/** What these spans are in begins before them: one way back finds it, whatever they claim to be in. */
function spansAbove(all: readonly Span[], start: number, part: readonly Span[]): readonly Span[] {
  const missing = new Set(part.map(({ parentSpanId }) => parentSpanId));
  for (const { spanId } of part) {
    missing.delete(spanId);
  }
  missing.delete(undefined);
  const above: Span[] = [];
  for (let at = start - 1; at >= 0 && missing.size > 0 && above.length < maxAbove; at--) {
    const span = all[at];
    if (span?.spanId !== undefined && missing.delete(span.spanId)) {
      above.push(span);
      if (span.parentSpanId !== undefined) {
        missing.add(span.parentSpanId);
      }
    }
  }
  return above.toReversed();
}
