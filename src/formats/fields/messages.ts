import type { Message, Part } from '../../model/message';
import { readParts, readToolCalls, reasoningPart, textPart, toolResult } from './parts';
import { type Fields, isFields, parseJson, toLabel, toText } from './values';

/** What LangChain and Gemini call the roles. */
const roleNames = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['gemini', 'assistant'],
  ['bot', 'assistant'],
  ['function', 'tool'],
]);
/** An object without any of these is data, not a message. */
const bodyKeys = [
  'role',
  'content',
  'parts',
  'text',
  'type',
  'data',
  'tool_calls',
  'function_call',
];
const messageTypes = new Set([...roleNames.keys(), 'system', 'message']);
/** Levels of lists, JSON text and wrapping objects to look through; a hostile log nests without end. */
const maxDepth = 4;

/** Messages of a request: a list of messages or texts, one text, or JSON text of those. */
export function readMessages(value: unknown, defaultRole = 'user', depth = 0): Message[] {
  if (value === undefined || value === null || value === '' || depth > maxDepth) {
    return [];
  }
  if (typeof value === 'string') {
    const list = parseMessageList(value);
    return list === undefined
      ? textMessage(defaultRole, value)
      : readMessages(list, defaultRole, depth + 1);
  }
  if (Array.isArray(value)) {
    return value.flatMap(item => readMessages(item, defaultRole, depth + 1));
  }
  if (!isFields(value)) {
    return textMessage(defaultRole, toText(value));
  }
  if (Array.isArray(value['messages'])) {
    return readMessages(value['messages'], defaultRole, depth + 1);
  }
  const isMessage = bodyKeys.some(key => key in value);
  return isMessage ? [readMessage(value, defaultRole)] : textMessage(defaultRole, toText(value));
}

/** One message in the words of OpenAI (chat and responses), Anthropic, Gemini or LangChain. */
export function readMessage(message: Fields, defaultRole: string): Message {
  const role = roleOf(message) ?? defaultRole;
  const isResult = role === 'tool' && !Array.isArray(message['parts']);
  const parts = isResult ? [toolResult({ ...message, id: undefined })] : bodyParts(message);
  return { role, name: toLabel(message['name']), parts };
}

function bodyParts(message: Fields): Part[] {
  const data = isFields(message['data']) ? message['data'] : message;
  const content = data['content'] ?? data['parts'] ?? data['text'];
  const body = isTypedItem(message) ? readParts([message]) : readParts(content);
  return [
    ...reasoningPart(message['reasoning_content'] ?? textOnly(message['reasoning'])),
    ...body,
    ...(typeof message['refusal'] === 'string'
      ? readParts([{ type: 'refusal', refusal: message['refusal'] }])
      : []),
    ...readToolCalls(message['tool_calls']),
    ...readToolCalls(message['function_calls']),
    ...readToolCalls(message['function_call']),
  ];
}

/** Whether it is an item of OpenAI's Responses API or a content part, not a message with a role. */
function isTypedItem(message: Fields): boolean {
  const type = message['type'];
  return message['role'] === undefined && typeof type === 'string' && !messageTypes.has(type);
}

function roleOf(message: Fields): string | undefined {
  const role = toLabel(message['role']);
  if (role !== undefined) {
    return roleNames.get(role) ?? role;
  }
  const type = message['type'];
  if (typeof type !== 'string') {
    return undefined;
  }
  // function_call_output, custom_tool_call_output, …
  if (type.endsWith('_call_output') || type === 'tool_result') {
    return 'tool';
  }
  if (type.endsWith('_call') || type === 'reasoning') {
    return 'assistant';
  }
  return roleNames.get(type) ?? (type === 'system' ? type : undefined);
}

/** A list of messages that was logged as JSON text; text that only looks like JSON stays text. */
function parseMessageList(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || !text.includes('"role"')) {
    return undefined;
  }
  const parsed = parseJson(text);
  const items = isFields(parsed) && Array.isArray(parsed['messages']) ? parsed['messages'] : parsed;
  return Array.isArray(items) &&
    items.length > 0 &&
    items.every(item => isFields(item) && 'role' in item)
    ? items
    : undefined;
}

function textMessage(role: string, text: string): Message[] {
  return [{ role, parts: textPart(text) }];
}

function textOnly(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
