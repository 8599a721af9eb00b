import type { SpanContent } from '../model/message';
import type { SpanPatch } from '../model/span';
import { hasText } from './fields/content';
import { toDurationMs } from './fields/duration';
import { readRequest, readTools } from './fields/exchange';
import { readMessages } from './fields/messages';
import { readToolCalls, reasoningPart, textPart } from './fields/parts';
import { toTime } from './fields/time';
import { unwrapJson } from './fields/unwrapJson';
import { readUsageObject } from './fields/usage';
import { at, type Fields, isFields, toId, toLabel } from './fields/values';
import type { JsonFormat } from './format';

/**
 * Responses of the `llm` command line tool: rows of the table `responses` of its `logs.db`, and `llm logs --json`.
 * https://github.com/simonw/llm/blob/main/docs/logging.md
 */
export const simonwLlm: JsonFormat = {
  id: 'simonw-llm',
  title: 'llm (command line tool)',
  docs: {
    schema: 'https://github.com/simonw/llm/blob/main/docs/logging.md',
    writtenBy: 'Simon Willison’s `llm`: its database `logs.db`, and `llm logs --json`',
    recognisedBy: '`prompt`, `response`, `conversation_id`, `duration_ms`, `datetime_utc`',
    notes:
      'A conversation is a session. The prompt is that of the row; earlier ones are rows of their own.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    'datetime_utc' in record &&
    'conversation_id' in record &&
    'duration_ms' in record &&
    'prompt' in record &&
    'response' in record,
  read: record => ({ spans: isFields(record) ? [readRow(record)] : [] }),
};

function readRow(row: Fields): SpanPatch {
  const id = toId(row['id']);
  const raw = unwrapJson(row['response_json']);
  const calls = toolCallsOf(row);
  const details = unwrapJson(row['token_details']);
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind: 'call',
    name: 'llm',
    requestId: id,
    sessionId: toId(row['conversation_id']),
    model: toLabel(row['resolved_model']) ?? toLabel(row['model']),
    startTime: toTime(row['datetime_utc']),
    durationMs: toDurationMs(row['duration_ms']),
    usage:
      readUsageObject({
        ...(isFields(details) ? details : {}),
        input_tokens: row['input_tokens'],
        output_tokens: row['output_tokens'],
      }) ?? (isFields(raw) ? readUsageObject(raw['usage']) : undefined),
    status: 'ok',
    finishReason: isFields(raw) ? toLabel(raw['finish_reason'] ?? raw['stop_reason']) : undefined,
    toolCallNames: calls.flatMap(part => (part.type === 'toolCall' ? part.name : [])),
    hasInput: hasText(row['prompt']) === true || hasText(row['prompt_json']) === true,
    hasOutput: hasText(row['response']) === true || calls.length > 0,
    content: () => readContent(row),
  };
}

function readContent(row: Fields): SpanContent {
  const { prompt, system, response } = row;
  const full = readRequest(row['prompt_json'] ?? []).inputMessages;
  const own = [
    ...(typeof system === 'string' ? readMessages(system, 'system') : []),
    ...(typeof prompt === 'string' ? readMessages(prompt) : []),
  ];
  const parts = [
    ...reasoningPart(row['reasoning']),
    ...(typeof response === 'string' ? textPart(response) : []),
    ...toolCallsOf(row),
  ];
  const options = unwrapJson(row['options_json'] ?? row['options']);
  return {
    // the prompt may stand in fragments, which only the whole request has
    inputMessages: full.length > own.length || hasText(prompt) !== true ? [...own, ...full] : own,
    outputMessages: parts.length === 0 ? [] : [{ role: 'assistant', parts }],
    tools: readTools(row['tools']),
    params: isFields(options) ? options : {},
  };
}

function toolCallsOf(row: Fields): ReturnType<typeof readToolCalls> {
  const calls = row['tool_calls'];
  const list = Array.isArray(calls) ? calls.filter(isFields) : [];
  return readToolCalls(
    list.map(call => ({
      id: call['tool_call_id'] ?? call['id'],
      name: call['name'] ?? at(call, ['tool', 'name']),
      arguments: call['arguments'],
    })),
  );
}
