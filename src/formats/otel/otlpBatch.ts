import { type Fields, isFields, toLabel } from '../fields/values';
import { readAnyValue, readKeyValues } from './anyValue';
import type { Attributes } from './attributes';
import type { LogData } from './logs/logData';
import {
  type EventData,
  type SpanData,
  fieldsOf,
  spanIdBytes,
  toHexId,
  toSpanTime,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

// https://github.com/open-telemetry/opentelemetry-proto, in JSON: names in camel case or as in the .proto file

const spanGroups = ['resourceSpans', 'resource_spans'];
const logGroups = ['resourceLogs', 'resource_logs'];
const metricGroups = ['resourceMetrics', 'resource_metrics'];
const spanScopes = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
];
const logScopes = [
  'scopeLogs',
  'scope_logs',
  'instrumentationLibraryLogs',
  'instrumentation_library_logs',
];

/** Whether the record is a batch of OTLP, or what is inside of one: what one resource sent, or one span. */
export function isOtlpBatch(record: unknown): record is Fields {
  if (!isFields(record)) {
    return false;
  }
  return (
    [...spanGroups, ...logGroups, ...metricGroups].some(key => Array.isArray(record[key])) ||
    isTempo(record['batches']) ||
    [...spanScopes, ...logScopes].some(key => Array.isArray(record[key])) ||
    isSpan(record)
  );
}

export function spansOfBatch(batch: Fields): readonly SpanData[] {
  if (isSpan(batch)) {
    return [spanOf(batch, readKeyValues([]), undefined)];
  }
  return groupsOf(batch, [...spanGroups, 'batches'], spanScopes).flatMap(group => {
    const resource = resourceOf(group);
    const scopes = listOf(group, ...spanScopes);
    return scopes.flatMap(scope =>
      listOf(scope, 'spans').map(span => spanOf(span, resource, scopeName(scope))),
    );
  });
}

export function logsOfBatch(batch: Fields): readonly LogData[] {
  return groupsOf(batch, logGroups, logScopes).flatMap(group => {
    const resource = resourceOf(group);
    const scopes = listOf(group, ...logScopes);
    return scopes.flatMap(scope =>
      listOf(scope, 'logRecords', 'log_records', 'logs').map(log =>
        logOf(log, resource, scopeName(scope)),
      ),
    );
  });
}

/** Tempo calls the list `batches`, and others other things: its items must be what one resource sent. */
function isTempo(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(item => isFields(item) && spanScopes.some(key => Array.isArray(item[key])))
  );
}

function isSpan(record: Fields): boolean {
  return (
    ('startTimeUnixNano' in record || 'start_time_unix_nano' in record) &&
    Array.isArray(record['attributes']) &&
    typeof (record['spanId'] ?? record['span_id']) === 'string'
  );
}

function groupsOf(
  batch: Fields,
  names: readonly string[],
  scopes: readonly string[],
): readonly Fields[] {
  return scopes.some(name => Array.isArray(batch[name])) ? [batch] : listOf(batch, ...names);
}

function spanOf(span: Fields, resource: Attributes, scope: string | undefined): SpanData {
  const status = isFields(span['status']) ? span['status'] : {};
  return {
    name: toLabel(span['name']) ?? '',
    scope,
    traceId: toHexId(span['traceId'] ?? span['trace_id'], traceIdBytes),
    spanId: toHexId(span['spanId'] ?? span['span_id'], spanIdBytes),
    parentSpanId: toHexId(span['parentSpanId'] ?? span['parent_span_id'], spanIdBytes),
    startTime: toSpanTime(span['startTimeUnixNano'] ?? span['start_time_unix_nano']),
    endTime: toSpanTime(span['endTimeUnixNano'] ?? span['end_time_unix_nano']),
    status: toStatusCode(status['code']),
    statusMessage: toStatusMessage(status['message']),
    attributes: readKeyValues(span['attributes']),
    events: listOf(span, 'events').map(eventOf),
    resource,
  };
}

function logOf(log: Fields, resource: Attributes, scope: string | undefined): LogData {
  return {
    eventName: toLabel(log['eventName'] ?? log['event_name']),
    scope,
    traceId: toHexId(log['traceId'] ?? log['trace_id'], traceIdBytes),
    spanId: toHexId(log['spanId'] ?? log['span_id'], spanIdBytes),
    time: toSpanTime(
      log['timeUnixNano'] ??
        log['time_unix_nano'] ??
        log['observedTimeUnixNano'] ??
        log['observed_time_unix_nano'],
    ),
    body: readAnyValue(log['body']),
    attributes: readKeyValues(log['attributes']),
    resource,
  };
}

function eventOf(event: Fields): EventData {
  return { name: toLabel(event['name']) ?? '', attributes: readKeyValues(event['attributes']) };
}

function resourceOf(group: Fields): Attributes {
  const resource = isFields(group['resource']) ? group['resource'] : {};
  return readKeyValues(resource['attributes']);
}

function scopeName(group: Fields): string | undefined {
  const scope =
    group['scope'] ?? group['instrumentationLibrary'] ?? group['instrumentation_library'];
  return isFields(scope) ? toLabel(scope['name']) : undefined;
}

function listOf(fields: Fields, ...names: readonly string[]): readonly Fields[] {
  for (const name of names) {
    const list = fields[name];
    if (Array.isArray(list)) {
      return fieldsOf(list);
    }
  }
  return [];
}
