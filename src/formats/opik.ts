import type { SpanError, SpanKind, SpanPatch } from '../model/span';
import { withoutZeros } from './fields/call';
import { hasText, readParams } from './fields/content';
import { toError } from './fields/errors';
import { readResponse, toolNamesIn } from './fields/exchange';
import { readTags } from './fields/tags';
import { toTime } from './fields/time';
import { readRowContent } from './fields/tracerRow';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toId, toLabel, toNumber, toText } from './fields/values';
import type { JsonFormat } from './format';

const kindOfType: ReadonlyMap<unknown, SpanKind> = new Map([
  ['llm', 'call'],
  ['tool', 'tool'],
  ['general', 'chain'],
  ['guardrail', 'chain'],
]);

/**
 * Spans of Comet's Opik, as its API and clients export them.
 * https://www.comet.com/docs/opik/reference/rest-api/spans
 */
export const opik: JsonFormat = {
  id: 'opik',
  title: 'Opik spans',
  docs: {
    schema: 'https://www.comet.com/docs/opik/reference/rest-api/spans',
    writtenBy: 'Comet Opik: exported spans',
    recognisedBy:
      '`type` `llm`, `tool` or `general` with `trace_id`, `start_time` and `project_name`, `usage` or `parent_span_id`',
    notes: 'Spans of type `llm` are calls.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    kindOfType.has(record['type']) &&
    'trace_id' in record &&
    'start_time' in record &&
    ('parent_span_id' in record || 'project_name' in record || 'project_id' in record) &&
    ('input' in record || 'output' in record),
  read: record => ({ spans: isFields(record) ? [readRow(record)] : [] }),
};

function readRow(row: Fields): SpanPatch {
  const kind = kindOfType.get(row['type']) ?? 'chain';
  const isCall = kind === 'call';
  const { input, output } = row;
  const metadata = isFields(row['metadata']) ? row['metadata'] : {};
  const traceId = toId(row['trace_id']);
  const spanId = toId(row['id']);
  const error = readFailure(row['error_info']);
  const endTime = toTime(row['end_time']);
  const cost = toNumber(row['total_estimated_cost']);
  const name = toLabel(row['name']) ?? kind;
  return {
    identity: spanId && `span:${traceId ?? ''}/${spanId}`,
    part: 'whole',
    kind,
    name,
    traceId,
    spanId,
    parentSpanId: toId(row['parent_span_id']),
    sessionId: toId(row['thread_id']),
    provider: toLabel(row['provider']),
    model: isCall ? toLabel(row['model']) : undefined,
    startTime: toTime(row['start_time']),
    endTime,
    usage: isCall ? withoutZeros(readUsageObject(row['usage'])) : undefined,
    loggedCostUsd: isCall && cost !== undefined && cost > 0 ? cost : undefined,
    status: error ? 'error' : endTime === undefined ? 'unknown' : 'ok',
    error,
    tags: readTags({ tags: Array.isArray(row['tags']) ? row['tags'] : undefined }),
    toolCallNames:
      isCall && hasText(output) === true ? toolNamesIn(readResponse(output)) : undefined,
    hasInput: hasText(input) === true,
    hasOutput: hasText(output) === true,
    content: () => ({
      ...readRowContent({ kind, name, input, output }),
      params: readParams(metadata),
    }),
  };
}

function readFailure(info: unknown): SpanError | undefined {
  if (!isFields(info)) {
    return undefined;
  }
  const type = toLabel(info['exception_type']);
  return toError(toText(info['message'] ?? type ?? 'error'), type);
}
