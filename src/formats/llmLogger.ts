import type { SpanContent } from '../model/message';
import type { SpanError, SpanPatch } from '../model/span';
import { withoutZeros } from './fields/call';
import { hasText, readParams, withToolCalls } from './fields/content';
import { toDurationMs } from './fields/duration';
import { toError } from './fields/errors';
import { isEmbeddingModel } from './fields/kind';
import { readMessages } from './fields/messages';
import { readOutput } from './fields/output';
import { readToolCalls } from './fields/parts';
import { readTags } from './fields/tags';
import { toTime } from './fields/time';
import { type Fields, isFields, toCount, toId, toLabel, toText } from './fields/values';
import type { JsonFormat } from './format';
import { environmentSwitches } from './recordingHints';

/** Whether the record is an LLM log entry, alone or as the fields of a structlog event. */
export function isLlmLogEntry(record: unknown): record is Fields {
  return (
    isFields(record) &&
    typeof record['request_id'] === 'string' &&
    typeof record['operation'] === 'string' &&
    'model' in record &&
    'prompt_tokens' in record &&
    'completion_tokens' in record &&
    'latency_ms' in record &&
    !('levelname' in record || 'asctime' in record || 'record' in record)
  );
}

/** The LLM log entry: a line per call in a file, and the same record as `llm_request` in a structlog stream. */
export const llmLogger: JsonFormat = {
  id: 'llm-logger',
  title: 'LLM logger',
  docs: {
    writtenBy:
      'An `LLMLogger` class that writes a line per call, to a file or through structlog (or both: one call)',
    recognisedBy:
      '`request_id`, `operation`, `model`, `prompt_tokens`, `completion_tokens`, `latency_ms`',
    notes:
      'The timestamp is the end of the call; a naive one is UTC. Two records with one `request_id` are one call. Tokens 0/0 on a failed call are unknown.',
  },
  recordingHint: environmentSwitches,
  container: 'json',
  matches: isLlmLogEntry,
  read: record => ({ spans: isFields(record) ? [readEntry(record)] : [] }),
};

function readEntry(entry: Fields): SpanPatch {
  const requestId = toId(entry['request_id']);
  const operation = toLabel(entry['operation']);
  const model = toLabel(entry['model']);
  const tags = isFields(entry['tags']) ? entry['tags'] : {};
  const loggedAt = toTime(entry['timestamp']);
  const durationMs = toDurationMs(entry['latency_ms']);
  const error = readEntryError(entry);
  const usage = {
    inputTokens: toCount(entry['prompt_tokens']),
    outputTokens: toCount(entry['completion_tokens']),
  };
  return {
    identity: requestId === undefined ? undefined : `request:${requestId}`,
    part: 'whole',
    kind: operation === 'embedding' || isEmbeddingModel(model) ? 'embedding' : 'call',
    name: operation ?? 'call',
    requestId,
    traceId: toId(tags['trace_id']),
    spanId: toId(tags['span_id']),
    parentSpanId: toId(tags['parent_span_id']),
    sessionId: toId(entry['session_id']),
    provider: toLabel(entry['provider']),
    model,
    // the logger writes when the call is over
    startTime: loggedAt === undefined ? undefined : loggedAt - (durationMs ?? 0),
    durationMs,
    // the error path has no response to count and writes zeros; what the provider counted, nobody knows
    usage: error ? withoutZeros(usage) : usage,
    status: error ? 'error' : 'ok',
    finishReason: toLabel(entry['finish_reason']),
    error,
    userId: toLabel(entry['user_id']),
    tags: readTags({ tags }),
    toolCallNames: readToolCalls(entry['function_calls']).flatMap(part =>
      part.type === 'toolCall' ? part.name : [],
    ),
    hasInput: hasText(entry['messages']) === true,
    hasOutput: hasText(entry['response']) === true,
    content: () => readEntryContent(entry),
  };
}

function readEntryContent(entry: Fields): SpanContent {
  return {
    inputMessages: readMessages(entry['messages']),
    outputMessages: withToolCalls(readOutput(entry['response']), entry['function_calls']),
    tools: [],
    params: readParams(entry),
  };
}

function readEntryError(entry: Fields): SpanError | undefined {
  const type = toLabel(entry['error_type']);
  const error = entry['error'];
  const message = hasText(error) === true ? toText(error) : type;
  return message === undefined ? undefined : toError(message, type);
}
