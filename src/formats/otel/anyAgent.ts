import { toTime } from '../fields/time';
import { type Fields, isFields, toId, toLabel } from '../fields/values';
import { readKeyValues } from './anyValue';
import { Attributes } from './attributes';
import {
  type SpanData,
  fieldsOf,
  readEvents,
  spanIdBytes,
  toHexId,
  toStatusCode,
  toStatusMessage,
  traceIdBytes,
} from './spanData';

/**
 * Whether the record is a trace of any-agent: spans of the Python SDK with ids as whole numbers.
 * https://github.com/mozilla-ai/any-agent/blob/main/src/any_agent/tracing/agent_trace.py
 */
export function isAnyAgentTrace(record: unknown): record is Fields {
  if (!isFields(record) || !Array.isArray(record['spans']) || !('final_output' in record)) {
    return false;
  }
  return record['spans'].every(
    span => isFields(span) && isFields(span['context']) && isFields(span['attributes']),
  );
}

export function spansOfAnyAgent(record: Fields): readonly SpanData[] {
  return fieldsOf(record['spans']).map(span => {
    const context = isFields(span['context']) ? span['context'] : {};
    const parent = isFields(span['parent']) ? span['parent'] : {};
    const status = isFields(span['status']) ? span['status'] : {};
    const resource = isFields(span['resource']) ? span['resource'] : {};
    return {
      name: toLabel(span['name']) ?? '',
      traceId: decimalToHexId(context['trace_id'], traceIdBytes),
      spanId: decimalToHexId(context['span_id'], spanIdBytes),
      parentSpanId: decimalToHexId(parent['span_id'], spanIdBytes),
      startTime: toTime(span['start_time']),
      endTime: toTime(span['end_time']),
      status: toStatusCode(status['status_code']),
      statusMessage: toStatusMessage(status['description']),
      attributes: readKeyValues(span['attributes']),
      events: readEvents(span['events']),
      resource: Attributes.of(resource['attributes']),
    };
  });
}

/** An id that Python wrote as a whole number, of up to 39 digits. */
function decimalToHexId(value: unknown, bytes: number): string | undefined {
  const id = toId(value);
  if (id === undefined || !/^\d{1,40}$/.test(id)) {
    return toHexId(value, bytes);
  }
  const hex = BigInt(id).toString(16);
  return hex === '0' ? undefined : hex.padStart(bytes * 2, '0');
}
