import type { Message, Part } from '../../model/message';
import { readParts, reasoningPart, textPart } from '../fields/parts';
import { type Fields, isFields, toId, toLabel, toText } from '../fields/values';

/** A message of Genkit: https://github.com/firebase/genkit/blob/main/genkit-tools/common/src/types/model.ts */
export function readGenkitMessage(message: Fields): Message {
  const role = toLabel(message['role']) ?? 'user';
  const content = Array.isArray(message['content']) ? message['content'] : [message['content']];
  return {
    role: role === 'model' ? 'assistant' : role,
    parts: content.flatMap(part => (isFields(part) ? readPart(part) : readParts(part))),
  };
}

function readPart(part: Fields): readonly Part[] {
  const { text, reasoning, toolRequest, toolResponse, media, data } = part;
  if (isFields(toolRequest)) {
    return [
      {
        type: 'toolCall',
        id: toId(toolRequest['ref']),
        name: toLabel(toolRequest['name']) ?? 'unnamed tool',
        arguments: toolRequest['input'],
      },
    ];
  }
  if (isFields(toolResponse)) {
    return [
      {
        type: 'toolResult',
        id: toId(toolResponse['ref']),
        name: toLabel(toolResponse['name']),
        content: toolResponse['output'],
      },
    ];
  }
  if (isFields(media)) {
    return readParts([{ type: 'media', url: media['url'], mimeType: media['contentType'] }]);
  }
  if (typeof reasoning === 'string') {
    return reasoningPart(reasoning);
  }
  return textPart(typeof text === 'string' ? text : data === undefined ? '' : toText(data));
}
