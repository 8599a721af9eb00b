import { toTime } from '../fields/time';
import { type Fields, isFields, toLabel } from '../fields/values';
import { readKeyValues } from './anyValue';
import { Attributes } from './attributes';
import {
  type SpanData,
  readEvents,
  spanIdBytes,
  toHexId,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

/**
 * Whether the record is a span of the Python SDK or of Phoenix, whose exports have the same shape but `span_kind` and
 * `status_code` at the top.
 * https://github.com/open-telemetry/opentelemetry-python, `ReadableSpan.to_json`
 */
export function isPythonSpan(record: unknown): record is Fields {
  if (!isFields(record) || !isFields(record['context'])) {
    return false;
  }
  const { context } = record;
  return (
    typeof context['trace_id'] === 'string' &&
    typeof context['span_id'] === 'string' &&
    'name' in record &&
    ('parent_id' in record || 'span_kind' in record || 'start_time' in record)
  );
}

export function readPythonSpan(record: Fields): SpanData {
  const context = isFields(record['context']) ? record['context'] : {};
  const status = isFields(record['status']) ? record['status'] : {};
  const resource = isFields(record['resource']) ? record['resource'] : {};
  return {
    name: toLabel(record['name']) ?? '',
    traceId: toHexId(context['trace_id'], traceIdBytes),
    spanId: toHexId(context['span_id'], spanIdBytes),
    parentSpanId: toHexId(record['parent_id'], spanIdBytes),
    startTime: toTime(record['start_time']),
    endTime: toTime(record['end_time']),
    status: toStatusCode(status['status_code'] ?? record['status_code']),
    statusMessage: toStatusMessage(status['description'] ?? record['status_message']),
    attributes: withKind(readKeyValues(record['attributes']), record['span_kind']),
    events: readEvents(record['events']),
    resource: Attributes.of(resource['attributes']),
  };
}

/** Phoenix takes OpenInference's kind out of the attributes. */
function withKind(attributes: Attributes, kind: unknown): Attributes {
  const label = toLabel(kind);
  return label === undefined || attributes.has('openinference.span.kind')
    ? attributes
    : Attributes.from([...attributes.startingWith(''), ['openinference.span.kind', label]]);
}
