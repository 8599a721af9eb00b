import type { SpanError, SpanPatch } from '../model/span';
import type { Usage } from '../model/usage';
import { withoutZeros } from './fields/call';
import { hasText } from './fields/content';
import { toDurationMs } from './fields/duration';
import { readError, toError } from './fields/errors';
import { readRequest, readResponse, toolNamesIn } from './fields/exchange';
import { isEmbeddingModel } from './fields/kind';
import { readTags } from './fields/tags';
import { toTime } from './fields/time';
import { unwrapJson } from './fields/unwrapJson';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toId, toLabel, toNumber } from './fields/values';
import type { JsonFormat } from './format';

/**
 * Requests that went through Helicone, as `npx @helicone/export` writes them.
 * https://docs.helicone.ai/rest/request/post-v1requestquery-clickhouse
 */
export const helicone: JsonFormat = {
  id: 'helicone',
  title: 'Helicone requests',
  docs: {
    schema: 'https://docs.helicone.ai/rest/request/post-v1requestquery-clickhouse',
    writtenBy: 'Helicone: `npx @helicone/export`, answers of its API',
    recognisedBy: '`request_id`, `request_created_at`, `response_status`',
    notes:
      'A status from 400 on is a failed call. A negative one is Helicone’s own (pending, cancelled): its result is unknown.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    typeof record['request_id'] === 'string' &&
    'request_created_at' in record &&
    'response_status' in record,
  read: record => ({ spans: isFields(record) ? [readRow(record)] : [] }),
};

function readRow(row: Fields): SpanPatch {
  const id = toId(row['request_id']);
  const request = unwrapJson(row['request_body']);
  const response = unwrapJson(row['response_body']);
  const properties = unwrapJson(row['request_properties'] ?? row['properties']);
  const own = isFields(properties) ? properties : {};
  const model = [row['response_model'], row['request_model'], row['model'], row['model_override']]
    .map(toLabel)
    .find(name => name !== undefined);
  const error = readFailure(row, response);
  const first = toDurationMs(row['time_to_first_token']);
  const cost = [row['costUSD'], row['cost']]
    .map(toNumber)
    .find(usd => usd !== undefined && usd > 0);
  const answer = error || hasText(response) !== true ? [] : readResponse(response);
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind: isEmbeddingModel(model) ? 'embedding' : 'call',
    name:
      toLabel(own['Helicone-Session-Path']) ?? toLabel(own['Helicone-Session-Name']) ?? 'request',
    requestId: id,
    sessionId: toId(own['Helicone-Session-Id']),
    provider: toLabel(row['provider']),
    model,
    startTime: toTime(row['request_created_at']),
    durationMs: toDurationMs(row['delay_ms']),
    endTime: toTime(row['response_created_at']),
    timeToFirstTokenMs: first === 0 ? undefined : first,
    usage: readTokens(row, response),
    loggedCostUsd: cost,
    status: error ? 'error' : (toNumber(row['response_status']) ?? -1) < 0 ? 'unknown' : 'ok',
    error,
    userId: toLabel(row['request_user_id'] ?? row['user_id']),
    tags: readTags({ metadata: own }),
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(request) === true,
    hasOutput: answer.length > 0,
    content: () => ({
      ...readRequest(hasText(request) === true ? request : undefined),
      outputMessages: answer,
    }),
  };
}

/** The columns count cached input of Anthropic beside the prompt, the provider's own usage says what it means. */
function readTokens(row: Fields, response: unknown): Usage | undefined {
  const own = isFields(response)
    ? readUsageObject(response['usage'] ?? response['usageMetadata'])
    : undefined;
  return (
    own ??
    withoutZeros(
      readUsageObject({
        prompt_tokens: row['prompt_tokens'],
        completion_tokens: row['completion_tokens'],
        total_tokens: row['total_tokens'],
        cache_read_tokens: row['prompt_cache_read_tokens'],
        cache_write_tokens: row['prompt_cache_write_tokens'],
        reasoning_tokens: row['reasoning_tokens'],
      }),
    )
  );
}

function readFailure(row: Fields, response: unknown): SpanError | undefined {
  const status = toNumber(row['response_status']);
  if (status === undefined || status < 400) {
    return undefined;
  }
  const found = isFields(response) ? readError(response) : undefined;
  const isHttp = status >= 400 && status < 600;
  return toError(
    found?.message ?? `HTTP status ${status}`,
    found?.type,
    isHttp ? status : undefined,
  );
}
