import type { Message, Part } from '../../model/message';
import { readMessage } from '../fields/messages';
import { parseArguments, readParts } from '../fields/parts';
import {
  at,
  type Fields,
  isFields,
  parseJson,
  toId,
  toLabel,
  toNumber,
  toText,
} from '../fields/values';

/** Items of the Responses API by what they are in the conversation. */
const outputTypes = new Set([
  'message',
  'reasoning',
  'function_call',
  'custom_tool_call',
  'local_shell_call',
  'tool_search_call',
  'web_search_call',
  'image_generation_call',
]);
const resultTypes = new Set([
  'function_call_output',
  'custom_tool_call_output',
  'local_shell_call_output',
  'tool_search_output',
]);
/** Calls that the client answers under the same `call_id`; the others run at the provider. */
const answeredTypes = new Set(['function_call', 'custom_tool_call', 'local_shell_call']);
/** What tells that the text of a user message was put there by the client. */
const injected = /^\s*<(?:environment_context|user_instructions|turn_aborted|permissions|skills)/;
/** Characters of encrypted reasoning: after the version come time and initialisation vector, so no two are the same. */
const distinct = { start: 8, end: 40 };

export function isItem(record: Fields): boolean {
  const type = record['type'];
  return typeof type === 'string' && (outputTypes.has(type) || resultTypes.has(type));
}

/** Whether the model made the item. */
export function isOutput(item: Fields): boolean {
  const type = item['type'];
  return type === 'message'
    ? item['role'] === 'assistant'
    : typeof type === 'string' && outputTypes.has(type);
}

export function isResult(item: Fields): boolean {
  return typeof item['type'] === 'string' && resultTypes.has(item['type']);
}

/** Whether a person's own words begin something new here. */
export function isPrompt(item: Fields): boolean {
  return (
    item['type'] === 'message' &&
    item['role'] === 'user' &&
    !injected.test(toText(at(firstContent(item), ['text']) ?? ''))
  );
}

/** The tool call in an item that the client answers. */
export function calledTool(item: Fields): { id: string | undefined; name: string } | undefined {
  if (typeof item['type'] !== 'string' || !answeredTypes.has(item['type'])) {
    return undefined;
  }
  return { id: toId(item['call_id']) ?? toId(item['id']), name: toolName(item) };
}

/** An id for the response that begins with this item, which a copy of it in another file gives, too. */
export function responseId(item: Fields): string | undefined {
  const callId = toId(item['call_id']);
  const encrypted = item['encrypted_content'];
  const id = toId(item['id']) ?? (callId === undefined ? undefined : `response-${callId}`);
  return (
    id ??
    (typeof encrypted === 'string' && encrypted.length > distinct.end
      ? encrypted.slice(distinct.start, distinct.end)
      : undefined)
  );
}

/** What the item adds to the conversation. */
export function itemMessages(item: Fields): Message[] {
  switch (item['type']) {
    case 'message':
    case 'reasoning': {
      const message = readMessage({ ...item, content: filledContent(item) }, 'user');
      // reasoning is mostly encrypted, and then there is nothing to show
      return message.parts.length > 0 ? [message] : [];
    }
    case 'function_call':
    case 'custom_tool_call':
    case 'local_shell_call':
    case 'tool_search_call':
    case 'web_search_call':
    case 'image_generation_call':
      return [{ role: 'assistant', parts: [callPart(item)] }];
    case 'agent_message':
      return [{ role: 'user', name: toLabel(item['author']), parts: readParts(item['content']) }];
    default:
      return isResult(item) ? [{ role: 'tool', parts: [resultPart(item)] }] : [];
  }
}

export function callPart(item: Fields): Part {
  return {
    type: 'toolCall',
    id: toId(item['call_id']) ?? toId(item['id']),
    name: toolName(item),
    arguments: parseArguments(item['arguments'] ?? item['input'] ?? item['action']),
  };
}

export function resultPart(item: Fields): Part {
  return {
    type: 'toolResult',
    id: toId(item['call_id']),
    content: item['output'] ?? item['tools'],
    isError: failedWith(item) === undefined ? undefined : true,
  };
}

/** Why a tool failed: it says so, or its command ended with another exit code than 0. */
export function failedWith(item: Fields): string | undefined {
  const output = item['output'];
  const parsed = typeof output === 'string' && output.startsWith('{') ? parseJson(output) : output;
  if (!isFields(parsed)) {
    return undefined;
  }
  const exitCode = toNumber(at(parsed, ['metadata', 'exit_code']));
  const said = toText(parsed['output'] ?? parsed['content'] ?? '');
  if (exitCode !== undefined && exitCode !== 0) {
    return `exit code ${exitCode}: ${said}`;
  }
  return parsed['success'] === false ? said || 'failed' : undefined;
}

function toolName(item: Fields): string {
  return toLabel(item['name']) ?? toLabel(item['type'])?.replace(/_call$/, '') ?? 'tool';
}

/** An image that was not kept leaves an empty part. */
function filledContent(item: Fields): unknown {
  const content = item['content'];
  return Array.isArray(content)
    ? content.filter(part => !(isFields(part) && part['image_url'] === null))
    : content;
}

function firstContent(item: Fields): Fields {
  const content = item['content'];
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  return isFields(first) ? first : { text: content };
}
