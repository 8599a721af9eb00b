import { type Fields, isFields, toLabel } from '../fields/values';
import { readAnyValue } from './anyValue';
import { Attributes } from './attributes';
import { isJsSpan } from './jsSdk';
import {
  type SpanData,
  spanIdBytes,
  toHexId,
  toSpanTime,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

/** Beginnings of the names that conventions for language models use. */
const conventions =
  /^(?:gen_ai|llm|openinference|traceloop|ai\.(?:operationId|model|prompt|response|usage|toolCall)|codex\.|mlflow\.|langwatch\.)/;
/** Marks of the encodings that have a reader of their own. */
const otherMarks = [
  'context',
  'spanContext',
  '_spanContext',
  'SpanContext',
  'hrTime',
  '_body',
  'startTimeUnixNano',
];

export function isBareSpan(record: unknown): record is Fields {
  if (!isFields(record) || !isFields(record['attributes'])) {
    return false;
  }
  const isNamed = ['name', 'spanName', 'span_name', 'scopeName'].some(
    key => typeof record[key] === 'string',
  );
  return (
    isNamed &&
    !isJsSpan(record) &&
    !otherMarks.some(mark => record[mark] !== undefined) &&
    Object.keys(record['attributes']).some(name => conventions.test(name))
  );
}

export function readBareSpan(record: Fields): SpanData {
  const attributes = isFields(record['attributes']) ? record['attributes'] : {};
  const status = isFields(record['status']) ? record['status'] : { code: record['status'] };
  return {
    name: toLabel(record['spanName'] ?? record['span_name'] ?? record['name']) ?? '',
    scope: toLabel(record['scopeName']),
    traceId: toHexId(record['traceId'] ?? record['trace_id'], traceIdBytes),
    spanId: toHexId(record['spanId'] ?? record['span_id'], spanIdBytes),
    parentSpanId: toHexId(record['parentSpanId'] ?? record['parent_span_id'], spanIdBytes),
    startTime: toSpanTime(record['startTime'] ?? record['start_time']),
    endTime: toSpanTime(record['endTime'] ?? record['end_time']),
    status: toStatusCode(status['code'] ?? status['status_code'] ?? record['status_code']),
    statusMessage: toStatusMessage(status['message'] ?? status['description']),
    attributes: Attributes.from(
      Object.entries(attributes).map(([name, value]) => [name, unwrapped(value)] as const),
    ),
    events: [],
    resource: Attributes.of(record['resource']),
    isAlone: true,
  };
}

/** A list may still be in OTLP's wrapping: `{values: [{stringValue: "stop"}]}`. */
function unwrapped(value: unknown): unknown {
  return isFields(value) && Array.isArray(value['values'])
    ? readAnyValue({ arrayValue: value })
    : readAnyValue(value);
}
