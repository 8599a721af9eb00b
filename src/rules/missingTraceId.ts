import { isCall } from '../model/span';
import { perTrace } from './perTrace';
import type { SpanRule } from './rule';

/** A call without a trace id among calls that have one. Silent where nobody logs trace ids. */
export const missingTraceId: SpanRule = {
  id: 'missing-trace-id',
  title: 'Call without a trace id',
  severity: 'info',
  docs: 'A call without a trace id stands among calls that have one.',
  looksAt: 'span',
  check(span, { traceSpans }) {
    if (!isCall(span) || span.traceId !== undefined || !namesTraces(traceSpans)) {
      return undefined;
    }
    return {
      message:
        'Other calls of this trace carry a trace id, this one does not: its place here was worked out from user, session, model and time.',
      fixes: ['Log the trace id on every path of the app, also where errors are caught.'],
      links: [],
      facts: { join: span.join },
    };
  },
};

const namesTraces = perTrace(spans =>
  spans.some(span => isCall(span) && span.traceId !== undefined),
);
