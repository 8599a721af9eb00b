import type { Message, Part } from '../../../model/message';
import { readMessage } from '../../fields/messages';
import { readParts, readToolCalls, textPart } from '../../fields/parts';
import type { Attributes } from '../attributes';
import type { SpanData } from '../spanData';
import { textMessage } from './bodySource';

// https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md

export function openInferenceInput({ attributes }: SpanData): readonly Message[] {
  const messages = attributes.list('llm.input_messages').map(item => messageOf(item, 'user'));
  return messages.length > 0
    ? messages
    : attributes
        .list('llm.prompts')
        .flatMap(item => textMessage('user', item.text('prompt.text') ?? ''));
}

export function openInferenceOutput({ attributes }: SpanData): readonly Message[] {
  const messages = attributes.list('llm.output_messages').map(item => messageOf(item, 'assistant'));
  return messages.length > 0
    ? messages
    : attributes
        .list('llm.choices')
        .flatMap(item => textMessage('assistant', item.text('completion.text') ?? ''));
}

/** Documents that a retriever or reranker returned, as text. */
export function retrievedDocuments({ attributes }: SpanData): readonly Message[] {
  const documents = ['retrieval.documents', 'reranker.output_documents'].flatMap(name =>
    attributes.list(name),
  );
  return documents.flatMap(item => textMessage('tool', item.text('document.content') ?? ''));
}

function messageOf(item: Attributes, defaultRole: string): Message {
  const role = item.label('message.role') ?? defaultRole;
  const content = item.get('message.content');
  if (role === 'tool') {
    return readMessage(
      {
        role,
        content,
        tool_call_id: item.get('message.tool_call_id'),
        name: item.get('message.name'),
      },
      role,
    );
  }
  const body =
    typeof content === 'string' && content !== ''
      ? textPart(content)
      : item.list('message.contents').flatMap(partOf);
  const calls = item.list('message.tool_calls').map(call => ({
    id: call.get('tool_call.id'),
    name: call.get('tool_call.function.name'),
    arguments: call.get('tool_call.function.arguments'),
  }));
  const { role: name } = readMessage({ role }, role);
  return { role: name, parts: [...body, ...readToolCalls(calls)] };
}

function partOf(item: Attributes): Part[] {
  const type = item.label('message_content.type') ?? 'text';
  const url = item.text('message_content.image.image.url', 'message_content.audio.audio.url');
  return url === undefined
    ? readParts([{ type, text: item.get('message_content.text') ?? '' }])
    : readParts([{ type, url }]);
}
