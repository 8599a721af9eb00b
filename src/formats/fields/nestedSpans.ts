import type { SpanPatch } from '../../model/span';
import { readCall } from './call';
import { readIds } from './identity';
import { looksLikeCall } from './looksLikeCall';
import { type Fields, isFields, paths, toLabel, firstOf } from './values';

const stepName = paths('name module step tool operation type');

/**
 * A whole trace in one record: an outer step with its steps in `spans`. The steps get the ids that they lack, made of the
 * trace's id and their place in the list. undefined when it is not such a record, or has no id to hold its steps together.
 */
export function readNestedSpans(record: Fields): readonly SpanPatch[] | undefined {
  const spans = Array.isArray(record['spans']) ? record['spans'].filter(isFields) : [];
  const ids = readIds(record);
  const traceId = ids.traceId ?? ids.requestId;
  if (spans.length === 0 || traceId === undefined || !spans.some(span => looksLikeCall(span))) {
    return undefined;
  }
  const rootId = ids.spanId ?? traceId;
  const root = readCall(record);
  return [
    {
      ...root,
      identity: `span:${traceId}/${rootId}`,
      part: 'whole',
      // its tokens are the sums of its steps
      kind: 'chain',
      name: root.name === 'call' ? 'trace' : root.name,
      traceId,
      spanId: rootId,
    },
    ...spans.map((span, index) => readStep(span, traceId, rootId, index)),
  ];
}

function readStep(step: Fields, traceId: string, rootId: string, index: number): SpanPatch {
  const patch = readCall(step);
  const spanId = patch.spanId ?? `${rootId}/${index}`;
  const isCall = looksLikeCall(step);
  return {
    ...patch,
    identity: `span:${traceId}/${spanId}`,
    part: 'whole',
    kind: patch.kind === 'call' && !isCall ? 'chain' : patch.kind,
    name: firstOf(step, stepName, toLabel) ?? patch.name,
    traceId,
    spanId,
    parentSpanId: patch.parentSpanId ?? rootId,
    sessionId: patch.sessionId,
  };
}
