import type { SpanError, SpanKind, SpanPatch } from '../model/span';
import type { Usage } from '../model/usage';
import { hasText, readParams } from './fields/content';
import { toError } from './fields/errors';
import { readResponse, toolNamesIn } from './fields/exchange';
import { secondsToMs } from './fields/seconds';
import { readTags } from './fields/tags';
import { toTime } from './fields/time';
import { readRowContent } from './fields/tracerRow';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toId, toLabel, toNumber, toText } from './fields/values';
import type { JsonFormat } from './format';

const kindOfType: ReadonlyMap<unknown, SpanKind> = new Map([
  ['llm', 'call'],
  ['tool', 'tool'],
]);

/**
 * Spans of Braintrust, out of its logs and experiments.
 * https://www.braintrust.dev/docs/reference/api (ProjectLogsEvent)
 */
export const braintrust: JsonFormat = {
  id: 'braintrust',
  title: 'Braintrust spans',
  docs: {
    schema: 'https://www.braintrust.dev/docs/reference/api',
    writtenBy: 'Braintrust: exported or fetched rows of logs and experiments',
    recognisedBy: '`span_id`, `root_span_id`, `span_attributes`',
    notes: 'Spans of type `llm` are calls. Times of `metrics` are in seconds.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    isFields(record['span_attributes']) &&
    'span_id' in record &&
    'root_span_id' in record,
  read: record => ({ spans: isFields(record) ? [readRow(record)] : [] }),
};

function readRow(row: Fields): SpanPatch {
  const attributes = isFields(row['span_attributes']) ? row['span_attributes'] : {};
  const metrics = isFields(row['metrics']) ? row['metrics'] : {};
  const metadata = isFields(row['metadata']) ? row['metadata'] : {};
  const kind = kindOfType.get(attributes['type']) ?? 'chain';
  const isCall = kind === 'call';
  const { input, output } = row;
  const traceId = toId(row['root_span_id']);
  const spanId = toId(row['span_id']);
  const [parent] = Array.isArray(row['span_parents']) ? row['span_parents'] : [];
  const error = readFailure(row['error']);
  const endTime = toTime(metrics['end']);
  const cost = toNumber(metrics['estimated_cost']);
  const name = toLabel(attributes['name']) ?? kind;
  return {
    identity: spanId && `span:${traceId ?? ''}/${spanId}`,
    part: 'whole',
    kind,
    name,
    traceId,
    spanId,
    parentSpanId: toId(parent),
    provider: toLabel(metadata['provider']),
    model: isCall ? toLabel(metadata['model']) : undefined,
    startTime: toTime(metrics['start']) ?? toTime(row['created']),
    endTime,
    timeToFirstTokenMs: isCall ? secondsToMs(metrics['time_to_first_token']) : undefined,
    usage: isCall ? readTokens(metrics) : undefined,
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

function readTokens(metrics: Fields): Usage | undefined {
  return readUsageObject({
    prompt_tokens: metrics['prompt_tokens'],
    completion_tokens: metrics['completion_tokens'],
    total_tokens: metrics['tokens'],
    cache_read_tokens: metrics['prompt_cached_tokens'],
    cache_write_tokens: metrics['prompt_cache_creation_tokens'],
    reasoning_tokens: metrics['completion_reasoning_tokens'],
  });
}

function readFailure(error: unknown): SpanError | undefined {
  if (error === undefined || error === null || error === '' || error === false) {
    return undefined;
  }
  const message = isFields(error) ? (error['message'] ?? error) : error;
  return toError(toText(message), isFields(error) ? toLabel(error['name']) : undefined);
}
