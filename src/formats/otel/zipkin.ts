import { toTime } from '../fields/time';
import { type Fields, isFields, toCount, toLabel } from '../fields/values';
import { Attributes } from './attributes';
import { type SpanData, spanIdBytes, toHexId, toStatusCode, traceIdBytes } from './spanData';

/** Whether the record is a span of Zipkin's API, version 2. https://zipkin.io/zipkin-api/ */
export function isZipkinSpan(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['traceId'] === 'string' &&
    typeof record['id'] === 'string' &&
    typeof record['timestamp'] === 'number' &&
    (isFields(record['localEndpoint']) || (isFields(record['tags']) && 'duration' in record)) &&
    !('attributes' in record || 'request_id' in record || 'model' in record)
  );
}

export function readZipkinSpan(record: Fields): SpanData {
  const tags = Attributes.of(record['tags']);
  const endpoint = isFields(record['localEndpoint']) ? record['localEndpoint'] : {};
  const startTime = toTime(record['timestamp']);
  const duration = toCount(record['duration']);
  const error = tags.text('error');
  return {
    name: toLabel(record['name']) ?? '',
    scope: tags.label('otel.scope.name', 'otel.library.name'),
    traceId: toHexId(record['traceId'], traceIdBytes)?.padStart(traceIdBytes * 2, '0'),
    spanId: toHexId(record['id'], spanIdBytes),
    parentSpanId: toHexId(record['parentId'], spanIdBytes),
    startTime,
    // both are microseconds
    endTime:
      startTime === undefined || duration === undefined ? undefined : startTime + duration / 1e3,
    status: error === undefined ? toStatusCode(tags.get('otel.status_code')) : 'error',
    statusMessage: error === 'true' ? undefined : error,
    attributes: tags,
    events: [],
    resource: Attributes.from([['service.name', endpoint['serviceName']]]),
  };
}
