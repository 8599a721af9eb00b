import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import type { Usage } from '../../model/usage';
import { calledTools, saysAnything, toolBodies } from '../fields/bodies';
import { toError } from '../fields/errors';
import { parseArguments, readParts, reasoningPart } from '../fields/parts';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toCount, toId, toLabel, toText } from '../fields/values';

/** Where a message stands: what the file says before it. */
export interface Place {
  readonly sessionId: string | undefined;
  readonly traceId: string | undefined;
  /** When the call was sent, as far as that is known, epoch ms. */
  readonly sentAt: number | undefined;
  readonly hasInput: boolean;
  /** How many of its tool calls an earlier record of the same message has told. */
  readonly toldTools: number;
  /** Of a conversation that names its model only once. */
  readonly model?: string | undefined;
}

export function typeOf(message: Fields): string | undefined {
  const type = toLabel(message['type']) ?? toLabel(message['role']);
  return type === 'model' ? 'gemini' : type;
}

export function timeOf(message: Fields): number | undefined {
  return toTime(message['timestamp']) ?? toTime(message['ts']);
}

/** When the tools that the message asked for had answered, or the message itself when it asked for none. */
export function endOf(message: Fields): number | undefined {
  const times = toolCalls(message).map(call => toTime(call['timestamp']) ?? 0);
  const last = Math.max(timeOf(message) ?? 0, ...times);
  return last === 0 ? undefined : last;
}

/** The message as the conversation goes on with it: the answer, and what its tools gave back. */
export function readTurn(message: Fields): readonly Message[] {
  switch (typeOf(message)) {
    case 'user':
      return [{ role: 'user', parts: readParts(bodyOf(message)) }];
    case 'gemini': {
      const results = toolCalls(message)
        .filter(call => 'result' in call)
        .map(readResult);
      return results.length === 0
        ? [readAnswer(message)]
        : [readAnswer(message), { role: 'tool', parts: results }];
    }
    default:
      return [];
  }
}

export function readAnswer(message: Fields): Message {
  const thoughts = Array.isArray(message['thoughts']) ? message['thoughts'].filter(isFields) : [];
  const reasoning = thoughts.flatMap(thought =>
    reasoningPart([thought['subject'], thought['description']].filter(Boolean)),
  );
  return {
    role: 'assistant',
    parts: [...reasoning, ...readParts(bodyOf(message)), ...toolCalls(message).map(readCall)],
  };
}

/** The call that a message of the model answers, and the runs of its tools. */
export function readSpans(
  message: Fields,
  place: Place,
  content: SpanPatch['content'],
): SpanPatch[] {
  const id = toId(message['id']);
  const time = timeOf(message);
  const type = typeOf(message);
  const error = type === 'error' ? toText(bodyOf(message) ?? '') : '';
  const isFailure = error.includes('API Error');
  if (type !== 'gemini' && !isFailure) {
    return [];
  }
  const answer = [readAnswer(message)];
  const spanId = id === undefined ? undefined : `${place.sessionId ?? ''}/${id}`;
  const call: SpanPatch = {
    identity: spanId === undefined ? undefined : `message:${spanId}`,
    part: 'update',
    kind: 'call',
    name: 'chat',
    requestId: id,
    traceId: place.traceId,
    spanId,
    sessionId: place.sessionId,
    model: toLabel(message['model']) ?? place.model,
    startTime: place.sentAt ?? time,
    // without the time at which it was sent there is no duration
    endTime: place.sentAt === undefined ? undefined : time,
    usage: readTokens(message['tokens']),
    status: isFailure ? 'error' : 'ok',
    error: isFailure ? toError(error) : undefined,
    toolCallNames: calledTools(answer).slice(place.toldTools),
    hasInput: place.hasInput,
    hasOutput: !isFailure && saysAnything(answer),
    content: isFailure ? undefined : content,
  };
  return [call, ...toolCalls(message).map(tool => readTool(tool, call))];
}

function readTool(tool: Fields, call: SpanPatch): SpanPatch {
  const id = toId(tool['id']);
  const status = toLabel(tool['status']);
  const isError = status === 'error';
  const isOver = isError || status === 'success' || status === 'cancelled';
  return {
    identity: id === undefined ? undefined : `tool:${call.sessionId ?? ''}/${id}`,
    part: id === undefined ? 'whole' : 'update',
    kind: 'tool',
    name: toLabel(tool['name']) ?? 'tool',
    traceId: call.traceId,
    spanId: id,
    parentSpanId: call.spanId,
    sessionId: call.sessionId,
    startTime: call.endTime ?? call.startTime,
    endTime: isOver ? toTime(tool['timestamp']) : undefined,
    status: isError ? 'error' : isOver ? 'ok' : 'unknown',
    error: isError ? toError(failureOf(tool)) : undefined,
    hasInput: true,
    hasOutput: 'result' in tool,
    content: () => toolBodies(readCall(tool), 'result' in tool ? readResult(tool) : undefined),
  };
}

/** Input holds the cached tokens; thoughts and the prompts of server-side tools are counted beside. */
function readTokens(value: unknown): Usage | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const input = toCount(value['input']);
  const output = toCount(value['output']);
  const thoughts = toCount(value['thoughts']);
  return {
    inputTokens: input === undefined ? undefined : input + (toCount(value['tool']) ?? 0),
    outputTokens: output === undefined ? undefined : output + (thoughts ?? 0),
    cacheReadInputTokens: toCount(value['cached']),
    reasoningOutputTokens: thoughts,
    totalTokens: input === undefined || output === undefined ? toCount(value['total']) : undefined,
  };
}

export function toolCalls(message: Fields): readonly Fields[] {
  return Array.isArray(message['toolCalls']) ? message['toolCalls'].filter(isFields) : [];
}

function readCall(tool: Fields): Message['parts'][number] {
  return {
    type: 'toolCall',
    id: toId(tool['id']),
    name: toLabel(tool['name']) ?? 'tool',
    arguments: parseArguments(tool['args']),
  };
}

function readResult(tool: Fields): Message['parts'][number] {
  const { result } = tool;
  const first: unknown = Array.isArray(result) ? result[0] : result;
  const response = isFields(first) ? at(first, ['functionResponse', 'response']) : undefined;
  return {
    type: 'toolResult',
    id: toId(tool['id']),
    name: toLabel(tool['name']),
    content: response ?? result,
    isError: tool['status'] === 'error' ? true : undefined,
  };
}

function failureOf(tool: Fields): string {
  const part = readResult(tool);
  const content = part.type === 'toolResult' ? part.content : undefined;
  const error = isFields(content) ? content['error'] : undefined;
  return toText(error ?? tool['resultDisplay'] ?? content ?? 'failed');
}

function bodyOf(message: Fields): unknown {
  return message['content'] ?? message['parts'];
}
