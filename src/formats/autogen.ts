import type { SpanPatch } from '../model/span';
import { hasText } from './fields/content';
import { toError } from './fields/errors';
import { readRequest, readResponse, readTools, toolNamesIn } from './fields/exchange';
import { toolRunContent } from './fields/toolRun';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toId, toLabel, toText } from './fields/values';
import type { JsonFormat, Reading } from './format';

/** Events and a field that each has; other loggers have records of these types too. */
const keyOfType: ReadonlyMap<string, string> = new Map([
  ['LLMCall', 'agent_id'],
  ['LLMStreamStart', 'agent_id'],
  ['LLMStreamEnd', 'agent_id'],
  ['ToolCall', 'agent_id'],
  ['Message', 'delivery_stage'],
  ['MessageDropped', 'receiver'],
  ['MessageHandlerException', 'handling_agent'],
  ['AgentConstructionException', 'agent_id'],
]);

/**
 * AutoGen's event logger: an event is a JSON line.
 * https://github.com/microsoft/autogen/blob/main/python/packages/autogen-core/src/autogen_core/logging.py
 */
export const autogen: JsonFormat = {
  id: 'autogen',
  title: 'AutoGen events',
  docs: {
    schema:
      'https://github.com/microsoft/autogen/blob/main/python/packages/autogen-core/src/autogen_core/logging.py',
    writtenBy: 'AutoGen 0.4 and later: the logger `autogen_core.events`',
    recognisedBy:
      '`type` `LLMCall`, `LLMStreamEnd`, `ToolCall`, `Message`, … with `agent_id` and the like',
    notes:
      'Events have no time. The start of a stream is understood; its end is the call. Messages between agents are no calls.',
  },
  container: 'json',
  matches: record => {
    const type = isFields(record) ? record['type'] : undefined;
    const key = typeof type === 'string' ? keyOfType.get(type) : undefined;
    return isFields(record) && key !== undefined && key in record;
  },
  read: readEvent,
};

function readEvent(record: unknown): Reading {
  if (!isFields(record)) {
    return { spans: [] };
  }
  switch (record['type']) {
    case 'LLMCall':
    case 'LLMStreamEnd':
      return { spans: [readCall(record)] };
    case 'ToolCall':
      return { spans: [readTool(record)] };
    case 'MessageHandlerException':
    case 'AgentConstructionException':
      return { spans: [readException(record)] };
    default:
      return { spans: [] };
  }
}

function readCall(event: Fields): SpanPatch {
  const response = isFields(event['response']) ? event['response'] : {};
  const id = toId(response['id']);
  const [choice] = Array.isArray(response['choices']) ? response['choices'] : [];
  const answer = hasText(response) === true ? readResponse(response) : [];
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind: 'call',
    name: toLabel(event['agent_id'])?.split('/')[0] ?? 'call',
    requestId: id,
    model: toLabel(response['model']),
    usage: {
      ...readUsageObject(response['usage']),
      ...readUsageObject({
        prompt_tokens: event['prompt_tokens'],
        completion_tokens: event['completion_tokens'],
      }),
      ...detailsOf(response['usage']),
    },
    status: 'ok',
    finishReason: toLabel(
      isFields(choice)
        ? choice['finish_reason']
        : (response['stop_reason'] ?? response['finish_reason']),
    ),
    tags: tagsOf(event),
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(event['messages']) === true,
    hasOutput: answer.length > 0,
    content: () => ({
      inputMessages: readRequest(event['messages'] ?? []).inputMessages,
      outputMessages: answer,
      tools: readTools(event['tools']),
      params: {},
    }),
  };
}

/** The event has the sums, the provider's usage the details. */
function detailsOf(value: unknown): SpanPatch['usage'] {
  const usage = readUsageObject(value);
  return {
    cacheReadInputTokens: usage?.cacheReadInputTokens,
    cacheCreationInputTokens: usage?.cacheCreationInputTokens,
    reasoningOutputTokens: usage?.reasoningOutputTokens,
  };
}

function readTool(event: Fields): SpanPatch {
  const name = toLabel(event['tool_name']) ?? 'unnamed tool';
  const { arguments: input, result } = event;
  return {
    part: 'whole',
    kind: 'tool',
    name,
    status: 'ok',
    tags: tagsOf(event),
    hasInput: hasText(input) === true,
    hasOutput: hasText(result) === true,
    content: () => toolRunContent({ name, input, output: result }),
  };
}

function readException(event: Fields): SpanPatch {
  return {
    part: 'whole',
    kind: 'event',
    name: toLabel(event['handling_agent'] ?? event['agent_id']) ?? 'agent',
    status: 'error',
    error: toError(toText(event['exception'] ?? event['type'])),
    hasInput: false,
    hasOutput: false,
  };
}

function tagsOf(event: Fields): Readonly<Record<string, string>> | undefined {
  const agent = toLabel(event['agent_id']);
  return agent === undefined ? undefined : { agent };
}
