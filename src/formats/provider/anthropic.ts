import { readParts, textPart } from '../fields/parts';
import { readUsageObject } from '../fields/usage';
import { type Fields, toId, toLabel } from '../fields/values';
import { anthropicStream } from './anthropicStream';
import type { Dialect } from './dialect';
import type { ResponseFacts } from './facts';

/** Anthropic's Messages API, also through Bedrock and Vertex. https://docs.anthropic.com/en/api/messages */
export const anthropic: Dialect = {
  isResponse: body =>
    (body['type'] === 'message' &&
      body['role'] === 'assistant' &&
      Array.isArray(body['content']) &&
      typeof body['model'] === 'string' &&
      ('usage' in body || 'stop_reason' in body)) ||
    isOldCompletion(body),
  readResponse,
  stream: anthropicStream,
};

/** The API before messages: `{"type": "completion", "completion": "…"}`. */
function isOldCompletion(body: Fields): boolean {
  return body['type'] === 'completion' && typeof body['completion'] === 'string';
}

function readResponse(body: Fields): ResponseFacts {
  const finishReason = toLabel(body['stop_reason']);
  const { completion } = body;
  const parts =
    typeof completion === 'string' ? textPart(completion) : readParts(body['content'] ?? []);
  return {
    kind: 'call',
    name: 'chat',
    id: toId(body['id']),
    model: toLabel(body['model']),
    provider: 'anthropic',
    usage: readUsageObject(body['usage']),
    status: finishReason === undefined ? 'unknown' : 'ok',
    finishReason,
    messages: parts.length > 0 ? [{ role: 'assistant', parts }] : [],
  };
}
