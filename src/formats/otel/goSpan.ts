import { toTime } from '../fields/time';
import { type Fields, isFields, toLabel } from '../fields/values';
import { Attributes } from './attributes';
import {
  type SpanData,
  fieldsOf,
  spanIdBytes,
  toHexId,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

/**
 * Whether the record is a span as Go's `stdouttrace` prints it.
 * https://github.com/open-telemetry/opentelemetry-go/tree/main/exporters/stdout/stdouttrace
 */
export function isGoSpan(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['Name'] === 'string' &&
    isFields(record['SpanContext']) &&
    typeof record['SpanContext']['TraceID'] === 'string'
  );
}

export function readGoSpan(record: Fields): SpanData {
  const context = isFields(record['SpanContext']) ? record['SpanContext'] : {};
  const parent = isFields(record['Parent']) ? record['Parent'] : {};
  const status = isFields(record['Status']) ? record['Status'] : {};
  const scope = record['InstrumentationScope'] ?? record['InstrumentationLibrary'];
  return {
    name: toLabel(record['Name']) ?? '',
    scope: isFields(scope) ? toLabel(scope['Name']) : undefined,
    traceId: toHexId(context['TraceID'], traceIdBytes),
    spanId: toHexId(context['SpanID'], spanIdBytes),
    parentSpanId: toHexId(parent['SpanID'], spanIdBytes),
    startTime: toTime(record['StartTime']),
    endTime: toTime(record['EndTime']),
    status: toStatusCode(status['Code']),
    statusMessage: toStatusMessage(status['Description']),
    attributes: keyValues(record['Attributes']),
    events: fieldsOf(record['Events']).map(event => ({
      name: toLabel(event['Name']) ?? '',
      attributes: keyValues(event['Attributes']),
    })),
    resource: keyValues(record['Resource']),
  };
}

/** `[{Key: "a", Value: {Type: "STRING", Value: "b"}}]` */
function keyValues(list: unknown): Attributes {
  return Attributes.from(
    fieldsOf(list).flatMap(({ Key: key, Value: value }) =>
      typeof key === 'string'
        ? [[key, isFields(value) && 'Value' in value ? value['Value'] : value] as const]
        : [],
    ),
  );
}
