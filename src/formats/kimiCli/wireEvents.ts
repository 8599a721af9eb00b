import type { Message } from '../../model/message';
import type { Usage } from '../../model/usage';
import { parseArguments, readParts, reasoningPart, textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toCount, toId, toLabel, toText } from '../fields/values';

/** What a record tells, whichever of the two protocols it is written in. */
export type WireEvent =
  | { readonly type: 'prompt' | 'request' | 'compaction' | 'other' }
  | { readonly type: 'said'; readonly message: Message }
  | { readonly type: 'step'; readonly id: string | undefined; readonly turnId: string | undefined }
  | { readonly type: 'output'; readonly stepId: string | undefined; readonly message: Message }
  | { readonly type: 'tool'; readonly stepId: string | undefined; readonly call: ToolCall }
  | { readonly type: 'result'; readonly result: ToolResult }
  | { readonly type: 'usage'; readonly stepId: string | undefined; readonly usage: Usage };

export interface ToolCall {
  readonly type: 'toolCall';
  readonly id: string | undefined;
  readonly name: string;
  readonly arguments: unknown;
}

export interface ToolResult {
  readonly type: 'toolResult';
  readonly id: string | undefined;
  readonly content: unknown;
  readonly isError: true | undefined;
}

export interface WireRecord {
  readonly event: WireEvent;
  /** The object that holds what the event says. */
  readonly fields: Fields;
  readonly time: number | undefined;
  /** Tool call that started the sub-agent whose event it is. */
  readonly parentTool: string | undefined;
}

const other: WireEvent = { type: 'other' };

export function readWireRecord(record: Fields): WireRecord {
  const time = toTime(record['time']) ?? toTime(record['timestamp']);
  if (isFields(record['message']) && isFields(record['message']['payload'])) {
    return readEnvelope(record['message'], time, undefined);
  }
  const event = isFields(record['event']) ? record['event'] : undefined;
  return {
    event: event ? readLoopEvent(event) : readPlain(record),
    fields: event ?? record,
    time,
    parentTool: undefined,
  };
}

/** Input is told in parts: what is new, what came from the cache, and what was written to it. */
function readWireUsage(value: unknown): Usage | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const count = (camel: string, snake: string) => toCount(value[camel] ?? value[snake]);
  const fresh = count('inputOther', 'input_other');
  const cacheRead = count('inputCacheRead', 'input_cache_read');
  const cacheCreation = count('inputCacheCreation', 'input_cache_creation');
  return {
    inputTokens: fresh === undefined ? undefined : fresh + (cacheRead ?? 0) + (cacheCreation ?? 0),
    outputTokens: toCount(value['output']),
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheCreation,
  };
}

/** Protocol 1.4 and later, `context.append_loop_event`. */
function readLoopEvent(event: Fields): WireEvent {
  const stepId = toId(event['stepUuid']);
  switch (event['type']) {
    case 'step.begin':
      return { type: 'step', id: toId(event['uuid']), turnId: toId(event['turnId']) };
    case 'content.part':
      return { type: 'output', stepId, message: outputOf(event['part']) };
    case 'tool.call':
      return {
        type: 'tool',
        stepId,
        call: readCall(event['toolCallId'], event['name'], event['args']),
      };
    case 'tool.result':
      return { type: 'result', result: readResult(event['toolCallId'], event['result']) };
    case 'step.end': {
      const usage = readWireUsage(event['usage']) ?? {};
      return { type: 'usage', stepId: toId(event['uuid']), usage };
    }
    default:
      return other;
  }
}

/** Protocol 1.4 and later, all other records. */
function readPlain(record: Fields): WireEvent {
  switch (record['type']) {
    case 'turn.prompt':
      return { type: 'prompt' };
    case 'llm.request':
      return { type: record['kind'] === 'compaction' ? 'compaction' : 'request' };
    case 'usage.record': {
      const usage = readWireUsage(record['usage']) ?? {};
      return { type: 'usage', stepId: undefined, usage };
    }
    case 'context.append_message':
      return isFields(record['message'])
        ? saidBy(toLabel(record['message']['role']) ?? 'user', record['message']['content'])
        : other;
    case 'context.apply_compaction':
      return saidBy('user', record['summary']);
    case 'config.update':
      return typeof record['systemPrompt'] === 'string'
        ? saidBy('system', record['systemPrompt'])
        : other;
    default:
      return other;
  }
}

/** Before protocol 1.4: a message with its class as type. */
function readEnvelope(
  message: Fields,
  time: number | undefined,
  parentTool: string | undefined,
): WireRecord {
  const fields = isFields(message['payload']) ? message['payload'] : {};
  const inner = fields['event'];
  if (message['type'] === 'SubagentEvent' && isFields(inner) && parentTool === undefined) {
    const tool = toId(fields['parent_tool_call_id']) ?? toId(fields['task_tool_call_id']);
    return readEnvelope(inner, time, tool ?? 'sub-agent');
  }
  return { event: readMessage(message['type'], fields), fields, time, parentTool };
}

function readMessage(type: unknown, payload: Fields): WireEvent {
  switch (type) {
    case 'TurnBegin':
    case 'SteerInput':
      return saidBy('user', payload['user_input']);
    case 'StepBegin':
      return { type: 'step', id: undefined, turnId: undefined };
    case 'ContentPart':
    case 'TextPart':
    case 'ThinkPart':
      return { type: 'output', stepId: undefined, message: outputOf(payload) };
    case 'ToolCall': {
      const called = isFields(payload['function']) ? payload['function'] : payload;
      const call = readCall(payload['id'], called['name'], called['arguments']);
      return { type: 'tool', stepId: undefined, call };
    }
    case 'ToolResult': {
      const result = payload['return_value'] ?? payload['result'];
      return { type: 'result', result: readResult(payload['tool_call_id'], result) };
    }
    case 'StatusUpdate': {
      const usage = readWireUsage(payload['token_usage']);
      return usage ? { type: 'usage', stepId: undefined, usage } : other;
    }
    default:
      return other;
  }
}

function saidBy(role: string, content: unknown): WireEvent {
  return { type: 'said', message: { role, parts: readParts(content) } };
}

function outputOf(part: unknown): Message {
  const isThought = isFields(part) && 'think' in part;
  return { role: 'assistant', parts: isThought ? reasoningPart(part['think']) : readParts(part) };
}

function readCall(id: unknown, name: unknown, args: unknown): ToolCall {
  return {
    type: 'toolCall',
    id: toId(id),
    name: toLabel(name) ?? 'tool',
    arguments: parseArguments(args),
  };
}

function readResult(id: unknown, result: unknown): ToolResult {
  const fields = isFields(result) ? result : { output: result };
  const isError = fields['isError'] === true || fields['is_error'] === true;
  return {
    type: 'toolResult',
    id: toId(id),
    content: fields['output'] ?? fields['message'] ?? at(fields, ['content']),
    isError: isError ? true : undefined,
  };
}

export function failureOf(result: ToolResult): string {
  const text = toText(result.content ?? '');
  return textPart(text).length > 0 ? text : 'failed';
}
