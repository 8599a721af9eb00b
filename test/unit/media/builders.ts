import type { Span } from '../../../src/model/span';
import type { Trace } from '../../../src/model/trace';
import type { TraceDetail } from '../../../src/protocol/engineContract';

/** A call that says nothing of itself but what the test gives it. */
export function span(key: string, fields: Partial<Span> = {}): Span {
  return {
    key,
    traceKey: 'trace:1',
    join: 'traceId',
    kind: 'call',
    name: 'chat',
    usage: {},
    status: 'ok',
    tags: {},
    toolCallNames: [],
    hasInput: false,
    hasOutput: false,
    format: 'test',
    sources: [{ file: '/logs/a.jsonl', offset: 0, length: 10, line: 1 }],
    ...fields,
  };
}

/** A trace of these spans. */
export function trace(spans: readonly Span[], fields: Partial<Trace> = {}): TraceDetail {
  return {
    trace: {
      key: 'trace:1',
      traceId: 't-1',
      inferred: false,
      name: 'test',
      spans: spans.length,
      calls: spans.filter(({ kind }) => kind === 'call').length,
      errors: spans.filter(({ status }) => status === 'error').length,
      recovered: false,
      running: false,
      models: [],
      unpricedCalls: 0,
      hasContent: false,
      files: [],
      ...fields,
    },
    spans,
    before: 0,
    audit: [],
  };
}
