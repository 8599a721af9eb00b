import type { Span } from '../../model/span';

/** A span with the spans below it, all in the order in which they were given. */
export interface NestedSpan {
  readonly span: Span;
  readonly children: readonly NestedSpan[];
}

/** Puts spans below their parents. A parent that is not there, or a circle of parents, leaves a span at the top. */
export function nestSpans(spans: readonly Span[]): readonly NestedSpan[] {
  const byId = new Map<string, Span>();
  for (const span of spans) {
    if (span.spanId !== undefined && !byId.has(idKey(span, span.spanId))) {
      byId.set(idKey(span, span.spanId), span);
    }
  }
  const parentOf = new Map<Span, Span>();
  for (const span of spans) {
    const parent =
      span.parentSpanId === undefined ? undefined : byId.get(idKey(span, span.parentSpanId));
    if (parent && !isAbove(span, parent, parentOf)) {
      parentOf.set(span, parent);
    }
  }
  const nested = new Map<Span, { span: Span; children: NestedSpan[] }>();
  for (const span of spans) {
    nested.set(span, { span, children: [] });
  }
  const top: NestedSpan[] = [];
  for (const node of nested.values()) {
    const parent = parentOf.get(node.span);
    (parent ? (nested.get(parent)?.children ?? top) : top).push(node);
  }
  return top;
}

/** Whether `span` is `other` or one of the spans above it: then it cannot be put below it. */
function isAbove(span: Span, other: Span, parentOf: ReadonlyMap<Span, Span>): boolean {
  for (let at: Span | undefined = other; at; at = parentOf.get(at)) {
    if (at === span) {
      return true;
    }
  }
  return false;
}

function idKey(span: Span, id: string): string {
  return JSON.stringify([span.traceId, id]);
}
