import type { Message, Part } from '../../model/message';
import { readMessage } from '../fields/messages';
import { readToolCalls, reasoningPart, textPart } from '../fields/parts';
import { at, type Fields, isFields, toId, toLabel, toText } from '../fields/values';

/** Actions that no model asked for. */
const ownActions = new Set([
  '',
  'null',
  'change_agent_state',
  'system',
  'recall',
  'pause',
  'resume',
  'stop',
]);

export function isEvent(record: Fields): boolean {
  return (
    (typeof record['action'] === 'string' || typeof record['observation'] === 'string') &&
    typeof record['source'] === 'string' &&
    typeof record['timestamp'] === 'string' &&
    'id' in record
  );
}

/** A line of `output.jsonl`: an instance and all that was done for it. */
export function isEvaluation(record: Fields): boolean {
  const { history, metrics } = record;
  return Array.isArray(history) && isFields(metrics) && 'accumulated_cost' in metrics;
}

/** The provider's response that the event was made of; observations repeat that of their action. */
export function responseOf(event: Fields): Fields | undefined {
  const response = at(event, ['tool_call_metadata', 'model_response']);
  return isFields(response) ? response : undefined;
}

export function isAction(event: Fields): boolean {
  return typeof event['action'] === 'string';
}

/** Whether the event is the answer of a model. Old events do not say whose they are: the first is then the user's. */
export function isFromModel(event: Fields, isFirst: boolean): boolean {
  if (!isAction(event) || ownActions.has(toLabel(event['action']) ?? '')) {
    return false;
  }
  const source = event['source'];
  return source === undefined ? !(isFirst && event['action'] === 'message') : source === 'agent';
}

/** What the event adds to the conversation. */
export function eventMessages(event: Fields, isFirst: boolean): readonly Message[] {
  if (isAction(event)) {
    if (isFromModel(event, isFirst)) {
      return [ownPartOf(event)];
    }
    const text = argOf(event, 'content');
    const role = event['action'] === 'system' ? 'system' : 'user';
    const isSaid = event['action'] === 'message' || role === 'system';
    return isSaid && text !== undefined ? [{ role, parts: textPart(toText(text)) }] : [];
  }
  return 'observation' in event && event['observation'] !== 'agent_state_changed'
    ? [{ role: 'tool', parts: [resultOf(event)] }]
    : [];
}

/** A response with several tool calls is in as many actions: each tells its own call, the first the words, too. */
function ownPartOf(event: Fields): Message {
  const answer = answerOf(event);
  const id = toId(at(event, ['tool_call_metadata', 'tool_call_id']));
  const calls = answer.parts.filter(part => part.type === 'toolCall');
  const place = id === undefined ? -1 : calls.findIndex(part => part.id === id);
  const own = calls[place];
  if (own === undefined) {
    return answer;
  }
  const words = place === 0 ? answer.parts.filter(part => part.type !== 'toolCall') : [];
  return { ...answer, parts: [...words, own] };
}

export function answerOf(event: Fields): Message {
  const choices = responseOf(event)?.['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isFields(choice) ? choice['message'] : undefined;
  if (isFields(message)) {
    return readMessage(message, 'assistant');
  }
  const thought = argOf(event, 'thought') ?? argOf(event, 'content');
  const action = toLabel(event['action']) ?? 'message';
  return {
    role: 'assistant',
    parts: [
      ...reasoningPart(argOf(event, 'reasoning_content')),
      ...textPart(toText(thought ?? '')),
      ...(action === 'message' ? [] : callOf(event, action)),
    ],
  };
}

export function resultOf(event: Fields): Part {
  return {
    type: 'toolResult',
    id: toId(at(event, ['tool_call_metadata', 'tool_call_id'])),
    name: toolName(event),
    content: event['content'] ?? event['message'],
    isError: event['observation'] === 'error' ? true : undefined,
  };
}

export function toolName(event: Fields): string | undefined {
  return toLabel(at(event, ['tool_call_metadata', 'function_name']));
}

/** Text of an action as the agent writes actions that it was not asked for by a tool call. */
function callOf(event: Fields, action: string): Part[] {
  const args = isFields(event['args']) ? event['args'] : event;
  const names = ['command', 'code', 'path', 'url', 'browser_actions', 'inputs', 'outputs'];
  const given = names.flatMap(name => (name in args ? [[name, args[name]] as const] : []));
  return readToolCalls([{ name: action, arguments: Object.fromEntries(given) }]);
}

function argOf(event: Fields, name: string): unknown {
  return at(event, ['args', name]) ?? event[name];
}
