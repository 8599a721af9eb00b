import type { Message } from '../../model/message';
import { readMessage } from '../fields/messages';
import { type Fields, isFields } from '../fields/values';

/**
 * A message of Inspect: a tool call names its function in `function`, a failed result has `error`, and reasoning and images
 * have keys of their own.
 * https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/model/_chat_message.py
 */
export function readChatMessage(message: Fields): Message {
  const { content, tool_calls: calls, error } = message;
  return readMessage(
    {
      role: message['role'],
      name: message['role'] === 'tool' ? message['function'] : undefined,
      content: Array.isArray(content) ? content.map(plainPart) : content,
      tool_calls: Array.isArray(calls) ? calls.filter(isFields).map(plainCall) : undefined,
      tool_call_id: message['tool_call_id'],
      is_error: isFields(error) ? true : undefined,
    },
    'user',
  );
}

export function readChatMessages(list: unknown): readonly Message[] {
  return Array.isArray(list) ? list.filter(isFields).map(readChatMessage) : [];
}

function plainCall(call: Fields): Fields {
  return { id: call['id'], name: call['function'], arguments: call['arguments'] };
}

function plainPart(part: unknown): unknown {
  if (!isFields(part)) {
    return part;
  }
  switch (part['type']) {
    case 'reasoning': {
      const isHidden = part['redacted'] === true;
      return { type: 'reasoning', text: (isHidden ? part['summary'] : part['reasoning']) ?? '' };
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return { type: part['type'], url: part[part['type']] };
    default:
      return part;
  }
}
