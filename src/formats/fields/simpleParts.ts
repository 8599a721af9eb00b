import type { Part } from '../../model/message';
import { type Fields, firstOf, isFields, parseJson, paths, toId, toLabel, toText } from './values';

const calledName = paths('function.name name tool_name toolName tool');
const calledArguments = paths('function.arguments arguments args input parameters tool_input');
// an item of OpenAI's Responses API has both: the result names the call id
const callId = paths('call_id id tool_call_id toolCallId tool_use_id');
const resultId = paths('tool_use_id tool_call_id toolCallId call_id id');
const resultContent = paths('content output response result');

/** Parses arguments that were logged as JSON text; leaves the text when it is no JSON. */
export function parseArguments(value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  const parsed = parseJson(value);
  return parsed === undefined ? value : parsed;
}

export function textPart(text: string): Part[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

export function reasoningPart(value: unknown): Part[] {
  const text = Array.isArray(value)
    ? value.map(item => (isFields(item) ? toText(item['text'] ?? '') : toText(item))).join('\n')
    : toText(value ?? '');
  return text === '' ? [] : [{ type: 'reasoning', text }];
}

export function readToolCall(call: Fields): Part {
  return {
    type: 'toolCall',
    id: firstOf(call, callId, toId),
    name: firstOf(call, calledName, toLabel) ?? 'unnamed tool',
    arguments: parseArguments(firstOf(call, calledArguments, value => value)),
  };
}

export function toolResult(result: Fields): Part {
  const isError = result['is_error'] ?? result['isError'];
  return {
    type: 'toolResult',
    id: firstOf(result, resultId, toId),
    name: toLabel(result['name']),
    content: firstOf(result, resultContent, value => value),
    isError: typeof isError === 'boolean' ? isError : undefined,
  };
}

export function base64Bytes(data: string): number {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  return Math.floor((data.length * 3) / 4) - padding;
}
