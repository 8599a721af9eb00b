import type { Message, Part } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { answerOnly, calledTools, toolBodies } from '../fields/bodies';
import { toError } from '../fields/errors';
import { reasoningPart, textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import { at, type Fields, isFields, toId, toLabel, toText } from '../fields/values';
import { readCost, readTokens } from './tokens';

/**
 * What a part adds to its message: a piece of the call, and a tool's run of its own. `kind` is `call` where the part alone
 * tells that there was one; else that is for the message to say, which is another file.
 */
export function readPart(part: Fields, kind: 'call' | 'event' = 'event'): SpanPatch[] {
  const messageId = toId(part['messageID']);
  const session = toId(part['sessionID']);
  const messages = partMessages(part);
  const isEnd = part['type'] === 'step-finish';
  const isOfModel = isAnswer(part) || (kind === 'call' && part['type'] === 'text');
  if (messageId === undefined || !(isEnd || isOfModel)) {
    return [];
  }
  const piece: SpanPatch = {
    identity: `message:${messageId}`,
    part: 'update',
    kind,
    name: 'chat',
    spanId: messageId,
    sessionId: session,
    startTime: toTime(at(part, ['time', 'start'])),
    usage: readTokens(part['tokens']),
    loggedCostUsd: readCost(part['cost']),
    status: isEnd ? 'ok' : 'unknown',
    finishReason: toLabel(part['reason']),
    toolCallNames: calledTools(messages),
    hasInput: false,
    hasOutput: messages.length > 0,
    content: () => answerOnly(partMessages(part).filter(message => message.role === 'assistant')),
  };
  return part['type'] === 'tool' ? [piece, readTool(part, undefined)] : [piece];
}

/** A text of the user's has no time; the model's has, since it is written bit by bit. */
function isAnswer(part: Fields): boolean {
  const { type } = part;
  return type === 'reasoning' || type === 'tool' || (type === 'text' && isFields(part['time']));
}

/** The part as messages: a tool's part is the call and its result. */
export function partMessages(part: Fields): readonly Message[] {
  switch (part['type']) {
    case 'text':
      return assistant(textPart(toText(part['text'] ?? '')));
    case 'reasoning':
      return assistant(reasoningPart(part['text']));
    case 'file':
      return assistant([
        {
          type: 'file',
          mimeType: toLabel(part['mime']),
          name: toLabel(part['filename']),
          url: toLabel(part['url']),
        },
      ]);
    case 'tool': {
      const result = resultOf(part);
      const call = assistant([callOf(part)]);
      return result ? [...call, { role: 'tool', parts: [result] }] : call;
    }
    default:
      return [];
  }
}

/** The run of a tool. */
export function readTool(part: Fields, traceId: string | undefined): SpanPatch {
  const state = stateOf(part);
  const id = toId(part['callID']) ?? toId(part['id']);
  const isError = state['status'] === 'error';
  const isOver = isError || state['status'] === 'completed';
  return {
    identity: id === undefined ? undefined : `tool:${toId(part['sessionID']) ?? ''}/${id}`,
    part: id === undefined ? 'whole' : 'update',
    kind: 'tool',
    name: toLabel(part['tool']) ?? 'tool',
    traceId,
    spanId: id,
    parentSpanId: toId(part['messageID']),
    sessionId: toId(part['sessionID']),
    startTime: toTime(at(state, ['time', 'start'])),
    endTime: isOver ? toTime(at(state, ['time', 'end'])) : undefined,
    status: isError ? 'error' : isOver ? 'ok' : 'unknown',
    error: isError ? toError(toText(state['error'] ?? 'failed')) : undefined,
    hasInput: true,
    hasOutput: isOver,
    content: () => toolBodies(callOf(part), resultOf(part)),
  };
}

function callOf(part: Fields): Part {
  return {
    type: 'toolCall',
    id: toId(part['callID']),
    name: toLabel(part['tool']) ?? 'tool',
    arguments: stateOf(part)['input'],
  };
}

function resultOf(part: Fields): Part | undefined {
  const state = stateOf(part);
  const isError = state['status'] === 'error';
  return isError || state['status'] === 'completed'
    ? {
        type: 'toolResult',
        id: toId(part['callID']),
        content: state['output'] ?? state['error'],
        isError: isError ? true : undefined,
      }
    : undefined;
}

function stateOf(part: Fields): Fields {
  return isFields(part['state']) ? part['state'] : {};
}

function assistant(parts: readonly Part[]): readonly Message[] {
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}
