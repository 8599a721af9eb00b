import type { SpanContent } from '../model/message';
import type { SpanError, SpanKind, SpanPatch } from '../model/span';
import type { Usage } from '../model/usage';
import { withoutZeros } from './fields/call';
import { hasText } from './fields/content';
import { toError } from './fields/errors';
import { readRequest, readResponse, readTools, toolNamesIn } from './fields/exchange';
import { secondsToMs } from './fields/seconds';
import { readTags } from './fields/tags';
import { toTime } from './fields/time';
import { unwrapJson } from './fields/unwrapJson';
import { readUsageObject } from './fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber } from './fields/values';
import type { JsonFormat } from './format';

/** LiteLLM: the payload that its loggers get, and rows of the proxy's table of spend. */
export const litellm: JsonFormat = {
  id: 'litellm',
  title: 'LiteLLM',
  docs: {
    schema: 'https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py',
    writtenBy:
      'LiteLLM: `StandardLoggingPayload` (files, buckets, queues), and rows of its spend log',
    recognisedBy: '`call_type` with `response_cost` or `spend`, and `startTime`',
    notes:
      'Times are epoch seconds or naive UTC. `response_time` is in seconds. Tokens 0/0 and cost 0 of a failed call are unknown. The same call in both shapes is counted once.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    typeof record['call_type'] === 'string' &&
    ('response_cost' in record || 'spend' in record) &&
    'startTime' in record,
  read: record => ({ spans: isFields(record) ? [readPayload(record)] : [] }),
};

/** https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py (StandardLoggingPayload) */
function readPayload(payload: Fields): SpanPatch {
  const metadata = objectOf(payload['metadata']);
  const id = toId(payload['id'] ?? payload['request_id']);
  const startTime = toTime(payload['startTime']);
  const endTime = toTime(payload['endTime']);
  const error = readFailure(payload, metadata);
  const cost = toNumber(payload['response_cost'] ?? payload['spend']);
  const response = unwrapJson(payload['response']);
  const kind = kindOf(toLabel(payload['call_type']) ?? '');
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind,
    name: toLabel(payload['mcp_namespaced_tool_name']) ?? toLabel(payload['call_type']) ?? kind,
    requestId: id,
    traceId: toId(payload['trace_id']),
    sessionId: toId(payload['session_id']),
    provider: toLabel(payload['custom_llm_provider']),
    model: toLabel(payload['model']),
    startTime,
    durationMs: secondsToMs(payload['response_time']),
    endTime,
    timeToFirstTokenMs: timeToFirstToken(payload, startTime, endTime),
    usage: error ? withoutZeros(readTokens(payload, metadata)) : readTokens(payload, metadata),
    loggedCostUsd: cost === undefined || cost < 0 || (error && cost === 0) ? undefined : cost,
    status: error ? 'error' : 'ok',
    finishReason: finishReason(response),
    error,
    userId:
      toLabel(payload['end_user']) ??
      toLabel(metadata['user_api_key_user_id']) ??
      toLabel(payload['user']),
    tags: tagsOf(payload, metadata),
    toolCallNames: toolNamesIn(answerOf(response)),
    hasInput: hasText(unwrapJson(payload['messages'])) === true,
    hasOutput: hasText(response) === true,
    content: () => readContent(payload),
  };
}

function kindOf(callType: string): SpanKind {
  if (callType.includes('embedding')) {
    return 'embedding';
  }
  return callType.includes('mcp_tool') ? 'tool' : 'call';
}

/** The flat counts, with the finer ones of the provider's own usage. */
function readTokens(payload: Fields, metadata: Fields): Usage | undefined {
  const flat = readUsageObject(payload);
  const response = objectOf(payload['response']);
  const own =
    readUsageObject(response['usage']) ??
    readUsageObject(metadata['usage_object']) ??
    readDetails(payload, metadata);
  if (flat === undefined) {
    return own;
  }
  return {
    ...own,
    inputTokens: flat.inputTokens ?? own?.inputTokens,
    outputTokens: flat.outputTokens ?? own?.outputTokens,
    totalTokens: flat.totalTokens,
  };
}

/** A spend log has what is not a flat count in its metadata. */
function readDetails(payload: Fields, metadata: Fields): Usage | undefined {
  const details = metadata['additional_usage_values'];
  return isFields(details)
    ? readUsageObject({
        ...details,
        prompt_tokens: payload['prompt_tokens'],
        completion_tokens: payload['completion_tokens'],
      })
    : undefined;
}

function readFailure(payload: Fields, metadata: Fields): SpanError | undefined {
  const information = [payload['error_information'], metadata['error_information']]
    .filter(isFields)
    .find(
      error => hasText(error['error_message']) === true || hasText(error['error_class']) === true,
    );
  if (payload['status'] !== 'failure' && information === undefined) {
    return undefined;
  }
  const status = toNumber(information?.['error_code']);
  const type = toLabel(information?.['error_class']);
  const texts = [information?.['error_message'], payload['error_str'], type];
  const message = texts.find(text => typeof text === 'string' && text.trim() !== '');
  return toError(
    typeof message === 'string' ? message : 'status: failure',
    type,
    status !== undefined && status >= 400 && status < 600 ? status : undefined,
  );
}

/** Without a stream the first token is said to come at the end, which says nothing. */
function timeToFirstToken(
  payload: Fields,
  start: number | undefined,
  end: number | undefined,
): number | undefined {
  const first = toTime(payload['completionStartTime']);
  const isKnown =
    start !== undefined &&
    first !== undefined &&
    first > start &&
    first !== end &&
    payload['stream'] !== false;
  return isKnown ? first - start : undefined;
}

function finishReason(response: unknown): string | undefined {
  const choices = isFields(response) ? response['choices'] : undefined;
  const [choice] = Array.isArray(choices) ? choices : [];
  return toLabel(isFields(choice) ? choice['finish_reason'] : undefined);
}

function tagsOf(payload: Fields, metadata: Fields): Readonly<Record<string, string>> | undefined {
  const tags = unwrapJson(payload['request_tags']);
  return readTags({
    metadata: {
      team: metadata['user_api_key_team_alias'] ?? payload['team_id'],
      key: metadata['user_api_key_alias'],
    },
    tags: Array.isArray(tags) && tags.length > 0 ? tags : undefined,
  });
}

function readContent(payload: Fields): SpanContent {
  const messages = unwrapJson(payload['messages']);
  const params = objectOf(payload['model_parameters']);
  const { tools, ...others } = params;
  return {
    inputMessages: hasText(messages) === true ? readRequest(messages).inputMessages : [],
    outputMessages: answerOf(unwrapJson(payload['response'])),
    tools: readTools(tools),
    params: others,
  };
}

function answerOf(response: unknown): ReturnType<typeof readResponse> {
  const isEmbedding = isFields(response) && at(response, ['object']) === 'list';
  return hasText(response) === true && !isEmbedding ? readResponse(response) : [];
}

function objectOf(value: unknown): Fields {
  const object = unwrapJson(value);
  return isFields(object) ? object : {};
}
