import type { Message } from '../../model/message';
import { readMessage, readMessages } from './messages';
import { type Fields, isFields, parseJson, toText } from './values';

/** Levels to unwrap: `{response: {message: {content: …}}}`. */
const maxDepth = 4;

/** What the model answered: text, a provider's whole response, a message, or a list of parts. */
export function readOutput(value: unknown, depth = 0): Message[] {
  if (value === undefined || value === null || value === '' || depth > maxDepth) {
    return [];
  }
  if (typeof value === 'string') {
    const response = parseResponse(value);
    return response === undefined
      ? readMessages(value, 'assistant')
      : readOutput(response, depth + 1);
  }
  if (Array.isArray(value)) {
    return readList(value, depth);
  }
  if (!isFields(value)) {
    return readMessages(toText(value), 'assistant');
  }
  for (const key of ['choices', 'candidates', 'generations'] as const) {
    if (Array.isArray(value[key])) {
      return value[key].flatMap(choice => readOutput(unwrapChoice(choice), depth + 1));
    }
  }
  if (isMessage(value)) {
    return [readMessage(value, 'assistant')];
  }
  for (const key of [
    'output',
    'message',
    'text',
    'output_text',
    'answer',
    'response',
    'result',
    'body',
  ] as const) {
    if (value[key] !== undefined && value[key] !== null) {
      return readOutput(value[key], depth + 1);
    }
  }
  return readMessages(toText(value), 'assistant');
}

function readList(list: readonly unknown[], depth: number): Message[] {
  const isParts =
    list.length > 0 && list.every(item => isFields(item) && !isMessage(item) && 'type' in item);
  if (isParts) {
    return [readMessage({ role: 'assistant', content: list }, 'assistant')];
  }
  return list.flatMap(item => readOutput(item, depth + 1));
}

function unwrapChoice(choice: unknown): unknown {
  if (!isFields(choice)) {
    return choice;
  }
  return choice['message'] ?? choice['delta'] ?? choice['content'] ?? choice['text'] ?? choice;
}

function isMessage(value: Fields): boolean {
  return (
    value['role'] !== undefined ||
    value['content'] !== undefined ||
    value['parts'] !== undefined ||
    Array.isArray(value['tool_calls']) ||
    isFields(value['function_call'])
  );
}

/** A provider's response that was logged as JSON text; an answer that happens to be JSON stays text. */
function parseResponse(text: string): unknown {
  if (!text.startsWith('{') || !/"(?:choices|candidates|content)"/.test(text.slice(0, 2000))) {
    return undefined;
  }
  const parsed = parseJson(text);
  const isResponse =
    isFields(parsed) &&
    (Array.isArray(parsed['choices']) || Array.isArray(parsed['candidates']) || 'role' in parsed);
  return isResponse ? parsed : undefined;
}
