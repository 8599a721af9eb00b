import { toDurationMs } from '../fields/duration';
import { readDuration } from '../fields/duration';
import { looksLikeCall } from '../fields/looksLikeCall';
import { type Fields, firstOf, isFields, paths, toLabel } from '../fields/values';
import { readAnyValue } from './anyValue';
import { Attributes } from './attributes';
import { isJsSpan } from './jsSdk';
import {
  type SpanData,
  readEvents,
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
const names = ['name', 'spanName', 'span_name', 'scopeName'];
const startTimes = paths('start_time start_time_unix_nano start_time_ns startTime start');
const endTimes = paths('end_time end_time_unix_nano end_time_ns endTime end');
const parentIds = paths('parent_span_id parentSpanId parent_id parentId');
/** Marks of the encodings that have a reader of their own. */
const otherMarks = [
  'context',
  'spanContext',
  '_spanContext',
  'SpanContext',
  'hrTime',
  '_body',
  'startTimeUnixNano',
  'traceID',
];

/** Whether the record is a span that a program wrote in names of its own: with the ids of one, or attributes of a convention. */
export function isBareSpan(record: unknown): record is Fields {
  if (!isFields(record) || !isFields(record['attributes'])) {
    return false;
  }
  const isNamed = names.some(key => typeof record[key] === 'string');
  return (
    isNamed &&
    !isJsSpan(record) &&
    !otherMarks.some(mark => record[mark] !== undefined) &&
    // a call log of somebody's own may have ids and attributes too, but says what it knows beside them
    ((hasSpanIds(record) && !looksLikeCall(record)) ||
      Object.keys(record['attributes']).some(name => conventions.test(name)))
  );
}

export function readBareSpan(record: Fields): SpanData {
  const attributes = isFields(record['attributes']) ? record['attributes'] : {};
  const status = isFields(record['status']) ? record['status'] : { code: record['status'] };
  const resource = isFields(record['resource']) ? record['resource'] : {};
  const startTime = toSpanTime(firstOf(record, startTimes, toSomething));
  return {
    name: toLabel(record['spanName'] ?? record['span_name'] ?? record['name']) ?? '',
    scope: toLabel(record['scopeName']),
    traceId: toHexId(record['traceId'] ?? record['trace_id'], traceIdBytes),
    spanId: toHexId(record['spanId'] ?? record['span_id'], spanIdBytes),
    parentSpanId: toHexId(firstOf(record, parentIds, toSomething), spanIdBytes),
    startTime,
    endTime:
      toSpanTime(firstOf(record, endTimes, toSomething)) ??
      endAfter(startTime, readDuration(record)),
    status: toStatusCode(status['code'] ?? status['status_code'] ?? record['status_code']),
    statusMessage: toStatusMessage(
      status['message'] ?? status['description'] ?? record['status_message'],
    ),
    attributes: Attributes.from(
      Object.entries(attributes).map(([name, value]) => [name, unwrapped(value)] as const),
    ),
    events: readEvents(record['events']),
    resource: Attributes.of(resource['attributes'] ?? resource),
    isAlone: !hasSpanIds(record),
  };
}

function hasSpanIds(record: Fields): boolean {
  return (
    (typeof record['trace_id'] === 'string' && typeof record['span_id'] === 'string') ||
    (typeof record['traceId'] === 'string' && typeof record['spanId'] === 'string')
  );
}

function endAfter(start: number | undefined, durationMs: number | undefined): number | undefined {
  const lasted = toDurationMs(durationMs);
  return start === undefined || lasted === undefined ? undefined : start + lasted;
}

function toSomething(value: unknown): unknown {
  return value ?? undefined;
}

/** A list may still be in OTLP's wrapping: `{values: [{stringValue: "stop"}]}`. */
function unwrapped(value: unknown): unknown {
  return isFields(value) && Array.isArray(value['values'])
    ? readAnyValue({ arrayValue: value })
    : readAnyValue(value);
}
