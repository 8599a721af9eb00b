import type { Message, Part } from '../../../model/message';
import { readMessage } from '../../fields/messages';
import { readParts, readToolCalls } from '../../fields/parts';
import { isFields } from '../../fields/values';
import { type Attributes, decodeJson } from '../attributes';
import type { SpanData } from '../spanData';

// OpenLLMetry: one attribute a field, `gen_ai.prompt.0.content`
// https://github.com/traceloop/openllmetry/tree/main/packages/opentelemetry-semantic-conventions-ai

export function indexedPrompt({ attributes }: SpanData): readonly Message[] {
  return listOf(attributes, 'gen_ai.prompt', 'llm.prompts').map(item => messageOf(item, 'user'));
}

export function indexedCompletion({ attributes }: SpanData): readonly Message[] {
  return listOf(attributes, 'gen_ai.completion', 'llm.completions').map(item =>
    messageOf(item, 'assistant'),
  );
}

/** The newer name, else the one before the conventions for GenAI. */
function listOf(attributes: Attributes, name: string, oldName: string): readonly Attributes[] {
  const items = attributes.list(name);
  const list = items.length > 0 ? items : attributes.list(oldName);
  return list.filter(item => item.has('role', 'content', 'tool_calls.0.name'));
}

function messageOf(item: Attributes, defaultRole: string): Message {
  const role = item.label('role') ?? defaultRole;
  const content = item.get('content');
  if (role === 'tool') {
    return readMessage({ role, content, tool_call_id: item.get('tool_call_id') }, role);
  }
  const parts: Part[] = [
    ...(item.has('reasoning')
      ? readParts([{ type: 'reasoning', text: item.get('reasoning') }])
      : []),
    ...contentParts(content),
    ...readToolCalls(
      item.list('tool_calls').map(call => Object.fromEntries(call.startingWith(''))),
    ),
  ];
  const { role: name } = readMessage({ role }, role);
  return { role: name, parts };
}

/** Content of several parts is JSON text of them; an answer that happens to be JSON stays text. */
function contentParts(content: unknown): Part[] {
  const list =
    typeof content === 'string' && content.startsWith('[') ? decodeJson(content) : content;
  const isParts =
    Array.isArray(list) && list.length > 0 && list.every(item => isFields(item) && 'type' in item);
  return readParts(isParts ? list : content);
}
