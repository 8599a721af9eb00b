import type { MediaPart, Part } from '../../model/message';
import { readCodePart, readConversePart } from './providerParts';
import { readServerTool } from './serverTools';
import { base64Bytes, readToolCall, reasoningPart, textPart, toolResult } from './simpleParts';
import { at, type Fields, firstOf, isFields, paths, toLabel, toText } from './values';

export { parseArguments, reasoningPart, textPart, toolResult } from './simpleParts';

const textKeys = paths('text content value');
const reasoningKeys = paths('thinking text content summary data');
const mediaUrl = paths(
  'image_url.url image_url input_image.image_url source.url file_url file_uri fileData.fileUri url uri',
);
const mediaData = paths(
  'source.data inlineData.data inline_data.data input_audio.data file.file_data data',
);
const mediaMime =
  paths(`source.media_type inlineData.mimeType inline_data.mime_type fileData.mimeType media_type
  mimeType mime_type`);
const mediaName = paths('file.filename filename name title');

/** Pieces of a message's content: text, or a list of text and typed parts, in any provider's words. */
export function readParts(content: unknown): Part[] {
  if (content === undefined || content === null || content === '') {
    return [];
  }
  if (Array.isArray(content)) {
    return content.flatMap(item =>
      typeof item === 'string' ? textPart(item) : isFields(item) ? readPart(item) : [],
    );
  }
  return isFields(content) ? readPart(content) : textPart(toText(content));
}

/** Tool calls of a message: `tool_calls`, `function_calls`, or one `function_call`. */
export function readToolCalls(value: unknown): Part[] {
  const list = Array.isArray(value) ? value : isFields(value) ? [value] : [];
  return list.filter(isFields).map(readToolCall);
}

function readPart(part: Fields): Part[] {
  const type = typeof part['type'] === 'string' ? part['type'] : '';
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return textPart(toText(firstOf(part, textKeys, value => value) ?? ''));
    case 'thinking':
    case 'reasoning':
    case 'redacted_thinking':
      return firstOf(part, reasoningKeys, nonEmptyReasoning) ?? [];
    case 'refusal':
      return [{ type: 'refusal', text: toText(part['refusal'] ?? '') }];
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
    case 'tool_call':
    case 'tool-call':
    case 'toolCall':
    case 'function_call':
    case 'function':
      return [readToolCall(part)];
    case 'tool_result':
    case 'tool-result':
    case 'tool_call_response':
    case 'function_call_output':
    case 'mcp_tool_result':
      return [toolResult(part)];
    default:
      return readServerTool(part, type) ?? readUntyped(part, type);
  }
}

function readUntyped(part: Fields, type: string): Part[] {
  const called = part['functionCall'] ?? part['function_call'];
  if (isFields(called)) {
    return [readToolCall(called)];
  }
  const answered = part['functionResponse'] ?? part['function_response'];
  if (isFields(answered)) {
    return [toolResult(answered)];
  }
  const media = readMedia(part, type);
  if (media) {
    return [media];
  }
  const other = readConversePart(part) ?? readCodePart(part);
  if (other) {
    return other;
  }
  if (typeof part['text'] === 'string') {
    return part['thought'] === true ? reasoningPart(part['text']) : textPart(part['text']);
  }
  return textPart(toText(part));
}

function nonEmptyReasoning(value: unknown): Part[] | undefined {
  const parts = reasoningPart(value);
  return parts.length > 0 ? parts : undefined;
}

function readMedia(part: Fields, type: string): MediaPart | undefined {
  const url = firstOf(part, mediaUrl, value => (typeof value === 'string' ? value : undefined));
  const data = firstOf(part, mediaData, value => (typeof value === 'string' ? value : undefined));
  const isTyped = /image|audio|file|document|media|video|blob|uri/.test(type);
  const isInline =
    isFields(part['inlineData']) || isFields(part['inline_data']) || isFields(part['fileData']);
  if (!(isTyped || isInline) || (url === undefined && data === undefined)) {
    return undefined;
  }
  const inline = url === undefined ? data : dataOf(url);
  const mimeType =
    firstOf(part, mediaMime, toLabel) ?? (url === undefined ? undefined : mimeOf(url));
  const kind = `${mimeType ?? ''} ${type} ${at(part, ['input_audio']) === undefined ? '' : 'audio'}`;
  return {
    type: kind.includes('image') ? 'image' : kind.includes('audio') ? 'audio' : 'file',
    mimeType,
    name: firstOf(part, mediaName, toLabel),
    url: inline === undefined ? url : undefined,
    byteLength: inline === undefined ? undefined : base64Bytes(inline),
  };
}

function dataOf(url: string): string | undefined {
  return url.startsWith('data:') ? url.slice(url.indexOf(',') + 1) : undefined;
}

function mimeOf(url: string): string | undefined {
  const mime = url.startsWith('data:') ? url.slice(5, 5 + 100).split(/[;,]/)[0] : undefined;
  return mime === '' ? undefined : mime;
}
