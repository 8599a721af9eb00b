import { type Fields, isFields, toLabel } from '../fields/values';
import { readKeyValues } from './anyValue';
import { Attributes, decodeJson } from './attributes';
import {
  type SpanData,
  fieldsOf,
  readEvents,
  spanIdBytes,
  toHexId,
  toSpanTime,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

// https://mlflow.org/docs/latest/genai/concepts/trace/ ; schema 2 has `context` and `parent_id`, schema 3 OTLP's names

/** Whether the record is a trace of MLflow, a page of them, or the data of one as it lies among the artifacts. */
export function isMlflowRecord(record: unknown): record is Fields {
  if (!isFields(record)) {
    return false;
  }
  const { traces } = record;
  return (
    isTrace(record) ||
    isTraceData(record) ||
    (Array.isArray(traces) && traces.length > 0 && traces.every(isTrace))
  );
}

export function spansOfMlflow(record: Fields): readonly SpanData[] {
  const traces = Array.isArray(record['traces']) ? fieldsOf(record['traces']) : [record];
  return traces.flatMap(trace => {
    const data = isFields(trace['data']) ? trace['data'] : trace;
    const resource = resourceOf(trace['info']);
    return fieldsOf(data['spans']).map(span => spanOf(span, resource));
  });
}

function isTrace(value: unknown): boolean {
  return (
    isFields(value) &&
    isFields(value['info']) &&
    isFields(value['data']) &&
    Array.isArray(value['data']['spans'])
  );
}

function isTraceData(value: Fields): boolean {
  const { spans } = value;
  return (
    Array.isArray(spans) &&
    spans.some(
      span =>
        isFields(span) &&
        isFields(span['attributes']) &&
        ('mlflow.traceRequestId' in span['attributes'] || 'mlflow.spanType' in span['attributes']),
    )
  );
}

function spanOf(span: Fields, resource: Attributes): SpanData {
  const context = isFields(span['context']) ? span['context'] : span;
  const status = isFields(span['status']) ? span['status'] : {};
  return {
    name: toLabel(span['name']) ?? '',
    traceId: toHexId(context['trace_id'], traceIdBytes),
    spanId: toHexId(context['span_id'], spanIdBytes),
    parentSpanId: toHexId(span['parent_span_id'] ?? span['parent_id'], spanIdBytes),
    startTime: toSpanTime(
      span['start_time_unix_nano'] ?? span['start_time_ns'] ?? span['start_time'],
    ),
    endTime: toSpanTime(span['end_time_unix_nano'] ?? span['end_time_ns'] ?? span['end_time']),
    status: toStatusCode(status['code'] ?? status['status_code'] ?? span['status_code']),
    statusMessage: toStatusMessage(
      status['message'] ?? status['description'] ?? span['status_message'],
    ),
    attributes: withTyped(unquoted(readKeyValues(span['attributes'])), span),
    events: readEvents(span['events']),
    resource,
  };
}

/** Every attribute is JSON as text, a name too: `"\"gpt-4o\""`. Inputs and outputs stay as they are until somebody looks. */
function unquoted(attributes: Attributes): Attributes {
  return Attributes.from(
    [...attributes.startingWith('')].map(
      ([name, value]) =>
        [
          name,
          typeof value === 'string' && value.startsWith('"') ? decodeJson(value) : value,
        ] as const,
    ),
  );
}

/** Some exports lift type, inputs and outputs out of the attributes. */
function withTyped(attributes: Attributes, span: Fields): Attributes {
  const lifted = [
    ['mlflow.spanType', span['span_type']],
    ['mlflow.spanInputs', span['inputs']],
    ['mlflow.spanOutputs', span['outputs']],
  ] as const;
  const missing = lifted.filter(
    ([name, value]) => value !== undefined && value !== null && !attributes.has(name),
  );
  return missing.length === 0
    ? attributes
    : Attributes.from([...attributes.startingWith(''), ...missing]);
}

/** What the trace says of all its spans, under the names that a resource has for it. */
function resourceOf(info: unknown): Attributes {
  const fields = isFields(info) ? info : {};
  const metadata = Attributes.of(fields['trace_metadata'] ?? fields['request_metadata']);
  return Attributes.from([
    ['session.id', metadata.get('mlflow.trace.session')],
    ['user.id', metadata.get('mlflow.trace.user')],
  ]);
}
