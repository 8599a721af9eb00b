import type { SpanPatch } from '../../model/span';
import { outerSpans } from '../fields/outerSpans';
import { type Fields, isFields, toId } from '../fields/values';
import type { JsonFormat } from '../format';
import { isModelSpan, readSpan } from './span';

/** Traces of Genkit's developer tools in `.genkit/traces/`, and the events of which they are made. */
export const genkit: JsonFormat = {
  id: 'genkit',
  title: 'Genkit trace',
  docs: {
    schema: 'https://github.com/firebase/genkit/blob/main/genkit-tools/common/src/types/trace.ts',
    writtenBy: 'Firebase Genkit in development: `.genkit/traces/`',
    recognisedBy: '`spans` by id with `spanId`, `attributes` and `displayName`',
    notes:
      'Actions of subtype `model` are calls. A span with the end 0 is running. Thoughts are added to the output when the total counts them beside it.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    (isEvent(record) || (isFields(record['spans']) && isSpan(firstValue(record['spans'])))),
  read: record => ({ spans: isFields(record) ? readRecord(record) : [] }),
};

function isSpan(value: unknown): boolean {
  return (
    isFields(value) &&
    typeof value['spanId'] === 'string' &&
    typeof value['displayName'] === 'string' &&
    isFields(value['attributes'])
  );
}

function isEvent(record: Fields): boolean {
  return (
    (record['type'] === 'span_start' || record['type'] === 'span_end') && isSpan(record['span'])
  );
}

/** A trace may have thousands of spans: only one is looked at. */
function firstValue(spans: Fields): unknown {
  for (const id in spans) {
    if (Object.hasOwn(spans, id)) {
      return spans[id];
    }
  }
  return undefined;
}

function readRecord(record: Fields): readonly SpanPatch[] {
  const traceId = toId(record['traceId']);
  const { span } = record;
  if (isEvent(record)) {
    const part = record['type'] === 'span_start' ? 'start' : 'end';
    return isFields(span) ? [readSpan(span, { traceId, part, isOuter: false })] : [];
  }
  const spans = isFields(record['spans']) ? Object.values(record['spans']).filter(isFields) : [];
  const outer = outerSpans(
    spans.map(one => ({
      id: toId(one['spanId']),
      parentId: toId(one['parentSpanId']),
      isCall: isModelSpan(one),
    })),
  );
  return spans.map(one =>
    readSpan(one, {
      traceId,
      part: 'whole',
      isOuter: outer.has(toId(one['spanId']) ?? ''),
    }),
  );
}
