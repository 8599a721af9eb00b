import type { Part } from '../../model/message';
import { base64Bytes, readToolCall, reasoningPart, toolResult } from './simpleParts';
import { type Fields, firstOf, isFields, paths, toLabel } from './values';

const calledWith = paths('arguments input action operation queries code');
const resultError = /_error$/;
/** Items that are neither said nor called: bookkeeping between client and provider. */
const silent = new Set([
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_approval_response',
  'item_reference',
  'fallback',
  'container_upload',
  'cache_point',
]);
const results = new Set(['program_output', 'tool_search_output']);

/**
 * Tools that the provider runs itself, as items of a response (OpenAI: `web_search_call`, `mcp_call`, `shell_call_output`)
 * or as blocks of a message (Anthropic: `web_search_tool_result`). undefined: something else.
 * https://platform.openai.com/docs/api-reference/responses/object, https://docs.anthropic.com/en/api/messages
 */
export function readServerTool(part: Fields, type: string): Part[] | undefined {
  if (silent.has(type)) {
    return [];
  }
  if (type === 'compaction') {
    return reasoningPart(part['content']);
  }
  if (results.has(type) || type.endsWith('_call_output') || type.endsWith('_tool_result')) {
    return [withErrorOf(part)];
  }
  if (type === 'program') {
    return [readToolCall({ ...part, id: undefined, name: type, input: part['code'] })];
  }
  return type.endsWith('_call') ? readCall(part, type.slice(0, -'_call'.length)) : undefined;
}

function readCall(part: Fields, tool: string): Part[] {
  const id = part['call_id'] === '' ? part['id'] : (part['call_id'] ?? part['id']);
  const input = firstOf(part, calledWith, value => value);
  const name = toLabel(part['name']) ?? tool;
  const call = readToolCall({ id, name, arguments: input });
  const image = part['result'];
  if (tool === 'image_generation' && typeof image === 'string') {
    return [call, { type: 'image', byteLength: base64Bytes(image) }];
  }
  const output = part['output'] ?? part['error'];
  const isAnswered = output !== undefined && output !== null;
  return isAnswered
    ? [call, toolResult({ id, name, output, is_error: isFields(part['error']) || undefined })]
    : [call];
}

/** A result whose content is an error object is a failed one. */
function withErrorOf(part: Fields): Part {
  const content = part['content'];
  const type = isFields(content) ? content['type'] : undefined;
  const failed = typeof type === 'string' && resultError.test(type);
  return toolResult(failed ? { ...part, is_error: true } : part);
}
