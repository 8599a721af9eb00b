import { toTime } from '../fields/time';
import { type Fields, isFields, toCount, toId, toLabel } from '../fields/values';
import { Attributes } from './attributes';
import {
  type EventData,
  type SpanData,
  fieldsOf,
  spanIdBytes,
  toHexId,
  toStatusCode,
  traceIdBytes,
} from './spanData';

// https://github.com/jaegertracing/jaeger-ui, and the documents Jaeger keeps in Elasticsearch: one span each

/** Whether the record is an export of Jaeger's UI, one trace of it, or one span. */
export function isJaegerRecord(record: unknown): record is Fields {
  if (!isFields(record)) {
    return false;
  }
  const { data } = record;
  return (
    isSpan(record) ||
    isTrace(record) ||
    (Array.isArray(data) && data.length > 0 && data.every(isTrace))
  );
}

export function spansOfJaeger(record: Fields): readonly SpanData[] {
  if (typeof record['spanID'] === 'string') {
    return [spanOf(record, {})];
  }
  const traces = Array.isArray(record['data']) ? fieldsOf(record['data']) : [record];
  return traces.flatMap(trace => {
    const processes = isFields(trace['processes']) ? trace['processes'] : {};
    return fieldsOf(trace['spans']).map(span => spanOf(span, processes));
  });
}

function isTrace(value: unknown): boolean {
  return (
    isFields(value) &&
    typeof value['traceID'] === 'string' &&
    Array.isArray(value['spans']) &&
    value['spans'].every(isSpan)
  );
}

function isSpan(value: unknown): value is Fields {
  return (
    isFields(value) &&
    typeof value['traceID'] === 'string' &&
    typeof value['spanID'] === 'string' &&
    typeof value['operationName'] === 'string'
  );
}

function spanOf(span: Fields, processes: Fields): SpanData {
  const tags = keyValues(span['tags'] ?? span['tag']);
  const startTime = toTime(span['startTime']);
  const duration = toCount(span['duration']);
  const processId = toId(span['processID']);
  const process =
    span['process'] ??
    (processId !== undefined && Object.hasOwn(processes, processId)
      ? processes[processId]
      : undefined);
  const failed = tags.get('error') === true || tags.get('error') === 'true';
  return {
    name: toLabel(span['operationName']) ?? '',
    scope: tags.label('otel.scope.name', 'otel.library.name'),
    traceId: jaegerId(span['traceID'], traceIdBytes),
    spanId: jaegerId(span['spanID'], spanIdBytes),
    parentSpanId: jaegerId(parentOf(span), spanIdBytes),
    startTime,
    // both are microseconds
    endTime:
      startTime === undefined || duration === undefined ? undefined : startTime + duration / 1e3,
    status: failed ? 'error' : toStatusCode(tags.get('otel.status_code')),
    statusMessage: tags.text('otel.status_description', 'otel.status_message'),
    attributes: tags,
    events: fieldsOf(span['logs']).map(eventOf),
    resource: resourceOf(process),
  };
}

function parentOf(span: Fields): unknown {
  const references = fieldsOf(span['references']);
  const parent =
    references.find(reference => reference['refType'] === 'CHILD_OF') ??
    references.find(reference => reference['traceID'] === span['traceID']);
  return parent?.['spanID'] ?? span['parentSpanID'];
}

function eventOf(log: Fields): EventData {
  const fields = keyValues(log['fields']);
  return { name: fields.label('event', 'name') ?? '', attributes: fields };
}

function resourceOf(process: unknown): Attributes {
  if (!isFields(process)) {
    return Attributes.of(undefined);
  }
  const tags = keyValues(process['tags']);
  return Attributes.from([['service.name', process['serviceName']], ...tags.startingWith('')]);
}

/** Older versions leave out zeros at the beginning. */
function jaegerId(value: unknown, bytes: number): string | undefined {
  return toHexId(value, bytes)?.padStart(bytes * 2, '0');
}

function keyValues(list: unknown): Attributes {
  return Array.isArray(list)
    ? Attributes.from(
        fieldsOf(list).flatMap(({ key, value }) =>
          typeof key === 'string' ? [[key, value] as const] : [],
        ),
      )
    : Attributes.of(list);
}
