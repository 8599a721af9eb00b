import type { Message, Part } from '../../model/message';
import { readMessage } from '../fields/messages';
import { readParts, readToolCalls, reasoningPart, textPart, toolResult } from '../fields/parts';
import { at, type Fields, isFields, toLabel } from '../fields/values';

/** Numbers of https://github.com/microsoft/vscode-prompt-tsx (`Raw.ChatRole`), which has no names for them in the log. */
const roles = ['system', 'user', 'assistant', 'tool'];
/** `Raw.ChatCompletionContentPartKind` */
const partKinds = { image: 0, text: 1, opaque: 2 };

/** A message of the prompt renderer: role and part types are numbers; other writers' messages have words. */
export function readRawMessage(message: Fields): Message {
  const { role, content } = message;
  if (typeof role !== 'number') {
    return readMessage(message, 'user');
  }
  const parts = Array.isArray(content)
    ? content.filter(isFields).flatMap(readRawPart)
    : readParts(content);
  const name = roles[role] ?? 'user';
  if (name === 'tool') {
    const text = parts.length === 1 && parts[0]?.type === 'text' ? parts[0].text : content;
    return {
      role: name,
      parts: [toolResult({ tool_call_id: message['toolCallId'], content: text })],
    };
  }
  return {
    role: name,
    name: toLabel(message['name']),
    parts: [...parts, ...readToolCalls(message['toolCalls'])],
  };
}

function readRawPart(part: Fields): Part[] {
  switch (part['type']) {
    case partKinds.text:
      return textPart(typeof part['text'] === 'string' ? part['text'] : '');
    case partKinds.image:
      return readParts([{ type: 'image_url', image_url: part['imageUrl'] }]);
    case partKinds.opaque:
      return reasoningPart(at(part, ['value', 'thinking', 'text']));
    default:
      // marks of the cache, and whatever is new
      return typeof part['type'] === 'number' ? [] : readParts([part]);
  }
}
