import { toTime } from '../fields/time';
import { type Fields, isFields, toLabel } from '../fields/values';
import { readKeyValues } from './anyValue';
import { Attributes, decodeJson } from './attributes';
import {
  fieldsOf,
  type SpanData,
  readEvents,
  spanIdBytes,
  toHexId,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

// https://github.com/open-telemetry/opentelemetry-python, `ReadableSpan.to_json`; Phoenix's exports have the same shape, but
// `span_kind` and `status_code` at the top, or are rows of a data frame: `context.trace_id`, `attributes.llm.model_name`

/** Whether the record is a span of the Python SDK or of Phoenix, or a list of them in an envelope. */
export function isPythonRecord(record: unknown): record is Fields {
  return isFields(record) && (isSpan(record) || spanLists.some(key => isSpanList(record[key])));
}

export function spansOfPython(record: Fields): readonly SpanData[] {
  if (isSpan(record)) {
    return [spanOf(record)];
  }
  const list = spanLists.find(key => isSpanList(record[key]));
  return list === undefined ? [] : fieldsOf(record[list]).map(spanOf);
}

const spanLists = ['spans', 'data'];

function isSpanList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      // other writers of such lists have readers of their own
      item => isFields(item) && isSpan(item) && !isOthers(item),
    )
  );
}

/** MLflow's spans, and any-agent's, whose kind is a bare word. */
function isOthers(span: Fields): boolean {
  const attributes = isFields(span['attributes']) ? span['attributes'] : {};
  return (
    isFields(span['parent']) || Object.keys(attributes).some(name => name.startsWith('mlflow.'))
  );
}

function isSpan(record: Fields): boolean {
  const context = contextOf(record);
  return (
    typeof context['trace_id'] === 'string' &&
    typeof context['span_id'] === 'string' &&
    'name' in record &&
    ('parent_id' in record || 'span_kind' in record || 'start_time' in record)
  );
}

function contextOf(record: Fields): Fields {
  return isFields(record['context'])
    ? record['context']
    : { trace_id: record['context.trace_id'], span_id: record['context.span_id'] };
}

function spanOf(record: Fields): SpanData {
  const context = contextOf(record);
  const status = isFields(record['status']) ? record['status'] : {};
  const resource = isFields(record['resource']) ? record['resource'] : {};
  const attributes =
    record['attributes'] === undefined
      ? Attributes.from(Attributes.of(record).startingWith('attributes.'))
      : readKeyValues(decodeJson(record['attributes']));
  return {
    name: toLabel(record['name']) ?? '',
    traceId: toHexId(context['trace_id'], traceIdBytes),
    spanId: toHexId(context['span_id'], spanIdBytes),
    parentSpanId: toHexId(record['parent_id'], spanIdBytes),
    startTime: toTime(record['start_time']),
    endTime: toTime(record['end_time']),
    status: toStatusCode(status['status_code'] ?? record['status_code']),
    statusMessage: toStatusMessage(status['description'] ?? record['status_message']),
    attributes: withKind(attributes, record['span_kind']),
    events: readEvents(decodeJson(record['events'])),
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
