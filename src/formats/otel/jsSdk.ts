import { type Fields, isFields, toLabel, toText } from '../fields/values';
import { Attributes } from './attributes';
import type { LogData } from './logs/logData';
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

// Objects of the JavaScript SDK as `JSON.stringify` leaves them, of versions 1 and 2: with private fields, times as
// [seconds, nanoseconds]. https://github.com/open-telemetry/opentelemetry-js/tree/main/packages/opentelemetry-sdk-trace-base

export function isJsSpan(record: unknown): record is Fields {
  if (!isFields(record) || typeof record['name'] !== 'string' || 'hrTime' in record) {
    return false;
  }
  const hasTime = isHrTime(record['startTime']) || isHrTime(record['_startTime']);
  const isPrinted =
    typeof record['id'] === 'string' &&
    typeof record['traceId'] === 'string' &&
    isFields(record['attributes']) &&
    typeof record['timestamp'] === 'number';
  return (
    isPrinted || (hasTime && (contextOf(record) !== undefined || isFields(record['attributes'])))
  );
}

export function isJsLog(record: unknown): record is Fields {
  return isFields(record) && isHrTime(record['hrTime']) && isFields(record['attributes']);
}

export function isJsMetrics(record: unknown): record is Fields {
  return isFields(record) && Array.isArray(record['scopeMetrics']) && isFields(record['resource']);
}

export function readJsSpan(record: Fields): SpanData {
  const context = contextOf(record) ?? record;
  const parent = record['parentSpanContext'] ?? record['_parentSpanContext'];
  const status = isFields(record['status']) ? record['status'] : {};
  const startTime = toSpanTime(record['startTime'] ?? record['_startTime'] ?? record['timestamp']);
  const parentId = isFields(parent) ? parent['spanId'] : undefined;
  return {
    name: toLabel(record['name']) ?? '',
    scope: scopeOf(record),
    traceId: toHexId(context['traceId'], traceIdBytes),
    spanId: toHexId(context['spanId'] ?? record['id'], spanIdBytes),
    parentSpanId: toHexId(parentId ?? record['parentSpanId'] ?? record['parentId'], spanIdBytes),
    startTime,
    endTime: toSpanTime(record['endTime'] ?? record['_endTime']) ?? printedEnd(record, startTime),
    status: toStatusCode(status['code']),
    statusMessage: toStatusMessage(status['message']),
    attributes: Attributes.of(record['attributes']),
    events: readEvents(record['events']),
    resource: resourceOf(record['resource']),
  };
}

export function readJsLog(record: Fields): LogData {
  const context = contextOf(record) ?? {};
  return {
    eventName: toLabel(record['eventName'] ?? record['_eventName']),
    scope: scopeOf(record),
    traceId: toHexId(context['traceId'], traceIdBytes),
    spanId: toHexId(context['spanId'], spanIdBytes),
    time: toSpanTime(record['hrTime']),
    body: record['body'] ?? record['_body'],
    attributes: Attributes.of(record['attributes']),
    resource: resourceOf(record['resource']),
  };
}

/** The console exporter has a duration in microseconds instead of an end. */
function printedEnd(record: Fields, startTime: number | undefined): number | undefined {
  const duration = record['duration'];
  return startTime !== undefined && typeof duration === 'number' && duration >= 0
    ? startTime + duration / 1e3
    : undefined;
}

function contextOf(record: Fields): Fields | undefined {
  const context = record['_spanContext'] ?? record['spanContext'];
  return isFields(context) ? context : undefined;
}

function scopeOf(record: Fields): string | undefined {
  const scope = record['instrumentationScope'] ?? record['instrumentationLibrary'];
  return isFields(scope) ? toLabel(scope['name']) : undefined;
}

/** Version 2 keeps pairs, since a value may not be known yet. */
function resourceOf(value: unknown): Attributes {
  if (!isFields(value)) {
    return Attributes.of(undefined);
  }
  const pairs = value['_rawAttributes'];
  return Array.isArray(pairs)
    ? Attributes.from(
        pairs
          .filter(Array.isArray)
          .map(([name, item]: readonly unknown[]) => [toText(name), item] as const),
      )
    : Attributes.of(value['attributes'] ?? value['_attributes'] ?? value['_syncAttributes']);
}

function isHrTime(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number';
}
